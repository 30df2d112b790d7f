package db

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core"
)

// IsPostgres reports whether the database is PostgreSQL; it is SQLite otherwise.
func IsPostgres(db bun.IDB) bool { return db.Dialect().Name() == dialect.PG }

// Upper is arg, a value or a bun.Ident, in upper case. Both engines fold all of Unicode, one character at a time, so
// that comparing two Uppers is comparing without case. (SQLite's own upper folds ASCII alone; Open replaces it.)
func Upper(arg any) schema.QueryAppender { return bun.SafeQuery("upper(?)", arg) }

// ByKey is the condition that a column is a number, of a query that goes through the table by its primary key, page by
// page. PostgreSQL would rather take an index on that column, or the whole table, and sort all that it finds, anew for each
// page: of a CASE it knows nothing, and takes every second row for one that is wanted. SQLite's indexes hold the keys in
// order.
func ByKey(db bun.IDB, column bun.Ident, number int64) schema.QueryAppender {
	if IsPostgres(db) {
		return bun.SafeQuery("CASE WHEN ? = ? THEN true END", column, number)
	}
	return bun.SafeQuery("? = ?", column, number)
}

// Day is the day, in UTC, in which a column of moments falls.
func Day(db bun.IDB, column bun.Ident) schema.QueryAppender {
	if IsPostgres(db) {
		return bun.SafeQuery("CAST(? AT TIME ZONE 'UTC' AS date)", column)
	}
	return bun.SafeQuery("substr(?, 1, 10)", column)
}

// Among is the rest of a condition that a column has one of many values, a slice of texts or numbers. PostgreSQL reads
// them as one constant, in a third of the time that as many constants take it.
func Among(db bun.IDB, values any) schema.QueryAppender {
	if IsPostgres(db) {
		return bun.SafeQuery("= ANY(?)", pgdialect.Array(values))
	}
	return bun.SafeQuery("IN (?)", bun.List(values))
}

// Clamp is an amount of money, or the most that it may be, above 0 or below.
func Clamp(db bun.IDB, amount bun.Safe, most core.Total) schema.QueryAppender {
	if IsPostgres(db) {
		return bun.SafeQuery("least(greatest(?, ?), ?)", amount, -most, most)
	}
	return bun.SafeQuery("min(max(?, ?), ?)", amount, -most, most)
}
