package doctor

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/uptrace/bun"
)

// datedTables are those to which daily work adds rows, with the moment in created_at.
var datedTables = []string{"collectibles_collectible", "collectibles_stockledger", "token_blacklist_outstandingtoken"}

// selectNow returns the time of PostgreSQL's server.
func selectNow(ctx context.Context, idb bun.IDB) (now time.Time, err error) {
	err = idb.NewRaw("SELECT clock_timestamp()").Scan(ctx, &now)
	return now, err
}

// selectNewest returns when the last row of the table was made, or the zero time if it has none.
func selectNewest(ctx context.Context, idb bun.IDB, table string) (time.Time, error) {
	var newest bun.NullTime
	err := idb.NewRaw("SELECT created_at FROM ? ORDER BY id DESC LIMIT 1", bun.Ident(table)).Scan(ctx, &newest)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return newest.Time, err
}
