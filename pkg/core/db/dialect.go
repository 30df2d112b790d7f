package db

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/schema"
)

// IsPostgres reports whether the database is PostgreSQL; it is SQLite otherwise.
func IsPostgres(db bun.IDB) bool { return db.Dialect().Name() == dialect.PG }

// Upper is arg, a value or a bun.Ident, in upper case. Both engines fold all of Unicode, one character at a time, so
// that comparing two Uppers is comparing without case. (SQLite's own upper folds ASCII alone; Open replaces it.)
func Upper(arg any) schema.QueryAppender { return bun.SafeQuery("upper(?)", arg) }
