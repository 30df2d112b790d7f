package sales

import (
	"context"

	"github.com/uptrace/bun"
)

// countDrift counts the stores whose counter is not at their last receipt.
func countDrift(ctx context.Context, idb bun.IDB) (n int, err error) {
	err = idb.NewRaw(`SELECT count(*) FROM omnistock_receipt_counter AS c WHERE c.last <>
		(SELECT coalesce(max(s.receipt_number), 0) FROM omnistock_sale AS s WHERE s.store_id = c.store_id)`).Scan(ctx, &n)
	return n, err
}

// A Flaw is something that does not add up: of a store's numbers, where Receipt is 0, or of a receipt.
type Flaw struct {
	StoreID int64  `json:"store"`
	Receipt int64  `json:"receipt,omitempty"`
	What    string `json:"what"`
}

// maxFlaws is how many flaws of a sort are told.
const maxFlaws = 1000

// proofs find what does not add up, of one vendor or, where that is 0, of all.
var proofs = []struct{ what, query string }{
	{"a number is missing", `SELECT s.store_id, 0 AS receipt FROM omnistock_sale AS s WHERE ?0 IN (0, s.vendor_id)
		GROUP BY s.store_id HAVING min(s.receipt_number) <> 1 OR max(s.receipt_number) <> count(*)`},
	{"the counter is not at the last number", `SELECT s.store_id, 0 AS receipt FROM omnistock_sale AS s
		LEFT JOIN omnistock_receipt_counter AS c ON c.store_id = s.store_id WHERE ?0 IN (0, s.vendor_id)
		GROUP BY s.store_id, c.last HAVING c.last IS NULL OR c.last <> max(s.receipt_number)`},
	{"the sums are not those of the lines", `SELECT s.store_id, s.receipt_number AS receipt FROM omnistock_sale AS s
		LEFT JOIN (SELECT sale_id, sum(units * unit_price) AS subtotal, sum(discount) AS discount, sum(tax) AS tax, sum(total) AS total
			FROM omnistock_sale_line GROUP BY sale_id) AS l ON l.sale_id = s.id
		WHERE ?0 IN (0, s.vendor_id) AND (l.sale_id IS NULL OR l.subtotal <> s.subtotal OR l.discount <> s.discount OR l.tax <> s.tax
			OR l.total <> s.total OR s.total <> s.subtotal - s.discount + s.tax)`},
	{"the tenders do not come to what was tendered", `SELECT s.store_id, s.receipt_number AS receipt FROM omnistock_sale AS s
		LEFT JOIN (SELECT sale_id, sum(amount) AS amount FROM omnistock_sale_tender GROUP BY sale_id) AS t ON t.sale_id = s.id
		WHERE ?0 IN (0, s.vendor_id) AND (coalesce(t.amount, 0) <> s.tendered OR s.change_due <> s.tendered - s.total)`},
	{"a line has no movement", `SELECT DISTINCT s.store_id, s.receipt_number AS receipt FROM omnistock_sale AS s
		JOIN omnistock_sale_line AS l ON l.sale_id = s.id LEFT JOIN omnistock_stock_movement AS m ON m.id = l.movement_id
			AND m.item_id = l.item_id AND m.store_id = s.store_id AND m.delta = -l.units AND m.document = 'sale' AND m.document_id = s.id
		WHERE ?0 IN (0, s.vendor_id) AND m.id IS NULL AND (l.movement_id <> 0 OR s.kind = 'sale' OR EXISTS (SELECT 1
			FROM omnistock_stock_movement AS o WHERE o.document = 'sale' AND o.document_id = s.id AND o.item_id = l.item_id))`},
	{"more pieces are named than units", `SELECT DISTINCT s.store_id, s.receipt_number AS receipt FROM omnistock_sale AS s
		JOIN omnistock_sale_line AS l ON l.sale_id = s.id JOIN (SELECT line_id, count(*) AS pieces FROM omnistock_sale_line_serial
			GROUP BY line_id) AS ls ON ls.line_id = l.id
		WHERE ?0 IN (0, s.vendor_id) AND ls.pieces > abs(l.units)`},
	{"more came back than was sold", `SELECT DISTINCT s.store_id, s.receipt_number AS receipt FROM omnistock_sale AS s
		JOIN omnistock_sale_line AS l ON l.sale_id = s.id JOIN (SELECT original_line_id, sum(units) AS units, sum(total) AS total
			FROM omnistock_sale_line WHERE original_line_id IS NOT NULL GROUP BY original_line_id) AS back ON back.original_line_id = l.id
		WHERE ?0 IN (0, s.vendor_id) AND (l.units + back.units < 0 OR l.total + back.total < 0
			OR l.units + back.units = 0 AND l.total + back.total <> 0)`},
}

// selectFlaws returns what a proof finds, in order.
func selectFlaws(ctx context.Context, idb bun.IDB, query string, vendorID int64) (flaws []Flaw, err error) {
	err = idb.NewRaw(query+" ORDER BY 1, 2 LIMIT ?1", vendorID, maxFlaws).Scan(ctx, &flaws)
	return flaws, err
}

// countSales counts the receipts of a vendor or, where that is 0, of all.
func countSales(ctx context.Context, idb bun.IDB, vendorID int64) (n int64, err error) {
	err = idb.NewRaw("SELECT count(*) FROM omnistock_sale WHERE ?0 IN (0, vendor_id)", vendorID).Scan(ctx, &n)
	return n, err
}
