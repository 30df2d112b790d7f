package conversion

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"golang.org/x/sync/errgroup"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// verify compares the checksums of all rows, and returns those of the tables.
func (c *conversion) verify(ctx context.Context, total int64) (checked []Table, err error) {
	task := c.progress.Start("verify", "rows", total)
	defer task.Done()
	for _, t := range c.tables {
		one, err := c.verifyTable(ctx, t, task)
		if err != nil {
			return nil, err
		}
		checked = append(checked, one)
	}
	return checked, nil
}

func (c *conversion) verifyTable(ctx context.Context, t *table, task *progress.Task) (Table, error) {
	checked, sum := Table{Name: t.Name}, sha256.New()
	for next := (span{limit: batchSize}); ; {
		wanted, got, err := c.readBoth(ctx, t, next)
		if err != nil {
			return Table{}, err
		}
		for i := range max(len(wanted), len(got)) {
			same, err := compareRows(t, at(wanted, i), at(got, i))
			if err != nil {
				return Table{}, err
			}
			sum.Write(same[:])
		}
		if len(wanted) == 0 {
			checked.Checksum = hex.EncodeToString(sum.Sum(nil))
			return checked, nil
		}
		checked.Rows += int64(len(wanted))
		task.Add(int64(len(wanted)))
		next.after = &wanted[len(wanted)-1].key
	}
}

// readBoth reads a span of both sides at once.
func (c *conversion) readBoth(ctx context.Context, t *table, s span) (wanted, got []row, err error) {
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		wanted, err = readRows(ctx, c.source, t, s)
		return err
	})
	both.Go(func() (err error) {
		if got, err = decodeRows(ctx, c.target, t, s); err != nil {
			err = blame(ctx, c.target, t, s, err)
		}
		return err
	})
	return wanted, got, both.Wait()
}

// at returns row number i, or nil where there are fewer.
func at(rows []row, i int) *row {
	if i < len(rows) {
		return &rows[i]
	}
	return nil
}

// compareRows returns the checksum that a row has on both sides. Either may be missing.
func compareRows(t *table, wanted, got *row) (sum [sha256.Size]byte, err error) {
	switch {
	case wanted == nil || got != nil && compare(got.key, wanted.key) < 0:
		return sum, mismatch(t, got.key, "is not in the source")
	case got == nil || wanted.key != got.key:
		return sum, mismatch(t, wanted.key, "is not in the target")
	}
	sum = sha256.Sum256(wanted.text)
	if got.err != nil || sum != sha256.Sum256(got.text) {
		return sum, mismatch(t, wanted.key, "differs in "+t.differingColumn(*wanted, *got))
	}
	return sum, nil
}

func mismatch(t *table, k key, what string) error {
	return rowError(t, k, core.Errorf(core.Conflict, "%s", what))
}
