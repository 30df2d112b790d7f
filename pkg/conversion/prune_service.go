package conversion

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A chooser returns the keys of those rows in a span of the target that have to go, and the last key in the span, nil if
// it is empty.
type chooser func(ctx context.Context, t *table, s span) (chosen []key, last *key, err error)

// prune deletes rows of the target behind a key. Where the target holds no rows it is one question.
func (c *conversion) prune(ctx context.Context, t *table, after *key, choose chooser) error {
	next := span{after: after, limit: batchSize}
	for {
		chosen, last, err := choose(ctx, t, next)
		if err != nil || last == nil {
			return err
		}
		err = db.InTx(context.WithoutCancel(ctx), c.target, func(ctx context.Context, tx bun.Tx) error {
			return db.Rewriting(ctx, tx, func() error { return c.deleteDeep(ctx, tx, t, chosen) })
		})
		if err != nil {
			return fmt.Errorf("delete from %s: %w", t.Name, err)
		}
		next.after = last
	}
}

// surplus chooses the rows that the source lacks.
func (c *conversion) surplus(ctx context.Context, t *table, s span) (surplus []key, last *key, err error) {
	there, err := readKeys(ctx, c.target, t, s)
	if err != nil || len(there) == 0 {
		return nil, nil, err
	}
	wanted, err := readKeys(ctx, c.source, t, span{among: there})
	if err != nil {
		return nil, nil, err
	}
	for _, k := range there {
		if len(wanted) > 0 && wanted[0] == k {
			wanted = wanted[1:]
			continue
		}
		surplus = append(surplus, k)
	}
	return surplus, &there[len(there)-1], nil
}

// outdated chooses the rows that the source has, but not the same.
func (c *conversion) outdated(ctx context.Context, t *table, s span) (outdated []key, last *key, err error) {
	there, err := decodeRows(ctx, c.target, t, s)
	if err != nil || len(there) == 0 {
		return nil, nil, err
	}
	keys := make([]key, len(there))
	for i, r := range there {
		keys[i] = r.key
	}
	wanted, err := readRows(ctx, c.source, t, span{among: keys})
	if err != nil {
		return nil, nil, err
	}
	_, outdated = differences(wanted, there)
	return outdated, &keys[len(keys)-1], nil
}

// deleteDeep deletes rows with all that refer to them. Those of the latter that the source has are not the same there, or
// refer to such a one; as their tables are merged later, they come again.
func (c *conversion) deleteDeep(ctx context.Context, tx bun.Tx, t *table, keys []key) error {
	for some := range slices.Chunk(keys, batchSize) {
		for _, r := range c.references {
			i := slices.IndexFunc(c.tables, func(other *table) bool { return other.Name == r.From })
			if r.To != t.Name || i < 0 {
				continue
			}
			referring, err := readKeys(ctx, tx, c.tables[i], span{among: some, in: r.Column})
			if err != nil {
				return err
			}
			if err := c.deleteDeep(ctx, tx, c.tables[i], referring); err != nil {
				return err
			}
		}
		if err := deleteRows(ctx, tx, t, some); err != nil {
			return err
		}
	}
	return nil
}
