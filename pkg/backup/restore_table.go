package backup

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// Rows are inserted so many at once, and fewer where they are long.
const (
	batchRows  = 500
	batchBytes = 1 << 20
)

// load is the transaction: it empties the tables, fills them, and compares.
func (l *loader) load(ctx context.Context, tx bun.Tx) error {
	there, err := l.clear(ctx, tx)
	if err != nil {
		return err
	}
	if err := l.fill(ctx, tx); err != nil {
		return err
	}
	differences, err := l.compare(ctx, tx, l.options.Progress)
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		return fmt.Errorf("what the database took is not what the archive holds: %s", strings.Join(differences, "; "))
	}
	for i, t := range l.tables {
		if !t.pk.AutoIncrement || find(there.tables, t.name) == nil {
			continue
		}
		if err := l.countOn(ctx, tx, t, l.archive.Manifest.Tables[i].LastID); err != nil {
			return err
		}
	}
	if err := l.complete(ctx, tx, there); err != nil {
		return err
	}
	return l.putMissing(ctx)
}

// complete fills tables of a schema that is ahead of the archive's.
func (l *loader) complete(ctx context.Context, tx bun.Tx, there *catalog) error {
	for _, t := range there.tables {
		if fill := l.service.missing[t.name]; fill != nil && find(l.tables, t.name) == nil {
			if _, err := fill(ctx, tx); err != nil {
				return fmt.Errorf("complete %s: %w", t.name, err)
			}
		}
	}
	return nil
}

// clear keeps others from writing, makes sure once more that nobody's rows get lost, and empties the tables.
func (l *loader) clear(ctx context.Context, tx bun.Tx) (*catalog, error) {
	there, err := l.service.readCatalog(ctx, tx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(there.tables))
	for i, t := range there.tables {
		names[i] = t.name
	}
	if err := db.LockTables(ctx, tx, names); err != nil {
		return nil, err
	}
	used, err := usedTables(ctx, tx, there)
	if err != nil {
		return nil, err
	}
	if len(used) > 0 && !l.options.Replace {
		return nil, fmt.Errorf("somebody began to use the database: there are rows in %s", list(used))
	}
	for _, t := range there.tables {
		if migrations.IsBookkeeping(t.name) && find(l.tables, t.name) == nil {
			continue // its rows came with the schema, and the archive has no others
		}
		if err := deleteRows(ctx, tx, t); err != nil {
			return nil, fmt.Errorf("empty %s: %w", t.name, err)
		}
	}
	return there, nil
}

// fill inserts the rows of all tables. Foreign keys are checked when the transaction commits.
func (l *loader) fill(ctx context.Context, tx bun.Tx) error {
	var task *progress.Task
	current := ""
	err := l.archive.each(ctx, func(name string, content io.Reader) error {
		match := tableFile.FindStringSubmatch(name)
		if match == nil {
			return nil
		}
		i := slices.IndexFunc(l.tables, func(t *table) bool { return t.name == match[1] })
		if current != match[1] {
			if task != nil {
				task.Done()
			}
			current, task = match[1], l.options.Progress.Start(match[1], "rows", l.archive.Manifest.Tables[i].Rows)
		}
		return loadRows(ctx, tx, l.tables[i], content, task)
	})
	if task != nil {
		task.Done()
	}
	return err
}

// loadRows inserts the rows of one file.
func loadRows(ctx context.Context, tx bun.Tx, t *table, content io.Reader, task *progress.Task) error {
	lines := bufio.NewReaderSize(content, 64<<10)
	header, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("%s: read the names of the columns: %w", t.name, err)
	}
	var columns []string
	if err := json.Unmarshal(header, &columns); err != nil || !slices.Equal(columns, t.columns()) {
		return fmt.Errorf("%s: its file has other columns than the manifest", t.name)
	}
	for more := true; more; {
		var rows reflect.Value
		if rows, more, err = t.readBatch(lines); err != nil {
			return err
		}
		if n := rows.Elem().Len(); n > 0 {
			if err := insertRows(ctx, tx, t, rows); err != nil {
				return fmt.Errorf("restore %s: %w", t.name, err)
			}
			task.Add(int64(n))
		}
	}
	return nil
}

// readBatch returns the next rows, as a pointer to a slice of the table's model, and whether there may be more.
func (t *table) readBatch(lines *bufio.Reader) (rows reflect.Value, more bool, err error) {
	rows = reflect.New(reflect.SliceOf(t.model))
	size := 0
	for rows.Elem().Len() < batchRows && size < batchBytes {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return rows, false, nil
		}
		if err != nil {
			return rows, false, fmt.Errorf("%s: read a row: %w", t.name, err)
		}
		row := reflect.New(t.model).Elem()
		if err := t.readRow(bytes.TrimSuffix(line, []byte("\n")), row); err != nil {
			return rows, false, err
		}
		rows.Elem().Set(reflect.Append(rows.Elem(), row))
		size += len(line)
	}
	return rows, true, nil
}

// compare returns how the database differs from the manifest.
func (l *loader) compare(ctx context.Context, tx bun.Tx, r *progress.Reporter) (differences []string, err error) {
	task := r.Start("comparing", "rows", l.archive.Manifest.rows())
	defer task.Done()
	for i, t := range l.tables {
		d := newDigest(t)
		err := selectRows(ctx, tx, t, func(row reflect.Value) error {
			task.Add(1)
			return d.add(row)
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", t.name, err)
		}
		if difference := l.archive.Manifest.Tables[i].differs(d.sum()); difference != "" {
			differences = append(differences, difference)
		}
	}
	return differences, nil
}

// countOn makes new rows get ids that no row had, also none that was deleted.
func (l *loader) countOn(ctx context.Context, tx bun.Tx, t *table, last int64) error {
	highest, err := selectHighestID(ctx, tx, t)
	if err != nil {
		return err
	}
	if last = max(last, highest); last < 1 {
		return nil
	}
	return db.AdvanceID(ctx, tx, t.name, last)
}

// explain says what an error of the transaction means.
func (l *loader) explain(err error) error {
	if db.IsForeignKeyViolation(err) {
		return l.archive.errorf(fmt.Errorf("rows refer to others that are not there; nothing was changed: %w", err))
	}
	if columns, ok := db.UniqueViolation(err); ok {
		return l.archive.errorf(fmt.Errorf("two rows have the same %s; nothing was changed: %w", columns, err))
	}
	return fmt.Errorf("nothing was restored: %w", err)
}
