package backup_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/idempotency"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(restoreVariable); path != "" {
		os.Exit(restoreMain(path))
	}
	os.Exit(dbtest.Main(m))
}

// sameDocuments compares what documents say: PostgreSQL rewrites their text.
var sameDocuments = cmp.Comparer(func(a, b core.JSON) bool {
	return reflect.DeepEqual(parsed(a), parsed(b))
})

var sameDates = cmp.Comparer(func(a, b core.Date) bool { return a.String() == b.String() })

func parsed(document core.JSON) (value any) {
	if len(document) == 0 {
		return map[string]any{}
	}
	if err := json.Unmarshal(document, &value); err != nil {
		return err.Error()
	}
	return value
}

// oddTexts are values that get lost where somebody is careless.
var oddTexts = []string{
	"", " ", "null", `"`, `\`, `\n`, "a\nb\r\nc\td", "'; DROP TABLE users_user; --", "<b>&amp;</b>", "ünïcödé", "日本語", "🃏\u200d♂️", "\ufffd",
	"\ufeff", "\u2028\u2029", "?", "?0", "$1", "%s", "\x01\x1f\x7f", "0012", "1e5", "-0.00", "{}", "[]", "=1+1", "e\u0301",
}

var oddDocuments = []string{
	`{}`, `[]`, `""`, `{"b": 1, "a": [1.50, 1e2, -0, 0.001, 123456789012345678901234567890, true, null, "ü\n\"<"]}`, `{"a":1,"a":2}`, `"x"`, `0`,
	`  { "deep" : { "deeper" : [ { } ] } }  `,
}

func at[T any](values []T, i int) T { return values[i%len(values)] }

// oddOrNull is nil now and then.
func oddOrNull(i int) *string {
	if i%4 == 0 {
		return nil
	}
	return new(at(oddTexts, i))
}

// fillOddly gives the database rows in every table, with every kind of value.
func fillOddly(t *testing.T, s *system) {
	t.Helper()
	early, late := time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC)
	now := time.Date(2026, 11, 22, 10, 0, 0, 120_000_000, time.UTC)
	date, _ := core.ParseDate("1990-02-28")
	first, _ := core.ParseDate("0001-01-01")
	add := func(rows any) {
		t.Helper()
		if _, err := s.db.NewInsert().Model(rows).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i := 1; i <= len(oddTexts); i++ {
		text := at(oddTexts, i)
		add(&users.User{
			ID: int64(i), Username: fmt.Sprint(i, text), Email: fmt.Sprint(i, text), Password: text, DateJoined: at([]time.Time{early, late, now}, i),
			LastLogin: at([]*time.Time{nil, &late, &now}, i), Birthdate: at([]*core.Date{nil, &date, &first}, i), IsActive: i%2 == 0,
			CompanyCode: oddOrNull(i), Role: users.Role(at([]string{"solo", "someday"}, i)),
		})
	}
	add(&users.Profile{ID: 1 << 40, UserID: 2, Bio: new("bio"), CreatedAt: now, UpdatedAt: now})
	add(&users.Media{UserID: 2, Width: new(int32(1)), Metadata: core.JSON(`{"a":1}`), CreatedAt: now, UpdatedAt: now})
	add(&users.OutstandingToken{JTI: "jti", Token: "token", ExpiresAt: late})
	add(&users.BlacklistedToken{TokenID: 1, BlacklistedAt: now})
	add(&vendors.Vendor{ID: 1, Name: "v", Slug: "v", CreatedAt: now, UpdatedAt: now})
	add(&vendors.Store{ID: 1, VendorID: 1, Name: "s", Slug: "s", DefaultTaxRate: new(core.Percent(860)), CreatedAt: now, UpdatedAt: now})
	add(&vendors.Member{ID: 1, VendorID: 1, UserID: 2, InvitedByID: new(int64(3)), JoinedAt: now, InvitedAt: now, Role: "owner"})
	add(&vendors.StoreAccess{StoreID: 1, MemberID: 1, Permissions: core.JSON(`["sell"]`), CreatedAt: now, UpdatedAt: now})
	for i := range 60 {
		id := int64(i + 1)
		add(&inventory.Collectible{
			ID: id, Name: at(oddTexts, i), SKU: fmt.Sprint("SKU-", i), Description: oddOrNull(i), Quantity: int32(i) * 1000,
			Price: core.Money(i) * 99_999_99, IntakePrice: -core.Money(i), ProjectedPrice: 99_999_999_99, StoreID: 1, VendorID: new(int64(1)),
			CreatedAt: now, UpdatedAt: late,
		})
		add(&inventory.CardDetails{
			CollectibleID: id, PSAGrade: at([]*core.Grade{nil, new(core.Grade(95)), new(core.Grade(100))}, i), Notes: oddOrNull(i),
			ReleaseDate: at([]*core.Date{nil, &date}, i), CreatedAt: now, UpdatedAt: now,
		})
		add(&inventory.Image{ItemID: id, URL: "u", MediaType: "gallery", Metadata: core.JSON(at(oddDocuments, i)), CreatedAt: now, UpdatedAt: now})
		add(&stock.LedgerEntry{CollectibleID: id, Delta: int32(i) - 30, Metadata: core.JSON(at(oddDocuments, i)), CreatedAt: now})
	}
	add(&stock.Movement{
		VendorID: new(int64(1)), ItemID: 4711, StoreID: 1, SKU: "gone", Name: "gone", Kind: stock.Sale, Delta: -3_000_000_000, UnitPrice: new(core.Money(-5)),
		Reason: at(oddTexts, 1), UserID: new(int64(2)), ClientKey: new("k"), UndoesID: new(int64(1)), CreatedAt: late,
	})
	add(&stock.Level{ItemID: 1, VendorID: 1, StoreID: 2, Quantity: 7})
	add(&stock.TransferOrder{VendorID: 1, FromStoreID: 1, ToStoreID: 2, State: stock.InTransit, Note: at(oddTexts, 1), ClientKey: new("k"), CreatedAt: now, ClosedAt: &late})
	add(&stock.TransferLine{TransferID: 1, ItemID: 1, SKU: "s", Name: at(oddTexts, 2), Units: 3, Received: 1, Returned: 2, MovementID: 1})
	add(&stock.Reservation{VendorID: 1, StoreID: 1, ItemID: 1, Units: 1, State: stock.Held, UserID: new(int64(2)), ExpiresAt: late, CreatedAt: now})
	add(&costing.Lot{ItemID: 1, StoreID: new(int64(1)), MovementID: 1, Units: 3, Cost: 1e17, ReceivedAt: early})
	add(&costing.Cost{ID: 1, Units: -3, Cost: -1, BackUnits: 2, BackCost: 1})
	add(&costing.Day{VendorID: 1, StoreID: 1, Day: date, Units: -3, Cost: -5})
	add(&costing.Acquisition{VendorID: 1, StoreID: 1, Cost: 5, Supplier: at(oddTexts, 1), ClientKey: new("k"), CreatedAt: now})
	share := costing.Share{ItemID: 1, SKU: "s", Name: at(oddTexts, 2), Units: 1, Weight: 1, Cost: 5}
	add(&costing.AcquisitionLine{AcquisitionID: 1, Share: share})
	add(&costing.Repack{VendorID: 1, StoreID: 1, Kind: costing.Break, Cost: 5, Note: at(oddTexts, 1), UserID: new(int64(2)), ClientKey: new("k"), CreatedAt: now, UndoneAt: &late})
	add(&costing.RepackLine{RepackID: 1, IsMade: true, Share: share})
	s.mustExec(t, "INSERT INTO omnistock_stock_costed (id, movement_id) VALUES (1, 1)")
	s.mustExec(t, "INSERT INTO omnistock_stock_costing (vendor_id, since, summed_until, rebuilds) VALUES (1, '2026-11-22 10:00:00+00:00', '0001-01-01 00:00:00+00:00', 2)")
	row := func(i int) catalog.Row {
		return catalog.Row{ID: int64(i + 1), VendorID: at([]*int64{nil, new(int64(1))}, i), Slug: fmt.Sprint("s-", i), Name: at(oddTexts, i), CreatedAt: now, UpdatedAt: late}
	}
	for i := range len(oddTexts) {
		add(&catalog.Era{Row: row(i), Game: "g", StartsIn: at([]*int32{nil, new(int32(1999))}, i)})
		add(&catalog.Set{Row: row(i), Game: "g", EraID: at([]*int64{nil, new(int64(1))}, i), Code: at([]*string{nil, new("日本")}, i), ReleasedOn: at([]*core.Date{&date, nil, &first}, i)})
		add(&catalog.Product{Row: row(i), Game: "g", Kind: "k", SetID: new(int64(1)), Packs: at([]*int32{nil, new(int32(36))}, i)})
		add(&catalog.Accessory{Row: row(i), Kind: at(oddTexts, i)})
		add(&catalog.Grader{Row: row(i), Lowest: 5, Highest: 100, HalfGrades: i%2 == 0, Qualifiers: at(oddTexts, i)})
		add(&catalog.Axis{Row: row(i), Position: int32(i) - 5})
		add(&catalog.Value{Row: row(i), AxisID: int64(i + 1), Position: int32(i)})
		add(&inventory.Attribute{ItemID: int64(i + 1), AxisID: int64(i + 1), ValueID: int64(i + 1)})
		add(&inventory.Reference{ItemID: int64(i + 1), ProductID: at([]*int64{nil, new(int64(2))}, i), SetID: new(int64(1))})
	}
	add(&sales.Sale{
		VendorID: 1, StoreID: 1, ReceiptNumber: 9, Kind: sales.Return, OriginalID: new(int64(4)), Currency: "EUR", Subtotal: -99_999_999_99, Discount: -1,
		Tax: -1, Total: -99_999_999_99, Tendered: -99_999_999_99, TaxRate: 860, Note: at(oddTexts, 1), UserID: new(int64(2)), ClientKey: new("k"),
		Fingerprint: "f", CreatedAt: late,
	})
	add(&sales.Line{
		SaleID: 1, Position: 1, ItemID: 4711, SKU: "s", Name: at(oddTexts, 2), Units: -2, UnitPrice: 49_999_999_99, Discount: -1, Tax: -1,
		Total: -99_999_999_98, MovementID: 1, OriginalLineID: new(int64(7)),
	})
	add(&sales.LineSerial{LineID: 1, UnitID: 1, Grader: "psa", Certificate: at(oddTexts, 1), Grade: new(core.Grade(95)), Qualifiers: at(oddTexts, 2)})
	add(&sales.Tender{SaleID: 1, Method: sales.Check, Amount: -5})
	add(&sales.ReceiptCounter{StoreID: 1, Last: 9})
	add(&serial.Unit{
		VendorID: 1, ItemID: 1, StoreID: 1, Grader: "psa", Certificate: at(oddTexts, 1), Grade: new(core.Grade(95)), SubGrades: core.JSON(at(oddDocuments, 3)),
		State: serial.Sold, Position: at(oddTexts, 2), UnitCost: new(core.Money(5)), WentByID: new(int64(1)), CreatedAt: now, UpdatedAt: late,
	})
	add(&stocktake.Stocktake{VendorID: 1, StoreID: 1, State: stocktake.Open, Category: new(at(oddTexts, 1)), Note: at(oddTexts, 2), UserID: new(int64(2)), CreatedAt: now, ClosedAt: &late})
	add(&stocktake.Line{StocktakeID: 1, ItemID: 1, SKU: "s", Name: at(oddTexts, 2), UnitCost: 99_999_999_99, Counted: 3, Most: 7, CountedAt: late, Expected: new(int32(2)), MovementID: new(int64(1))})
	add(&stocktake.Scan{StocktakeID: 1, ItemID: 1, Units: -3, ClientKey: at(oddTexts, 1), ScannedAt: early, CreatedAt: now})
	add(&idempotency.Key{UserID: 1, Name: "n", Fingerprint: "f", Body: new("{}"), StartedAt: now, ExpiresAt: now})
	add(&inventory.ImportMapping{VendorID: 1, Name: "n", Columns: core.JSON(`{"sku":"Artikel"}`), CreatedAt: now, UpdatedAt: now})
	add(&pricing.Observation{
		VendorID: 1, ItemID: 7, Source: "ebay-sold", Amount: 99_999_999_99, Currency: "EUR", ObservedAt: early, UserID: new(int64(2)), CreatedAt: late,
	})
	s.mustExec(t, "DELETE FROM auth_permission")
	s.mustExec(t, "DELETE FROM django_content_type")
	s.mustExec(t, "INSERT INTO django_content_type (id, app_label, model) VALUES (5, 'users', 'user')")
	s.mustExec(t, "INSERT INTO auth_permission (id, name, content_type_id, codename) VALUES (6, 'p', 5, 'c')")
	s.mustExec(t, "INSERT INTO auth_group (id, name) VALUES (7, 'g')")
	s.mustExec(t, "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (7, 6)")
	s.mustExec(t, "INSERT INTO users_user_groups (user_id, group_id) VALUES (2, 7)")
	s.mustExec(t, "INSERT INTO users_user_user_permissions (user_id, permission_id) VALUES (2, 6)")
	s.mustExec(t, "INSERT INTO django_admin_log (action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) "+
		"VALUES ('2026-11-22 10:00:00.123456+00:00', NULL, 'r', 3, '', 5, 2)")
	s.mustExec(t, "INSERT INTO django_migrations (app, name, applied) VALUES ('users', '0004', '2026-11-22 10:00:00+00:00')")
}

// TestRestore_everyValueFromAndToEachEngine takes an archive of each engine to both.
func TestRestore_everyValueFromAndToEachEngine(t *testing.T) {
	for _, from := range engines {
		t.Run(from, func(t *testing.T) {
			source := on(t, from)
			fillOddly(t, source)
			created := source.mustCreate(t)
			for _, table := range created.Manifest.Tables {
				if table.Rows == 0 {
					t.Errorf("the test has no row in %s", table.Name)
				}
			}
			for _, to := range engines {
				t.Run(to, func(t *testing.T) {
					target := on(t, to)
					target.mustRestore(t, created.Path)
					wantSame(t, source, target)
					again := target.mustCreate(t)
					if diff := cmp.Diff(created.Manifest.Tables, again.Manifest.Tables, sameLastIDs); diff != "" {
						t.Errorf("tables (-first archive +archive of the restored):\n%s", diff)
					}
				})
			}
		})
	}
}

// sameLastIDs leaves out what only counts where the database gave the id.
var sameLastIDs = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".LastID" }, cmp.Ignore())

// TestModels_coverTheSchema makes sure that no table and no column is forgotten.
func TestModels_coverTheSchema(t *testing.T) {
	for _, engine := range engines {
		s := on(t, engine)
		created := s.mustCreate(t)
		if len(created.Manifest.NotIncluded) > 0 {
			t.Errorf("%s: not included: %v; add models", engine, created.Manifest.NotIncluded)
		}
		columns, err := db.Columns(t.Context(), s.db)
		if err != nil {
			t.Fatal(err)
		}
		delete(columns, migrations.HistoryTable)
		for _, table := range created.Manifest.Tables {
			slices.Sort(table.Columns)
			slices.Sort(columns[table.Name])
			if diff := cmp.Diff(columns[table.Name], table.Columns); diff != "" {
				t.Errorf("%s: columns (-schema +archive):\n%s", table.Name, diff)
			}
			delete(columns, table.Name)
		}
		if len(columns) > 0 {
			t.Errorf("%s: not in the archive: %v", engine, columns)
		}
	}
}

// TestCreate_tablesOfOthersAreNamed looks at a database in which Django has more.
func TestCreate_tablesOfOthersAreNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		s := newSystem(t, bunDB)
		s.mustExec(t, "CREATE TABLE auth_user (id integer)")
		s.mustExec(t, "ALTER TABLE users_user ADD COLUMN shoe_size integer")
		want := []string{"users_user.shoe_size", "auth_user"}
		if diff := cmp.Diff(want, s.mustCreate(t).Manifest.NotIncluded); diff != "" {
			t.Errorf("not included (-want +got):\n%s", diff)
		}
	})
}

// TestRestore_idsGoOn makes sure that neither a row's id nor a deleted row's is given again.
func TestRestore_idsGoOn(t *testing.T) {
	for _, engine := range engines {
		s := on(t, engine)
		for _, name := range []string{"a", "b", "c"} {
			s.mustExec(t, "INSERT INTO auth_group (name) VALUES (?)", name)
		}
		s.mustExec(t, "DELETE FROM auth_group WHERE name IN ('b', 'c')")
		s.mustExec(t, "INSERT INTO collectibles_vendor (id, name, slug, is_active, created_at, updated_at) "+
			"VALUES (41, 'v', 'v', true, '2026-11-22 10:00:00+00:00', '2026-11-22 10:00:00+00:00')")
		path := s.mustCreate(t).Path
		for _, to := range engines {
			target := on(t, to)
			target.mustRestore(t, path)
			target.mustExec(t, "INSERT INTO auth_group (name) VALUES ('d')")
			target.mustExec(t, "INSERT INTO collectibles_vendor (name, slug, is_active, created_at, updated_at) "+
				"VALUES ('w', 'w', true, '2026-11-22 10:00:00+00:00', '2026-11-22 10:00:00+00:00')")
			var group, vendor int64
			if err := target.db.NewRaw("SELECT (SELECT id FROM auth_group WHERE name = 'd'), (SELECT id FROM collectibles_vendor WHERE slug = 'w')").
				Scan(t.Context(), &group, &vendor); err != nil {
				t.Fatal(err)
			}
			if group != 4 || vendor != 42 {
				t.Errorf("%s to %s: ids %d and %d, want 4 and 42", engine, to, group, vendor)
			}
		}
	}
}

// addDemo makes a shop of so many collectibles.
func addDemo(t testing.TB, s *system, count int) {
	t.Helper()
	if _, err := s.fixtures.LoadDemo(t.Context(), fixtures.DemoOptions{Count: count, Seed: 1}); err != nil {
		t.Fatal(err)
	}
}

const imageKey = "items/2026/11/12-0123456789abcdef0123456789abcdef.png"

func addImage(t testing.TB, s *system, key, content string) {
	t.Helper()
	path := filepath.Join(s.media, key)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func readImage(t testing.TB, s *system, key string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.media, key))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestRestore_images stores what is missing, and overwrites only when told to.
func TestRestore_images(t *testing.T) {
	source := on(t, dbtest.SQLite)
	addImage(t, source, imageKey, "pixels")
	addImage(t, source, imageKey+".part", "half")
	addImage(t, source, "notes.txt", "not ours")
	created := source.mustCreate(t)
	if diff := cmp.Diff([]backup.Media{{Place: "media", Included: true, Objects: 1, Bytes: 6}}, created.Manifest.Media); diff != "" {
		t.Errorf("media (-want +got):\n%s", diff)
	}
	target := on(t, dbtest.SQLite)
	target.mustRestore(t, created.Path)
	if diff := cmp.Diff([]string{imageKey}, files(t, target.media)); diff != "" || readImage(t, target, imageKey) != "pixels" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
	addImage(t, target, imageKey, "others")
	archive := mustOpen(t, created.Path)
	if _, err := target.Restore(t.Context(), archive, backup.RestoreOptions{}); core.KindOf(err) != core.Conflict {
		t.Errorf("another image in the way: %v, want a conflict", err)
	}
	restored, err := target.Restore(t.Context(), archive, backup.RestoreOptions{Replace: true})
	if err != nil || restored.Media.Overwritten != 1 || readImage(t, target, imageKey) != "pixels" {
		t.Errorf("restored = %+v, %v, want it overwritten", restored, err)
	}
}

// TestRestore_intoAnEmptyDatabaseAlone refuses to mix, and replaces all when told to.
func TestRestore_intoAnEmptyDatabaseAlone(t *testing.T) {
	archive := func() string {
		source := on(t, dbtest.SQLite)
		addDemo(t, source, 20)
		return source.mustCreate(t).Path
	}()
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		s := newSystem(t, bunDB)
		addDemo(t, s, 30)
		before := s.dump(t)
		_, err := s.Restore(t.Context(), mustOpen(t, archive), backup.RestoreOptions{})
		if core.KindOf(err) != core.Conflict {
			t.Errorf("a database in use: %v, want a conflict", err)
		}
		if diff := cmp.Diff(before, s.dump(t), sameDocuments, sameDates); diff != "" {
			t.Errorf("rows changed (-before +after):\n%s", diff)
		}
		if _, err := s.Restore(t.Context(), mustOpen(t, archive), backup.RestoreOptions{Replace: true}); err != nil {
			t.Fatal(err)
		}
		restored, err := s.Restore(t.Context(), mustOpen(t, archive), backup.RestoreOptions{})
		if err != nil || !restored.Same {
			t.Errorf("once more: %+v, %v, want nothing to do", restored, err)
		}
		if n, err := s.db.NewSelect().Model((*inventory.Collectible)(nil)).Count(t.Context()); n != 20 || err != nil {
			t.Errorf("%d collectibles, %v, want 20", n, err)
		}
	})
}

// TestRestore_emptyDatabaseWithoutSchema makes the schema, too.
func TestRestore_emptyDatabaseWithoutSchema(t *testing.T) {
	source := on(t, dbtest.SQLite)
	addDemo(t, source, 5)
	path := source.mustCreate(t).Path
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		target := newSystem(t, bunDB)
		target.mustRestore(t, path)
		wantSame(t, source, target)
	})
}

// atStep returns an installation whose schema has the first steps alone.
func atStep(t *testing.T, engine string, steps int) *system {
	t.Helper()
	s := newSystem(t, dbtest.Open(t, dbtest.EmptyURL(t, engine)))
	if _, err := migrations.Up(t.Context(), s.db, migrations.Options{To: migrations.Names()[steps-1]}); err != nil {
		t.Fatal(err)
	}
	return s
}

// addOld adds items to a schema that knows nothing but Django's tables.
func addOld(t *testing.T, s *system, n int) {
	t.Helper()
	insert := func(model any) {
		if _, err := s.db.NewInsert().Model(model).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	insert(&vendors.Vendor{Name: "v", Slug: "v", CreatedAt: backupTime, UpdatedAt: backupTime})
	insert(&vendors.Store{VendorID: 1, Name: "s", Slug: "s", CreatedAt: backupTime, UpdatedAt: backupTime})
	for i := range n {
		insert(&inventory.Collectible{
			Name: "i", SKU: fmt.Sprint("SKU-", i), Quantity: int32(i), StoreID: 1, VendorID: new(int64(1)), CreatedAt: backupTime, UpdatedAt: backupTime,
		})
	}
}

// sameMigrationTimes leaves out when Django's history and opening balances were written, which steps of the schema do.
var sameMigrationTimes = cmp.FilterPath(func(p cmp.Path) bool {
	return slices.Contains([]string{".Applied", ".CreatedAt"}, p.Last().String())
}, cmp.Ignore())

// TestRestore_olderSchema takes an archive from before the last steps. An empty database gets the old schema, the rows
// and then the steps; one that has the steps already gets the rows, and the report names the steps.
func TestRestore_olderSchema(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			source := atStep(t, engine, 1)
			addOld(t, source, 10)
			path := source.mustCreate(t).Path
			names := migrations.Names()

			behind := newSystem(t, dbtest.Open(t, dbtest.EmptyURL(t, engine)))
			restored := behind.mustRestore(t, path)
			if diff := cmp.Diff(names[1:], restored.Migrated); diff != "" || len(restored.Newer) > 0 {
				t.Errorf("migrated afterwards (-want +got):\n%s", diff)
			}
			ahead := on(t, engine)
			restored = ahead.mustRestore(t, path)
			if diff := cmp.Diff(names[1:], restored.Newer); diff != "" || len(restored.Migrated) > 0 {
				t.Errorf("newer steps (-want +got):\n%s", diff)
			}
			wantSame(t, behind, ahead, sameMigrationTimes)
			if n, err := ahead.db.NewSelect().Model((*inventory.Collectible)(nil)).Count(t.Context()); n != 10 || err != nil {
				t.Errorf("%d collectibles, %v, want 10", n, err)
			}
		})
	}
}

// TestCreate_bucket takes the images of a bucket along only when told to, and puts them back into a bucket alone.
func TestCreate_bucket(t *testing.T) {
	bucketIn := func(dir string) func(*backup.Options) {
		return func(o *backup.Options) { o.Bucket = storage.NewFolder(dir, "") }
	}
	from, to := t.TempDir(), t.TempDir()
	s := on(t, dbtest.SQLite, bucketIn(from))
	if err := storage.NewFolder(from, "").Put(t.Context(), imageKey, "", []byte("pixels")); err != nil {
		t.Fatal(err)
	}
	media := s.mustCreate(t).Manifest.Media
	if diff := cmp.Diff([]backup.Media{{Place: "media", Included: true}, {Place: "bucket"}}, media); diff != "" {
		t.Errorf("media (-want +got):\n%s", diff)
	}
	created, err := s.Create(t.Context(), backup.CreateOptions{Path: t.TempDir(), Bucket: true})
	if err != nil || created.Manifest.Media[1].Objects != 1 {
		t.Fatalf("created = %+v, %v, want one object of the bucket", created, err)
	}
	if restored := on(t, dbtest.SQLite).mustRestore(t, created.Path); restored.Media.NoPlace != 1 {
		t.Errorf("restored = %+v, want that there is no bucket", restored)
	}
	if restored := on(t, dbtest.SQLite, bucketIn(to)).mustRestore(t, created.Path); restored.Media.Stored != 1 {
		t.Errorf("restored = %+v, want it stored", restored)
	}
	if diff := cmp.Diff([]string{imageKey}, files(t, to)); diff != "" {
		t.Errorf("bucket (-want +got):\n%s", diff)
	}
}
