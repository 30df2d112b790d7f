package adoption

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
)

// setLockTimeout keeps the statements of a transaction from waiting long for others.
func setLockTimeout(ctx context.Context, tx bun.Tx) error {
	return exec(ctx, tx, "SET LOCAL lock_timeout = '10s'")
}

// lockMembers keeps others from making members until the transaction ends.
func lockMembers(ctx context.Context, tx bun.Tx) error {
	if err := setLockTimeout(ctx, tx); err != nil {
		return err
	}
	return exec(ctx, tx, "LOCK TABLE collectibles_vendormember IN SHARE ROW EXCLUSIVE MODE")
}

// selectLoose returns a line for each column that counts by a sequence which it does not own.
func selectLoose(ctx context.Context, idb bun.IDB, tables []string) (lines []string, err error) {
	err = idb.NewRaw(`SELECT format('column %s.%s: %s', relname, attname, pg_get_expr(adbin, adrelid)) AS line
		FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum JOIN pg_class c ON c.oid = adrelid
		WHERE relnamespace = current_schema()::regnamespace AND relname IN (?) AND pg_get_expr(adbin, adrelid) LIKE 'nextval(%'
		AND pg_get_serial_sequence(quote_ident(relname), attname) IS NULL ORDER BY 1`, bun.List(tables)).Scan(ctx, &lines)
	return lines, err
}

// selectReferences returns a line for each foreign key from a table that Django does not know, ours or another, to one
// that it does, where a row that refers to another keeps that from being deleted.
func selectReferences(ctx context.Context, idb bun.IDB) (ours, others []string, err error) {
	var found []struct {
		Table string `bun:"table"`
		Line  string `bun:"line"`
	}
	err = idb.NewRaw(`SELECT t.relname AS table, format('%s of %s: %s', conname, t.relname, pg_get_constraintdef(c.oid)) AS line
		FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid JOIN pg_class r ON r.oid = confrelid
		WHERE contype = 'f' AND confdeltype IN ('a', 'r') AND r.relnamespace = current_schema()::regnamespace
		AND r.relname IN (?0) AND t.relname NOT IN (?0) ORDER BY 2`, bun.List(currentTables())).Scan(ctx, &found)
	for _, f := range found {
		if strings.HasPrefix(f.Table, "omnistock_") {
			ours = append(ours, f.Line)
		} else {
			others = append(others, f.Line)
		}
	}
	return ours, others, err
}
