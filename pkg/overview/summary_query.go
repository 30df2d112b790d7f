package overview

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// keys are the columns of a summary by which it is one row, sums those that are added up.
const (
	keys = "vendor_id, store_id, category, level"
	sums = "items, units, cost, worth, projected"
)

// fromItems gives the rows of the summary as the items have it, by what the triggers of the schema do: there they stand as
// well. An amount of an item is cut at 10,000,000,000.00, so that no sum overflows; SQLite counts in hundredths.
var fromItems = map[bool]string{
	true: `SELECT vendor_id, store_id, coalesce(category, '') AS category, greatest(least(quantity, 11), 0) AS level,
		count(*) AS items, sum(quantity) AS units, sum(greatest(least(quantity * intake_price, 10000000000), -10000000000)) AS cost,
		sum(greatest(least(quantity * price, 10000000000), -10000000000)) AS worth,
		sum(greatest(least(quantity * projected_price, 10000000000), -10000000000)) AS projected
		FROM collectibles_collectible WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4`,
	false: `SELECT vendor_id, store_id, coalesce(category, '') AS category, max(min(quantity, 11), 0) AS level,
		count(*) AS items, sum(quantity) AS units, sum(max(min(quantity * intake_price, 1000000000000), -1000000000000)) AS cost,
		sum(max(min(quantity * price, 1000000000000), -1000000000000)) AS worth,
		sum(max(min(quantity * projected_price, 1000000000000), -1000000000000)) AS projected
		FROM collectibles_collectible WHERE vendor_id IS NOT NULL GROUP BY 1, 2, 3, 4`,
}

// fromSummary gives the rows of the summary as it is kept.
var fromSummary = map[bool]string{
	true: `SELECT vendor_id, store_id, category, level, sum(items) AS items, sum(units) AS units, sum(cost) AS cost, sum(worth) AS worth,
		sum(projected) AS projected FROM (SELECT ` + keys + ", " + sums + ` FROM omnistock_stock_summary
			UNION ALL SELECT ` + keys + ", " + sums + ` FROM omnistock_stock_summary_delta) AS s GROUP BY 1, 2, 3, 4
		HAVING (sum(items), sum(units), sum(cost), sum(worth), sum(projected)) <> (0, 0, 0, 0, 0)`,
	false: "SELECT " + keys + ", " + sums + " FROM omnistock_stock_summary",
}

// selectDrift returns the keys of the summary whose sums are not those of the items, in order.
func selectDrift(ctx context.Context, idb bun.IDB) (drift []Drift, err error) {
	postgres := db.IsPostgres(idb)
	err = idb.NewRaw(`WITH kept AS (?0), there AS (?1)
		SELECT vendor_id, store_id, category, level, max(kept_items) AS kept_items, max(items) AS items,
			max(kept_units) AS kept_units, max(units) AS units
		FROM (
			SELECT ?2, items AS kept_items, units AS kept_units, 0 AS items, 0 AS units FROM (SELECT * FROM kept EXCEPT SELECT * FROM there) AS a
			UNION ALL
			SELECT ?2, 0, 0, items, units FROM (SELECT * FROM there EXCEPT SELECT * FROM kept) AS b
		) AS different GROUP BY vendor_id, store_id, category, level ORDER BY vendor_id, store_id, category, level`,
		bun.Safe(fromSummary[postgres]), bun.Safe(fromItems[postgres]), bun.Safe(keys)).Scan(ctx, &drift)
	return drift, err
}

// rebuild makes the summary what the items have. On PostgreSQL it is one statement, which sees one moment: what others write
// meanwhile stays in the deltas. The lock is the one under which deltas are folded.
var rebuild = map[bool][]string{
	true: {
		"SELECT pg_advisory_xact_lock(7311702606931)",
		`WITH gone AS (DELETE FROM omnistock_stock_summary_delta)
		INSERT INTO omnistock_stock_summary (` + keys + ", " + sums + `)
			SELECT ` + keys + `, sum(items), sum(units), sum(cost), sum(worth), sum(projected) FROM (
				SELECT * FROM (` + fromItems[true] + `) AS there
				UNION ALL SELECT ` + keys + `, 0, 0, 0, 0, 0 FROM omnistock_stock_summary
			) AS s GROUP BY 1, 2, 3, 4
			ON CONFLICT (` + keys + `) DO UPDATE SET items = EXCLUDED.items, units = EXCLUDED.units, cost = EXCLUDED.cost,
				worth = EXCLUDED.worth, projected = EXCLUDED.projected`,
		"DELETE FROM omnistock_stock_summary WHERE items = 0",
	},
	false: {
		"DELETE FROM omnistock_stock_summary",
		"INSERT INTO omnistock_stock_summary (" + keys + ", " + sums + ") " + fromItems[false],
	},
}

// replaceSummary makes the summary what the items have.
func replaceSummary(ctx context.Context, tx bun.Tx) error {
	for _, statement := range rebuild[db.IsPostgres(tx)] {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
