package db

import (
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"
)

// UniqueViolation returns the columns whose values stand in another row already, such as
// "collectibles_store.vendor_id, collectibles_store.slug", or false if err is another failure. The text is for logs;
// to tell one constraint from another, ask IsUniqueViolation.
func UniqueViolation(err error) (columns string, ok bool) {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return postgresColumns(e), e.Code == pgUniqueViolation
	}
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return sqliteColumns(err.Error()), true
	}
	return "", false
}

// IsUniqueViolation reports whether err comes from a unique constraint of the table in which the column takes part.
func IsUniqueViolation(err error, table, column string) bool {
	columns, ok := UniqueViolation(err)
	return ok && slices.Contains(strings.Split(columns, ", "), table+"."+column)
}

// postgresColumns reads them from a detail such as "Key (vendor_id, slug)=(1, main) already exists.", of which all
// but the signs may be in another language.
func postgresColumns(e *pgconn.PgError) string {
	_, detail, _ := strings.Cut(e.Detail, "(")
	columns, _, _ := strings.Cut(detail, ")=(")
	names := strings.Split(columns, ", ")
	for i, name := range names {
		names[i] = e.TableName + "." + name
	}
	return strings.Join(names, ", ")
}

// sqliteColumns reads them from "… UNIQUE constraint failed: users_user.email (2067)".
func sqliteColumns(message string) string {
	_, columns, _ := strings.Cut(message, "UNIQUE constraint failed: ")
	columns, _, _ = strings.Cut(columns, " (")
	return columns
}
