package conversion

import (
	"bytes"
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// batchSize is the number of rows that are read, and written in one transaction, at once.
const batchSize = 1000

// merge inserts the rows that the target lacks, replaces those that differ, and returns how many rows there are.
func (c *conversion) merge(ctx context.Context, t *table) (total int64, err error) {
	if total, err = countRows(ctx, c.source, t.Name); err != nil {
		return 0, err
	}
	task := c.progress.Start(t.Name, "rows", total)
	defer task.Done()
	for next := (span{limit: batchSize}); ; {
		rows, err := readRows(ctx, c.source, t, next)
		if err != nil || len(rows) == 0 {
			return total, err
		}
		if err := c.save(ctx, t, next.after, rows); err != nil {
			return 0, err
		}
		task.Add(int64(len(rows)))
		next.after = &rows[len(rows)-1].key
	}
}

// readRows reads a span of the source. An error names the row that is to blame.
func readRows(ctx context.Context, idb bun.IDB, t *table, s span) ([]row, error) {
	rows, err := decodeRows(ctx, idb, t, s)
	if err != nil {
		return nil, blame(ctx, idb, t, s, err)
	}
	for _, r := range rows {
		if r.err != nil {
			return nil, r.err
		}
	}
	return rows, nil
}

// decodeRows reads a span of either side.
func decodeRows(ctx context.Context, idb bun.IDB, t *table, s span) ([]row, error) {
	values, err := selectRows(ctx, idb, t, s)
	if err != nil {
		return nil, err
	}
	rows := make([]row, values.Len())
	for i := range rows {
		rows[i] = t.newRow(values.Index(i))
	}
	return rows, nil
}

// blame finds the value that makes reading a span fail. Where no value does, the error is returned as it is.
func blame(ctx context.Context, idb bun.IDB, t *table, s span, err error) error {
	keys, keysErr := readKeys(ctx, idb, t, s)
	if keysErr != nil {
		return fmt.Errorf("read %s: %w", t.Name, err)
	}
	for _, k := range keys {
		for _, c := range t.columns {
			if err := selectColumn(ctx, idb, t, k, c.Name); err != nil && ctx.Err() == nil {
				return rowError(t, k, fmt.Errorf("%s cannot be read: %w", c.Name, err))
			}
		}
	}
	return fmt.Errorf("read %s: %w", t.Name, err)
}

// save writes rows of the source that stand behind a key in one transaction. Where the target does not take them, they
// are written one by one, to find the one to blame.
func (c *conversion) save(ctx context.Context, t *table, after *key, rows []row) error {
	ctx = context.WithoutCancel(ctx)
	err := c.saveBatch(ctx, t, after, rows)
	if err == nil || c.target.PingContext(ctx) != nil {
		return err
	}
	// A row that comes later may hold a value that is unique, and wanted here.
	if err := c.prune(ctx, t, after, c.outdated); err != nil {
		return err
	}
	if c.saveBatch(ctx, t, after, rows) == nil {
		return nil
	}
	for i, r := range rows {
		if err := c.saveBatch(ctx, t, after, rows[i:i+1]); err != nil {
			return rowError(t, r.key, err)
		}
		after = &rows[i].key
	}
	return err
}

func (c *conversion) saveBatch(ctx context.Context, t *table, after *key, rows []row) error {
	return db.InTx(ctx, c.target, func(ctx context.Context, tx bun.Tx) error {
		there, err := decodeRows(ctx, tx, t, span{after: after, to: &rows[len(rows)-1].key})
		if err != nil {
			return err
		}
		wanted, old := differences(rows, there)
		// Not updated one by one: two rows may have exchanged a value that is unique.
		return db.Rewriting(ctx, tx, func() error {
			if err := deleteRows(ctx, tx, t, old); err != nil {
				return err
			}
			return insertRows(ctx, tx, t, wanted)
		})
	})
}

// differences returns the rows that are not there, or not the same, and the keys of the latter.
func differences(rows, there []row) (wanted []row, old []key) {
	for _, r := range rows {
		for len(there) > 0 && compare(there[0].key, r.key) < 0 {
			there = there[1:]
		}
		isThere := len(there) > 0 && there[0].key == r.key
		if isThere && there[0].err == nil && bytes.Equal(there[0].text, r.text) {
			continue
		}
		wanted = append(wanted, r)
		if isThere {
			old = append(old, r.key)
		}
	}
	return wanted, old
}

// readKeys reads the keys of a span in order.
func readKeys(ctx context.Context, idb bun.IDB, t *table, s span) ([]key, error) {
	values, err := selectRows(ctx, idb, t, s, t.pk.Name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Name, err)
	}
	keys := make([]key, values.Len())
	for i := range keys {
		keys[i] = t.key(values.Index(i))
	}
	return keys, nil
}
