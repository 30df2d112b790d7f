package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// maxParameters is how many a statement of SQLite's may have.
const maxParameters = 32766

// insertRows inserts models by prepared statements of as many rows as each can take: at the end of a statement, SQLite
// writes what its index of words has gathered.
func insertRows(ctx context.Context, conn *sqliteConn, target loadTarget, rows reflect.Value) error {
	statements := (rows.Len()*len(target.fields) + maxParameters - 1) / maxParameters
	each := (rows.Len() + statements - 1) / statements
	for i := 0; i < rows.Len(); {
		n := min(each, rows.Len()-i)
		in, err := newInsertion(ctx, conn, target, n)
		if err != nil {
			return err
		}
		for ; err == nil && i+n <= rows.Len(); i += n {
			err = in.exec(ctx, rows.Slice(i, i+n))
		}
		if err = errors.Join(err, in.stmt.Close()); err != nil {
			return err
		}
	}
	return nil
}

// An insertion is a prepared INSERT of so many rows as there are arguments for.
type insertion struct {
	target loadTarget
	stmt   rawStmt
	args   []driver.NamedValue
	at     time.Time
	atText string // at as it stands in the database: rows of one load have few different times
}

func newInsertion(ctx context.Context, conn *sqliteConn, target loadTarget, rows int) (*insertion, error) {
	row := "(?" + strings.Repeat(",?", len(target.fields)-1) + ")"
	stmt, err := conn.PrepareContext(ctx, "INSERT INTO "+target.table+" ("+target.columns+") VALUES "+row+strings.Repeat(","+row, rows-1))
	if err != nil {
		return nil, err
	}
	raw, ok := stmt.(rawStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("load: %T lacks a method", stmt), stmt.Close())
	}
	in := &insertion{target: target, stmt: raw, args: make([]driver.NamedValue, rows*len(target.fields))}
	for i := range in.args {
		in.args[i].Ordinal = i + 1
	}
	return in, nil
}

func (in *insertion) exec(ctx context.Context, rows reflect.Value) error {
	args := in.args
	for i := range rows.Len() {
		row := rows.Index(i).Elem()
		for j, field := range in.target.fields {
			args[j].Value = nil
			if v, ok := in.target.value(j, row); ok {
				value, err := in.bind(v)
				if err != nil {
					return fmt.Errorf("load: column %s: %w", field.Name, err)
				}
				args[j].Value = value
			}
		}
		args = args[len(in.target.fields):]
	}
	_, err := in.stmt.ExecContext(ctx, in.args)
	return err
}

// bind is a value as the driver takes it: what bun, for this engine, writes into SQL.
func (in *insertion) bind(v reflect.Value) (driver.Value, error) {
	switch x := v.Addr().Interface().(type) {
	case decimal:
		units, _ := x.Decimal()
		return units, nil
	case *time.Time:
		if in.atText == "" || !x.Equal(in.at) {
			in.at, in.atText = *x, x.UTC().Format("2006-01-02 15:04:05.999999-07:00")
		}
		return in.atText, nil
	case *core.Date:
		return x.String(), nil
	case *core.JSON:
		text, err := x.MarshalJSON()
		return string(text), err
	}
	switch {
	case v.Kind() == reflect.String:
		return v.String(), nil
	case v.CanInt():
		return v.Int(), nil
	case v.Kind() == reflect.Bool:
		return v.Bool(), nil
	}
	return nil, fmt.Errorf("no way to load %s", v.Type())
}
