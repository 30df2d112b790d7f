package doctor

import (
	"context"

	"github.com/uptrace/bun"
)

// selectDefects returns what SQLite's own check finds. It does all that quick_check does.
func selectDefects(ctx context.Context, idb bun.IDB) (defects []string, err error) {
	err = idb.NewRaw("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT ?", maxDefects).Scan(ctx, &defects)
	return defects, err
}

// Pages are those of the file of a database.
type pages struct{ Size, Count, Free int64 }

func selectPages(ctx context.Context, idb bun.IDB) (p pages, err error) {
	err = idb.NewRaw(`SELECT page_size AS size, page_count AS count, freelist_count AS free
		FROM pragma_page_size, pragma_page_count, pragma_freelist_count`).Scan(ctx, &p)
	return p, err
}
