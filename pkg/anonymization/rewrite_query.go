package anonymization

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/users"
)

// deleteRows empties a table and returns how many rows it had.
func deleteRows(ctx context.Context, tx bun.Tx, table string) (int64, error) {
	return affected(tx.NewDelete().Table(table).Where("1 = 1").Exec(ctx))
}

// updateTable replaces columns in all rows and returns how many these are.
func updateTable(ctx context.Context, tx bun.Tx, t table) (int64, error) {
	if err := clearUnique(ctx, tx, t); err != nil {
		return 0, err
	}
	q := tx.NewUpdate().Table(t.name).Where("1 = 1")
	for _, c := range t.columns {
		name, value := bun.Ident(c.name), expression(c.value, cmp.Or(c.by, "id"))
		switch {
		case c.unique:
			q.Set("? = ?", name, value)
		case c.noText:
			q.Set("?0 = CASE WHEN ?0 IS NULL THEN ?0 ELSE ?1 END", name, value)
		default:
			stay := append([]string{""}, c.keep...)
			q.Set("?0 = CASE WHEN ?0 IS NULL OR ?0 IN (?2) THEN ?0 ELSE ?1 END", name, value, bun.List(stay))
		}
	}
	return affected(q.Exec(ctx))
}

// clearUnique gives unique columns values that nobody has, so that no new value meets an old one of another row.
func clearUnique(ctx context.Context, tx bun.Tx, t table) error {
	for _, c := range t.columns {
		if !c.unique {
			continue
		}
		_, err := tx.NewUpdate().Table(t.name).Set("? = ?", bun.Ident(c.name), expression(rand.Text()+"-"+id, "id")).
			Where("1 = 1").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// expression is a replacement in SQL, by the column that holds an id.
func expression(value, by string) schema.QueryAppender {
	before, after, hasID := strings.Cut(value, id)
	if !hasID {
		return bun.SafeQuery("?", value)
	}
	return bun.SafeQuery("? || ? || ?", before, bun.Ident(by), after)
}

// updateAmounts replaces money by prices from 1.00 to 199.99, drawn by the row's id. Zero stays zero.
func updateAmounts(ctx context.Context, tx bun.Tx, m money) (int64, error) {
	q := tx.NewUpdate().Table(m.table).Where("1 = 1")
	unit := "" // SQLite counts hundredths
	if db.IsPostgres(tx) {
		unit = " / 100.0"
	}
	for _, c := range m.columns {
		q.Set("?0 = CASE WHEN ?0 = 0 OR ?0 IS NULL THEN ?0 ELSE (100 + id % 19900 * 7919 % 19900) * ?1 / 10"+unit+" END", bun.Ident(c.name), c.tenths)
	}
	return affected(q.Exec(ctx))
}

// updatePasswords gives all accounts the same hash.
func updatePasswords(ctx context.Context, tx bun.Tx, encoded string) error {
	_, err := tx.NewUpdate().Model((*users.User)(nil)).Set("password = ?", encoded).Where("1 = 1").Exec(ctx)
	return err
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// scrub overwrites what SQLite has left in its files of rows that are gone.
func scrub(ctx context.Context, bunDB *bun.DB) error {
	if db.IsPostgres(bunDB) {
		return nil
	}
	if _, err := bunDB.ExecContext(ctx, "VACUUM"); err != nil {
		return err
	}
	_, err := bunDB.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}
