package inventory_test

import (
	"fmt"
	"slices"
	"testing"
)

// Which rows are the victim's, or tie something to it. ?0 is the vendor.
const (
	itsStores  = "(SELECT id FROM collectibles_store WHERE vendor_id = ?0)"
	itsMembers = "(SELECT id FROM collectibles_vendormember WHERE vendor_id = ?0)"
	itsItems   = "(SELECT id FROM collectibles_collectible WHERE vendor_id = ?0 OR store_id IN " + itsStores + ")"
	itsFormer  = "(SELECT id FROM users_user WHERE email LIKE 'once-%')" // whose profiles name it anyway
	itsPeople  = "(SELECT id FROM users_user WHERE username LIKE '" + marker + "%')"
)

var itsRows = map[string]string{
	"vendor":      "SELECT * FROM collectibles_vendor WHERE id = ?0",
	"stores":      "SELECT * FROM collectibles_store WHERE vendor_id = ?0",
	"members":     "SELECT * FROM collectibles_vendormember WHERE vendor_id = ?0 OR active_store_id IN " + itsStores,
	"access":      "SELECT * FROM collectibles_storeaccess WHERE store_id IN " + itsStores + " OR member_id IN " + itsMembers,
	"items":       "SELECT * FROM collectibles_collectible WHERE id IN " + itsItems,
	"cards":       "SELECT * FROM collectibles_carddetails WHERE collectible_id IN " + itsItems,
	"images":      "SELECT * FROM collectibles_inventorymedia WHERE item_id IN " + itsItems,
	"ledger":      "SELECT * FROM collectibles_stockledger WHERE collectible_id IN " + itsItems + " OR from_store_id IN " + itsStores + " OR to_store_id IN " + itsStores,
	"movements":   "SELECT * FROM omnistock_stock_movement WHERE vendor_id = ?0",
	"levels":      "SELECT * FROM omnistock_stock_level WHERE vendor_id = ?0 OR store_id IN " + itsStores,
	"transfers":   "SELECT * FROM omnistock_transfer WHERE vendor_id = ?0 OR from_store_id IN " + itsStores + " OR to_store_id IN " + itsStores,
	"lines":       "SELECT * FROM omnistock_transfer_line WHERE item_id IN " + itsItems,
	"held":        "SELECT * FROM omnistock_reservation WHERE vendor_id = ?0 OR item_id IN " + itsItems,
	"people":      "SELECT * FROM users_user WHERE id IN " + itsPeople,
	"profiles":    "SELECT * FROM collectibles_userprofile WHERE user_id IN " + itsPeople,
	"links":       "SELECT user_id AS id FROM collectibles_userprofile WHERE vendor_id = ?0 AND user_id NOT IN " + itsFormer,
	"user media":  "SELECT * FROM users_usermedia WHERE user_id IN " + itsPeople,
	"eras":        "SELECT * FROM omnistock_era WHERE vendor_id = ?0",
	"sets":        "SELECT * FROM omnistock_set WHERE vendor_id = ?0",
	"products":    "SELECT * FROM omnistock_product WHERE vendor_id = ?0",
	"accessories": "SELECT * FROM omnistock_accessory WHERE vendor_id = ?0",
	"graders":     "SELECT * FROM omnistock_grader WHERE vendor_id = ?0",
	"axes":        "SELECT * FROM omnistock_axis WHERE vendor_id = ?0",
	"values":      "SELECT * FROM omnistock_axis_value WHERE vendor_id = ?0",
	"attributes":  "SELECT * FROM omnistock_item_attribute WHERE item_id IN " + itsItems + " OR value_id IN (SELECT id FROM omnistock_axis_value WHERE vendor_id = ?0)",
	"references":  "SELECT * FROM omnistock_item_reference WHERE item_id IN " + itsItems + " OR set_id IN (SELECT id FROM omnistock_set WHERE vendor_id = ?0)",
	"prices":      "SELECT * FROM omnistock_price_observation WHERE vendor_id = ?0 OR item_id IN " + itsItems,
	"stocktakes":  "SELECT * FROM omnistock_stocktake WHERE vendor_id = ?0",
	"counts":      "SELECT l.* FROM omnistock_stocktake_line AS l JOIN omnistock_stocktake AS t ON t.id = l.stocktake_id WHERE t.vendor_id = ?0",
	"scans":       "SELECT l.* FROM omnistock_stocktake_scan AS l JOIN omnistock_stocktake AS t ON t.id = l.stocktake_id WHERE t.vendor_id = ?0",
	"sales":       "SELECT * FROM omnistock_sale WHERE vendor_id = ?0 OR store_id IN " + itsStores,
	"sold":        "SELECT l.* FROM omnistock_sale_line AS l JOIN omnistock_sale AS s ON s.id = l.sale_id WHERE s.vendor_id = ?0 OR l.item_id IN " + itsItems,
	"sold pieces": "SELECT ls.* FROM omnistock_sale_line_serial AS ls JOIN omnistock_sale_line AS l ON l.id = ls.line_id JOIN omnistock_sale AS s ON s.id = l.sale_id WHERE s.vendor_id = ?0",
	"tenders":     "SELECT t.* FROM omnistock_sale_tender AS t JOIN omnistock_sale AS s ON s.id = t.sale_id WHERE s.vendor_id = ?0",
	"receipts":    "SELECT * FROM omnistock_receipt_counter WHERE store_id IN " + itsStores,
	"acquired":    "SELECT * FROM omnistock_acquisition WHERE vendor_id = ?0",
	"repacks":     "SELECT * FROM omnistock_repack WHERE vendor_id = ?0",
	"repacked":    "SELECT l.* FROM omnistock_repack_line AS l JOIN omnistock_repack AS r ON r.id = l.repack_id WHERE r.vendor_id = ?0",
	"pieces":      "SELECT * FROM omnistock_serial_unit WHERE vendor_id = ?0",
}

// rows are all rows of the victim, as text.
func (w *world) rows(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for name, query := range itsRows {
		var found []map[string]any
		if err := w.app.DB.NewRaw(query, w.victim).Scan(t.Context(), &found); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, row := range found {
			all[name] = append(all[name], fmt.Sprint(row))
		}
		slices.Sort(all[name])
	}
	return all
}
