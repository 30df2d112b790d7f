package db

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/omni-stock/omnistock/pkg/core"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Error says that there is no such noun if err says that there is no row: core.NotFound, in Django's words. Any other
// error is returned as it is, so that an outage is never read as absence.
func Error(err error, noun string) error {
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return &core.Error{Kind: core.NotFound, Msg: "No " + noun + " matches the given query.", Err: err}
}

// PostgreSQL's names for failures, from the appendix "Error Codes" of its manual.
const (
	pgForeignKeyViolation   = "23503"
	pgUniqueViolation       = "23505"
	pgCheckViolation        = "23514"
	pgReadOnlyTransaction   = "25006"
	pgObjectInUse           = "55006"
	pgSerializationFailure  = "40001"
	pgDeadlockDetected      = "40P01"
	pgInsufficientPrivilege = "42501"
	pgLockNotAvailable      = "55P03"
	pgTooManyConnections    = "53300"
	pgAdminShutdown         = "57P01"
	pgCrashShutdown         = "57P02"
	pgCannotConnectNow      = "57P03"
)

// IsForeignKeyViolation reports whether err comes from a row that refers to nothing. Foreign keys are checked when
// a transaction commits: it is InTx that returns such an error.
func IsForeignKeyViolation(err error) bool {
	return postgresCode(err) == pgForeignKeyViolation || sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}

// IsCheckViolation reports whether err comes from a value that the column's CHECK does not allow.
func IsCheckViolation(err error) bool {
	return postgresCode(err) == pgCheckViolation || sqliteCode(err) == sqlite3.SQLITE_CONSTRAINT_CHECK
}

// IsReadOnly reports whether err comes from a database, or a file, that takes no changes.
func IsReadOnly(err error) bool {
	return postgresCode(err) == pgReadOnlyTransaction || sqliteCode(err)&sqlitePrimary == sqlite3.SQLITE_READONLY
}

// IsPermissionDenied reports whether err comes from something that the user of the database may not do.
func IsPermissionDenied(err error) bool { return postgresCode(err) == pgInsufficientPrivilege }

// IsLockTimeout reports whether err comes from a lock that another connection did not give up in time.
func IsLockTimeout(err error) bool { return postgresCode(err) == pgLockNotAvailable }

// IsOutage reports whether err comes from a PostgreSQL server that is not there, stops, starts, or has no connection to
// spare: the same may be asked for again later. Of a transaction that was to commit it is not known whether it has.
func IsOutage(err error) bool {
	switch postgresCode(err) {
	case pgTooManyConnections, pgAdminShutdown, pgCrashShutdown, pgCannotConnectNow:
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	_, broken := errors.AsType[*net.OpError](err)
	return broken || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}

// Detail returns what PostgreSQL says beside the message of an error, such as which objects depend on another; or "".
func Detail(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Detail
	}
	return ""
}

// sqlitePrimary leaves of a code of SQLite's what it keeps the details out of.
const sqlitePrimary = 0xff

// isConflict reports whether the transaction failed because of another one and may succeed if it is run again.
func isConflict(err error) bool {
	code := postgresCode(err)
	return code == pgSerializationFailure || code == pgDeadlockDetected || sqliteCode(err)&sqlitePrimary == sqlite3.SQLITE_BUSY
}

// postgresCode is "" for an error that is not PostgreSQL's.
func postgresCode(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}

// sqliteCode is the extended code, 0 for an error that is not SQLite's.
func sqliteCode(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
