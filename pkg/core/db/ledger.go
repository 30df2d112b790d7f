package db

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// Recorded says that the open transaction enters what it does to the stock into the ledger by itself. Without it,
// triggers on PostgreSQL enter each change of an item's quantity or place as one that another program made. SQLite has
// no such triggers: nobody else writes there.
func Recorded(ctx context.Context, tx bun.Tx) error {
	if !IsPostgres(tx) {
		return nil
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL omnistock.recorded = 'on'")
	return err
}

// Rewriting calls fn, which may change and delete rows of tables that are append-only, in the open transaction; what it
// does to the stock is not entered into the ledger. It is for what moves whole tables. It must not be called inside of
// itself.
func Rewriting(ctx context.Context, tx bun.Tx, fn func() error) error {
	if IsPostgres(tx) {
		return rewritingPostgres(ctx, tx, fn)
	}
	return rewritingSQLite(ctx, tx, fn)
}

func rewritingPostgres(ctx context.Context, tx bun.Tx, fn func() error) error {
	if _, err := tx.ExecContext(ctx, "SET LOCAL omnistock.recorded = 'on'; SET LOCAL omnistock.maintenance = 'on'"); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "SET LOCAL omnistock.maintenance = 'off'")
	return err
}

// rewritingSQLite takes the triggers away: the transaction is the only one that writes, and a failure brings them back.
func rewritingSQLite(ctx context.Context, tx bun.Tx, fn func() error) error {
	var triggers []struct{ Name, SQL string }
	err := tx.NewRaw(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\_append\_only\_%' ESCAPE '\'`).
		Scan(ctx, &triggers)
	if err != nil {
		return fmt.Errorf("look for triggers: %w", err)
	}
	for _, trigger := range triggers {
		if _, err := tx.NewRaw("DROP TRIGGER ?", bun.Ident(trigger.Name)).Exec(ctx); err != nil {
			return err
		}
	}
	if err := fn(); err != nil {
		return err
	}
	for _, trigger := range triggers {
		if _, err := tx.ExecContext(ctx, trigger.SQL); err != nil {
			return err
		}
	}
	return nil
}

// InRecordedTx is InTx for a transaction that is Recorded.
func InRecordedTx(ctx context.Context, db *bun.DB, fn func(ctx context.Context, tx bun.Tx) error) error {
	return InTx(ctx, db, func(ctx context.Context, tx bun.Tx) error {
		if err := Recorded(ctx, tx); err != nil {
			return err
		}
		return fn(ctx, tx)
	})
}
