package db

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
)

// Snapshot runs fn in a transaction that only reads: from its first statement to its last it sees the database as it was
// at the first, whatever others write meanwhile. It keeps nobody from writing.
func Snapshot(ctx context.Context, db *bun.DB, fn func(ctx context.Context, tx bun.Tx) error) error {
	if IsPostgres(db) {
		return db.RunInTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
	}
	// The readers are not closed with it: that is for db.
	readers := bun.NewDB(Reader(db), sqlitedialect.New())
	return readers.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, fn)
}
