package conversion_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/big"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/progress"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/sales"
)

// TestMain moves the machine out of UTC, which nothing may depend on.
func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", 3600)
	os.Exit(dbtest.Main(m))
}

// newFixtures returns what fills a database, and the models of the domains.
func newFixtures(t testing.TB, db *bun.DB) (*fixtures.Service, []any) {
	t.Helper()
	d := domainstest.NewDomains(t, db)
	return fixtures.NewService(db, d.Users, d.Inventory, d.Stock, d.Models(), time.Now), d.Models()
}

// each runs fn for both directions, with a source that is migrated and a target that is empty.
func each(t *testing.T, fn func(t *testing.T, source, target *bun.DB)) {
	t.Helper()
	for _, way := range [][2]string{{dbtest.SQLite, dbtest.Postgres}, {dbtest.Postgres, dbtest.SQLite}} {
		t.Run(way[0]+" to "+way[1], func(t *testing.T) {
			fn(t, dbtest.Open(t, dbtest.NewURL(t, way[0])), dbtest.Open(t, dbtest.EmptyURL(t, way[1])))
		})
	}
}

// toPostgres and toSQLite are one direction of each.
func toPostgres(t *testing.T) (source, target *bun.DB) {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite)), dbtest.Open(t, dbtest.EmptyURL(t, dbtest.Postgres))
}

func toSQLite(t *testing.T) (source, target *bun.DB) {
	t.Helper()
	return dbtest.Open(t, dbtest.NewURL(t, dbtest.Postgres)), dbtest.Open(t, dbtest.EmptyURL(t, dbtest.SQLite))
}

// convert calls during with each line of the progress.
func convert(ctx context.Context, t testing.TB, source, target *bun.DB, during func(line string)) (*conversion.Report, error) {
	t.Helper()
	_, models := newFixtures(t, source)
	return conversion.NewService(models).Convert(ctx,
		conversion.Database{DB: source, Name: "the shop"}, conversion.Database{DB: target, Name: "the copy"}, progress.Lines(lines(during)))
}

// lines is a writer that gets one line at a time.
type lines func(line string)

func (l lines) Write(line []byte) (int, error) { l(string(line)); return len(line), nil }

func nothing(string) {}

// at returns a function for convert that calls fn when a table is copied.
func at(table string, fn func()) func(string) {
	return func(line string) {
		if strings.HasPrefix(line, table+" ") {
			fn()
		}
	}
}

func mustConvert(t *testing.T, source, target *bun.DB) *conversion.Report {
	t.Helper()
	report, err := convert(t.Context(), t, source, target, nothing)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// lastTable is the one that is copied last.
const lastTable = "omnistock_serial_unit"

// interrupt stops a conversion once the table is copied.
func interrupt(t *testing.T, source, target *bun.DB, table string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := convert(ctx, t, source, target, at(table, cancel))
	if err == nil || !strings.Contains(err.Error(), "interrupted; what was copied stays") {
		t.Fatalf("error = %v, want an interruption", err)
	}
}

func mustExec(t *testing.T, db *bun.DB, queries ...string) {
	t.Helper()
	for _, query := range queries {
		if _, err := db.DB.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%v: %s", err, query)
		}
	}
}

// fill loads an object of each model, with all kinds of values, and Django's permissions.
func fill(t *testing.T, db *bun.DB) {
	t.Helper()
	service, _ := newFixtures(t, db)
	for _, name := range []string{"all_models.json", "catalog_models.json"} {
		source, err := fixtures.File("../../fixtures/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := service.Load(t.Context(), []fixtures.Source{source}, fixtures.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	mustExec(t, db,
		`INSERT INTO django_content_type (id, app_label, model) VALUES (3, 'users', 'user')`,
		`INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES (5, 'Can add ユーザー', 3, 'add_user')`,
		`INSERT INTO auth_group (id, name) VALUES (7, 'staff'), (2, '')`,
		`INSERT INTO auth_group_permissions (id, group_id, permission_id) VALUES (1, 7, 5)`,
		`INSERT INTO users_user_groups (id, user_id, group_id) VALUES (4, 11, 7)`,
		`INSERT INTO users_user_user_permissions (id, user_id, permission_id) VALUES (6, 12, 5)`,
		`INSERT INTO django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id)
			VALUES (2, '2026-11-22 20:11:30.5+00:00', NULL, 'x', 3, '', 3, 11)`,
		`DELETE FROM django_migrations WHERE app = 'admin'`, // it differs from what migrating enters
		`INSERT INTO omnistock_idempotencykey (id, user_id, name, fingerprint, executed, status, body, started_at, expires_at) VALUES
			(8, 11, 'key', 'f00', true, 201, '{"id":  1}', '2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00'),
			(9, 11, 'other', 'f00', false, NULL, NULL, '0001-01-01 00:00:00+00:00', '9999-12-31 23:59:59.999999+00:00')`,
		`INSERT INTO omnistock_importmapping (id, vendor_id, name, columns, created_at, updated_at) VALUES
			(3, 21, 'Käufe', '{"sku": "Artikel"}', '2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00')`,
		`INSERT INTO omnistock_stock_level (id, item_id, vendor_id, store_id, quantity) VALUES (2, 82, 21, 31, 2147483647)`,
		`INSERT INTO omnistock_transfer (id, vendor_id, from_store_id, to_store_id, state, note, user_id, client_key, created_at, closed_at) VALUES
			(5, 21, 31, 32, 'received', 'für die Messe', 11, 'key', '2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00')`,
		`INSERT INTO omnistock_transfer_line (id, transfer_id, item_id, sku, name, units, received, returned, movement_id) VALUES
			(6, 5, 82, 'A-2', '🃏', 3, 2, 1, 1)`,
		`INSERT INTO omnistock_reservation (id, vendor_id, store_id, item_id, units, state, reference, user_id, client_key, expires_at, created_at, closed_at) VALUES
			(7, 21, 32, 82, 1, 'held', '', NULL, NULL, '2026-11-23 20:11:30+00:00', '2026-11-22 20:11:30.000001+00:00', NULL)`,
		`INSERT INTO omnistock_stock_lot (id, vendor_id, item_id, store_id, movement_id, units, cost, received_at) VALUES
			(8, 21, 82, NULL, 1, 9007199254740993, 3, '2026-11-22 20:11:30.000001+00:00')`,
		`INSERT INTO omnistock_stock_cost (id, units, cost, back_units, back_cost) VALUES (9, -2, -5, 1, 2)`,
		`INSERT INTO omnistock_stock_costed (id, movement_id) VALUES (82, 9)`,
		`INSERT INTO omnistock_stock_costing (id, vendor_id, since, summed_until, rebuilds) VALUES (3, 21, '2026-11-22 20:11:30.000001+00:00', '0001-01-01 00:00:00+00:00', 2)`,
		`INSERT INTO omnistock_stock_day (id, vendor_id, store_id, day, units, cost) VALUES (4, 21, 31, '2026-11-22', -7, -70)`,
		`INSERT INTO omnistock_acquisition (id, vendor_id, store_id, cost, supplier, reference, user_id, client_key, created_at) VALUES
			(5, 21, 31, 100, 'Frau Höll', '', NULL, NULL, '2026-11-22 20:11:30.000001+00:00')`,
		`INSERT INTO omnistock_acquisition_line (id, acquisition_id, item_id, sku, name, units, weight, cost) VALUES (6, 5, 82, 'A-2', '🃏', 3, 2, 100)`,
		`INSERT INTO omnistock_repack (id, vendor_id, store_id, kind, cost, note, user_id, client_key, created_at, undone_at) VALUES
			(7, 21, 31, 'break', 100, '箱', 11, 'key', '2026-11-22 20:11:30.000001+00:00', NULL)`,
		`INSERT INTO omnistock_repack_line (id, repack_id, is_made, item_id, sku, name, units, weight, cost) VALUES (8, 7, true, 82, 'A-2', '🃏', 36, 2, 100)`,
		`INSERT INTO omnistock_price_observation (id, vendor_id, item_id, source, amount, currency, observed_at, user_id, created_at)
			SELECT 4, 21, min(id), 'ebay-sold', 0, 'EUR', '0001-01-01 00:00:00+00:00', NULL, '2026-11-22 20:11:30.000001+00:00' FROM collectibles_collectible`,
		`INSERT INTO omnistock_serial_unit (id, vendor_id, item_id, store_id, grader, certificate, grade, qualifiers, sub_grades, state, position,
				unit_cost, came_by_id, went_by_id, created_at, updated_at) VALUES
			(11, 21, 82, 31, 'psa', '12345678', NULL, 'OC', '{"centering": "9.5"}', 'sold', 'Ordner 3', 150, 1, NULL,
				'2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00')`,
		`INSERT INTO omnistock_stocktake (id, vendor_id, store_id, state, category, note, user_id, client_key, created_at, closed_at) VALUES
			(8, 21, 31, 'posted', 'カード', 'Inventur', 11, 'key', '2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00')`,
		`INSERT INTO omnistock_stocktake_line (id, stocktake_id, item_id, sku, name, unit_cost, counted, least, most, counted_at, expected, movement_id) VALUES
			(9, 8, 82, 'A-2', '🃏', 150, 2147483647, 0, 1, '2026-11-22 20:11:30.000001+00:00', 1, 1)`,
		`INSERT INTO omnistock_stocktake_scan (id, stocktake_id, item_id, units, client_key, user_id, scanned_at, created_at) VALUES
			(10, 8, 82, -1, 'Schlüssel', NULL, '2026-11-22 20:11:30.000001+00:00', '2026-11-23 20:11:30+00:00')`,
		`UPDATE collectibles_vendormember SET metadata = '{"z": 1e2, "a": [12.50, -0.0, 0.1, 123456789012345678901234567890], "a b": "\u00e9\\u0000", "": null}'`,
	)
	created := time.Date(2026, 11, 22, 20, 11, 30, 1000, time.UTC)
	for _, row := range []any{
		&sales.Sale{
			ID: 8, VendorID: 21, StoreID: 31, ReceiptNumber: 1, Kind: sales.Ordinary, Currency: "EUR", Subtotal: 99_999_999_99, Discount: 99, Tax: 50,
			Total: 99_999_999_50, Tendered: 99_999_999_99, ChangeDue: 49, TaxRate: 860, Note: "für die Messe", UserID: new(int64(11)),
			ClientKey: new("key"), Fingerprint: "ab12", CreatedAt: created,
		},
		&sales.Sale{ID: 9, VendorID: 21, StoreID: 31, ReceiptNumber: 2, Kind: sales.Void, OriginalID: new(int64(8)), CreatedAt: created},
		&sales.Line{
			ID: 10, SaleID: 8, Position: 1, ItemID: 82, SKU: "A-2", Name: "🃏", Units: 1, UnitPrice: 99_999_999_99, Discount: 99, Tax: 50,
			Total: 99_999_999_50, MovementID: 1,
		},
		&sales.Line{ID: 11, SaleID: 9, Position: 1, ItemID: 82, Units: -2, MovementID: 2, OriginalLineID: new(int64(10))},
		&sales.LineSerial{ID: 15, LineID: 10, UnitID: 11, Grader: "psa", Certificate: "12345678", Grade: new(core.Grade(95)), Qualifiers: "OC"},
		&sales.LineSerial{ID: 16, LineID: 11, UnitID: 11, Grader: "スラブ", Certificate: ""},
		&sales.Tender{ID: 12, SaleID: 8, Method: sales.Cash, Amount: 99_999_999_99},
		&sales.Tender{ID: 13, SaleID: 9, Method: sales.Card, Amount: -1},
		&sales.ReceiptCounter{ID: 14, StoreID: 31, Last: 2},
	} {
		if _, err := db.NewInsert().Model(row).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// dump gives all rows as JSON, decoded: by table, in the order of their keys.
func dump(t *testing.T, db *bun.DB) map[string]any {
	t.Helper()
	_, models := newFixtures(t, db)
	all := map[string]any{}
	for _, pointer := range models {
		table := db.Table(reflect.TypeOf(pointer).Elem())
		rows := reflect.New(reflect.SliceOf(table.Type))
		if err := db.NewSelect().Model(rows.Interface()).OrderExpr("id").Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		all[table.Name] = decoded(t, rows.Interface())
	}
	return all
}

func decoded(t *testing.T, rows any) (value any) {
	t.Helper()
	raw, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// sameNumbers compares numbers in documents by their value, which jsonb writes in its own way.
var sameNumbers = cmp.Comparer(func(a, b json.Number) bool {
	x, isNumber := new(big.Rat).SetString(a.String())
	y, isToo := new(big.Rat).SetString(b.String())
	return isNumber && isToo && x.Cmp(y) == 0
})

// checkSame fails the test unless both databases hold the same.
func checkSame(t *testing.T, source, target *bun.DB) {
	t.Helper()
	if diff := cmp.Diff(dump(t, source), dump(t, target), sameNumbers); diff != "" {
		t.Errorf("rows (-source +target):\n%s", diff)
	}
	if slices.Contains(tables(t, target), "omnistock_conversion") {
		t.Error("the marker is still there")
	}
}

func tables(t *testing.T, db *bun.DB) (names []string) {
	t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if db.Dialect().Name() == dialect.PG {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
	}
	if err := db.NewRaw(query).Scan(t.Context(), &names); err != nil {
		t.Fatal(err)
	}
	return names
}
