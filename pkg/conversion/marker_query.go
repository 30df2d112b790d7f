package conversion

import (
	"context"

	"github.com/uptrace/bun"
)

// markerTable holds the marker of a conversion that is not finished, in the target.
const markerTable = "omnistock_conversion"

// A marker says from where the rows of an unfinished conversion come.
type marker struct {
	bun.BaseModel `bun:"table:omnistock_conversion"`

	Source string `bun:"source"` // its identity
	Name   string `bun:"name"`   // its URL without the password
}

func insertMarker(ctx context.Context, tx bun.Tx, m *marker) error {
	_, err := tx.NewRaw("CREATE TABLE ? (source text NOT NULL, name text NOT NULL)", bun.Ident(markerTable)).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewInsert().Model(m).Exec(ctx)
	return err
}

func selectMarker(ctx context.Context, idb bun.IDB) (*marker, error) {
	m := &marker{}
	return m, idb.NewSelect().Model(m).Limit(1).Scan(ctx)
}

func dropMarker(ctx context.Context, idb bun.IDB) error {
	_, err := idb.NewDropTable().Table(markerTable).Exec(ctx)
	return err
}
