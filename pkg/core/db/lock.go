package db

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
)

// ForUpdate makes a query inside a transaction keep others from changing the rows it finds, until the end. On SQLite
// nothing is to do: a transaction holds the database's only write lock from its beginning. of names the table's alias
// where the query joins others.
func ForUpdate(q *bun.SelectQuery, of string) *bun.SelectQuery {
	if q.Dialect().Name() != dialect.PG {
		return q
	}
	return q.For("UPDATE OF ?", bun.Ident(of))
}

// ForNoKeyUpdate is ForUpdate but for those who Hold a row, or refer to it: they go on, and are not waited for. It is for
// rows that everybody holds, so that who holds several things in another order does not end in a deadlock.
func ForNoKeyUpdate(q *bun.SelectQuery, of string) *bun.SelectQuery {
	if q.Dialect().Name() != dialect.PG {
		return q
	}
	return q.For("NO KEY UPDATE OF ?", bun.Ident(of))
}

// Hold makes a query inside a transaction keep the rows it finds from being deleted, or locked by ForUpdate, until the
// end; any number of transactions may hold a row. On SQLite nothing is to do. of is the table's alias.
func Hold(q *bun.SelectQuery, of string) *bun.SelectQuery {
	if q.Dialect().Name() != dialect.PG {
		return q
	}
	return q.For("KEY SHARE OF ?", bun.Ident(of))
}

// LockTables keeps others from writing to the tables until the transaction ends; they can read. On SQLite nothing is to
// do: see ForUpdate.
func LockTables(ctx context.Context, tx bun.Tx, tables []string) error {
	if !IsPostgres(tx) || len(tables) == 0 {
		return nil
	}
	names := make([]any, len(tables))
	for i, table := range tables {
		names[i] = bun.Ident(table)
	}
	list := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
	if _, err := tx.ExecContext(ctx, "LOCK TABLE "+list+" IN SHARE ROW EXCLUSIVE MODE", names...); err != nil {
		return fmt.Errorf("lock tables: %w", err)
	}
	return nil
}

// TryLock takes the lock of that number unless another program, on any machine, holds it on the same database: ok is
// false then. The lock ends with unlock, or with this program. On SQLite there is none: it is always had.
func TryLock(ctx context.Context, bunDB *bun.DB, number int64) (unlock func() error, ok bool, err error) {
	if !IsPostgres(bunDB) {
		return func() error { return nil }, true, nil
	}
	conn, err := bunDB.Conn(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("take a lock: %w", err)
	}
	if err := conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(?)", number).Scan(&ok); err != nil || !ok {
		return nil, false, errors.Join(err, conn.Close())
	}
	return func() error {
		_, err := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(?)", number)
		return errors.Join(err, conn.Close())
	}, true, nil
}
