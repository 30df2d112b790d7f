package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// chunkSize is about how many bytes of rows are one file: a tar wants to know the size of a file before its content.
const chunkSize = 1 << 20

// packTables writes the rows of all tables that the snapshot has.
func (s *Service) packTables(ctx context.Context, tx bun.Tx, w *archiveWriter, m *Manifest, r *progress.Reporter) error {
	c, err := s.readCatalog(ctx, tx)
	if err != nil {
		return err
	}
	if len(c.steps) == 0 {
		return errors.New("there is nothing to back up: the database has no tables of omnistock")
	}
	m.Steps, m.NotIncluded = c.steps, c.unknown
	for _, t := range c.tables {
		packed, err := packTable(ctx, tx, w, t, r)
		if err != nil {
			return err
		}
		m.Tables = append(m.Tables, packed)
	}
	return nil
}

func packTable(ctx context.Context, tx bun.Tx, w *archiveWriter, t *table, r *progress.Reporter) (Table, error) {
	total, err := countRows(ctx, tx, t)
	if err != nil {
		return Table{}, fmt.Errorf("count %s: %w", t.name, err)
	}
	if total == 0 {
		r = nil // nothing to tell
	}
	task := r.Start(t.name, "rows", total)
	defer task.Done()
	p := &tablePacker{w: w, table: t, digest: newDigest(t)}
	err = selectRows(ctx, tx, t, func(row reflect.Value) error {
		task.Add(1)
		return p.add(row)
	})
	if err == nil {
		err = p.flush()
	}
	if err != nil {
		return Table{}, fmt.Errorf("read %s: %w", t.name, err)
	}
	packed := p.digest.sum()
	if t.pk.AutoIncrement {
		packed.LastID, err = db.LastID(ctx, tx, t.name)
	}
	return packed, err
}

// A tablePacker collects rows into files of some size.
type tablePacker struct {
	w      *archiveWriter
	table  *table
	digest *digest
	chunk  []byte
	files  int
}

func (p *tablePacker) add(row reflect.Value) (err error) {
	if len(p.chunk) == 0 {
		header, err := json.Marshal(p.table.columns())
		if err != nil {
			return err
		}
		p.chunk = append(append(p.chunk, header...), '\n')
	}
	start := len(p.chunk)
	if p.chunk, err = p.table.appendRow(p.chunk, row, asStored); err != nil {
		return err
	}
	if p.table.hasDocuments() {
		err = p.digest.add(row)
	} else {
		p.digest.addLine(row, p.chunk[start:])
	}
	p.chunk = append(p.chunk, '\n')
	if err == nil && len(p.chunk) >= chunkSize {
		err = p.flush()
	}
	return err
}

// flush writes what was collected as one file.
func (p *tablePacker) flush() error {
	if len(p.chunk) == 0 {
		return nil
	}
	p.files++
	err := p.w.addBytes(fmt.Sprintf("tables/%s/%06d.jsonl", p.table.name, p.files), p.chunk)
	p.chunk = p.chunk[:0]
	return err
}
