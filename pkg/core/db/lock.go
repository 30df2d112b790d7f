package db

import (
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

// Hold makes a query inside a transaction keep the rows it finds from being deleted, or locked by ForUpdate, until the
// end; any number of transactions may hold a row. On SQLite nothing is to do. of is the table's alias.
func Hold(q *bun.SelectQuery, of string) *bun.SelectQuery {
	if q.Dialect().Name() != dialect.PG {
		return q
	}
	return q.For("KEY SHARE OF ?", bun.Ident(of))
}
