package conversion

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// A Service converts databases.
type Service struct{ models []any }

// NewService returns a service for the tables of the models, nil pointers of bun's.
func NewService(models []any) *Service { return &Service{models} }

// A Database is one end of a conversion.
type Database struct {
	DB   *bun.DB
	Name string // for people: its URL without the password
}

// A Report says what a conversion did.
type Report struct {
	Source    string     `json:"source"`
	Target    string     `json:"target"`
	Continued bool       `json:"continued"` // an earlier conversion, which was interrupted
	Tables    []Table    `json:"tables"`    // in the order in which they were copied
	NotCopied []Uncopied `json:"not_copied"`
}

// A Table is one that was copied, and found to be the same on both sides.
type Table struct {
	Name     string `json:"name"`
	Rows     int64  `json:"rows"`
	Checksum string `json:"checksum"` // SHA-256 of the checksums of its rows by primary key, in hex; the same on both engines
}

// Convert makes the target hold what the source holds, and nothing else, and compares the two. The source has to be
// migrated; the target, which is migrated first, has to hold no rows, or the marker of an unfinished conversion from the
// same source, which goes on. Anything else is a core.Conflict, and changes nothing.
//
// A value that the target cannot hold is core.Invalid, and names table, row and column. After any error the batches that
// were finished stay, and the next Convert goes on. So it does where ctx was cancelled: the batch under way is finished.
func (s *Service) Convert(ctx context.Context, source, target Database, p *progress.Reporter) (*Report, error) {
	tables, err := newTables(target.DB, s.models)
	if err != nil {
		return nil, err
	}
	if err := s.CheckSource(ctx, source); err != nil {
		return nil, err
	}
	report := &Report{Source: source.Name, Target: target.Name}
	err = db.Snapshot(ctx, source.DB, func(ctx context.Context, tx bun.Tx) error {
		if report.Continued, err = prepare(ctx, tx, source.Name, target); err != nil {
			return err
		}
		c := &conversion{source: tx, target: target.DB, progress: p, tables: tables}
		return unfinished(ctx, c.run(ctx, report))
	})
	if err != nil {
		return nil, err
	}
	return report, nil
}

// unfinished tells that nothing is lost.
func unfinished(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	return fmt.Errorf("%w; what was copied stays, and the same command continues it", err)
}

// A conversion is one that runs, between databases that were found fit for it.
type conversion struct {
	source     bun.Tx // a snapshot
	target     *bun.DB
	progress   *progress.Reporter
	tables     []*table
	references []reference // of the target
}

func (c *conversion) run(ctx context.Context, report *Report) (err error) {
	if c.references, err = selectReferences(ctx, c.target); err != nil {
		return err
	}
	c.tables = inOrder(c.tables, c.references)
	for _, t := range slices.Backward(c.tables) {
		if err := c.prune(ctx, t, nil, c.surplus); err != nil {
			return err
		}
	}
	total := int64(0)
	for _, t := range c.tables {
		n, err := c.merge(ctx, t)
		if err != nil {
			return err
		}
		total += n
	}
	if report.Tables, err = c.verify(ctx, total); err != nil {
		return err
	}
	if report.NotCopied, err = uncopied(ctx, c.source, c.tables); err != nil {
		return err
	}
	return c.finish(ctx)
}

// finish sets the sequences and drops the marker, at once.
func (c *conversion) finish(ctx context.Context) error {
	highest := map[*table]int64{}
	for _, t := range c.tables {
		var err error
		if !t.pk.AutoIncrement {
			continue
		}
		if highest[t], err = selectHighest(ctx, c.source, t); err != nil {
			return err
		}
	}
	return db.InTx(ctx, c.target, func(ctx context.Context, tx bun.Tx) error {
		for t, n := range highest {
			if err := db.AdvanceID(ctx, tx, t.Name, n); err != nil {
				return err
			}
		}
		return dropMarker(ctx, tx)
	})
}
