package conversion_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

func TestConvert_allKindsOfValues(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		for name, rows := range dump(t, source) {
			if list, _ := rows.([]any); len(list) == 0 {
				t.Errorf("the test has no row of %s", name)
			}
		}
		report := mustConvert(t, source, target)
		checkSame(t, source, target)
		if report.Source != "the shop" || report.Target != "the copy" || report.Continued || len(report.NotCopied) > 0 {
			t.Errorf("report = %+v", report)
		}
	})
}

func TestConvert_roundTrip(t *testing.T) {
	first, second := toPostgres(t)
	third := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.SQLite))
	fill(t, first)
	there, back := mustConvert(t, first, second), mustConvert(t, second, third)
	checkSame(t, first, third)
	if diff := cmp.Diff(there.Tables, back.Tables); diff != "" {
		t.Errorf("tables (-there +back):\n%s", diff)
	}
}

func TestConvert_demonstration(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		service, _ := newFixtures(t, source)
		if _, err := service.LoadDemo(t.Context(), fixtures.DemoOptions{Count: 1200, Seed: 1}); err != nil {
			t.Fatal(err)
		}
		report := mustConvert(t, source, target)
		checkSame(t, source, target)
		got := map[string]int64{}
		for _, table := range report.Tables {
			got[table.Name] = table.Rows
		}
		if got["collectibles_collectible"] != 1200 || got["collectibles_store"] != 3 || got["collectibles_carddetails"] < 600 {
			t.Errorf("rows = %v", got)
		}
	})
}

// TestConvert_continues interrupts a conversion after each table.
func TestConvert_continues(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		for _, table := range []string{"users_user", "collectibles_store", "collectibles_collectible", "auth_group"} {
			interrupt(t, source, target, table)
		}
		if report := mustConvert(t, source, target); !report.Continued {
			t.Error("the report does not say that it continued a conversion")
		}
		checkSame(t, source, target)
	})
}

// TestConvert_repairsWhatChangedMeanwhile changes both sides while a conversion waits to be continued.
func TestConvert_repairsWhatChangedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		mustExec(t, source, collectible(900, "OLD"), cardOf(900), collectible(910, "LEFT"), cardOf(910), collectible(911, "RIGHT"))
		interrupt(t, source, target, lastTable)
		mustExec(t, target,
			`UPDATE users_user SET first_name = 'Mallory'`,
			`DELETE FROM collectibles_inventorymedia`,
			`UPDATE collectibles_store SET metadata = '{"floor": 3}' WHERE id = 31`,
			collectible(901, "STRAY"), cardOf(901),
		)
		// The same SKU under another id: the old row has to go before the new one comes.
		mustExec(t, source, `DELETE FROM collectibles_carddetails WHERE collectible_id = 900`,
			`DELETE FROM collectibles_collectible WHERE id = 900`, collectible(850, "OLD"),
			`UPDATE collectibles_collectible SET sku = '' WHERE id = 910`,
			`UPDATE collectibles_collectible SET sku = 'LEFT' WHERE id = 911`, `UPDATE collectibles_collectible SET sku = 'RIGHT' WHERE id = 910`)
		mustConvert(t, source, target)
		checkSame(t, source, target)
	})
}

// TestConvert_rowsThatChangedParents: a row of the source refers to another one than in the target, where the old one is
// still referred to, and has a name that is wanted elsewhere.
func TestConvert_rowsThatChangedParents(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		mustExec(t, source, store(900, "market"), collectible(900, "MOVED"), cardOf(900), `UPDATE collectibles_collectible SET store_id = 900 WHERE id = 900`)
		interrupt(t, source, target, lastTable)
		mustExec(t, source, `UPDATE collectibles_collectible SET store_id = 31 WHERE id = 900`,
			`DELETE FROM collectibles_store WHERE id = 900`, store(850, "market"))
		mustConvert(t, source, target)
		checkSame(t, source, target)
	})
}

// TestConvert_namesExchangedFarApart exchanges names that are unique between rows that are not written at once.
func TestConvert_namesExchangedFarApart(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		mustExec(t, source, `INSERT INTO auth_group (id, name) WITH RECURSIVE n (id) AS (SELECT 100 UNION ALL SELECT id + 1 FROM n WHERE id < 2600)
			SELECT id, 'group ' || id FROM n`, `INSERT INTO users_user_groups (id, user_id, group_id) VALUES (100, 11, 100), (101, 11, 2600)`)
		interrupt(t, source, target, lastTable)
		mustExec(t, source, `UPDATE auth_group SET name = 'x' WHERE id = 100`,
			`UPDATE auth_group SET name = 'group 100' WHERE id = 2600`, `UPDATE auth_group SET name = 'group 2600' WHERE id = 100`)
		mustConvert(t, source, target)
		checkSame(t, source, target)
	})
}

// store inserts one of the vendor of fill.
func store(id int, slug string) string {
	return strings.NewReplacer("$id", itoa(id), "$slug", slug).Replace(`INSERT INTO collectibles_store
		(id, name, slug, metadata, is_active, vendor_id, created_at, updated_at)
		VALUES ($id, 'Store', '$slug', '{}', true, 21, '2026-11-22 20:11:30+00:00', '2026-11-22 20:11:30+00:00')`)
}

// collectible inserts one of the vendor of fill.
func collectible(id int, sku string) string {
	return strings.NewReplacer("$id", itoa(id), "$sku", sku).Replace(`INSERT INTO collectibles_collectible
		(id, name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, created_at, updated_at)
		VALUES ($id, 'Dragon', '$sku', 0, 1, 1, 1, 21, 31, '2026-11-22 20:11:30+00:00', '2026-11-22 20:11:30+00:00')`)
}

func cardOf(id int) string {
	return strings.ReplaceAll(`INSERT INTO collectibles_carddetails (id, collectible_id, created_at, updated_at)
		VALUES ($id, $id, '2026-11-22 20:11:30+00:00', '2026-11-22 20:11:30+00:00')`, "$id", itoa(id))
}

// TestConvert_findsADifference changes a row of the target after it was copied.
func TestConvert_findsADifference(t *testing.T) {
	for _, test := range []struct{ name, change, want string }{
		{"changed", `UPDATE users_user SET email = 'm@evil.example' WHERE id = 12`, "users_user, row 12: differs in email"},
		{"deleted", `DELETE FROM auth_group WHERE id = 2`, "auth_group, row 2: is not in the target"},
		{"added", `INSERT INTO auth_group (id, name) VALUES (3, 'evil')`, "auth_group, row 3: is not in the source"},
		{"addedAtTheEnd", `INSERT INTO auth_group (id, name) VALUES (9, 'evil')`, "auth_group, row 9: is not in the source"},
	} {
		t.Run(test.name, func(t *testing.T) {
			each(t, func(t *testing.T, source, target *bun.DB) {
				fill(t, source)
				_, err := convert(t.Context(), t, source, target, at(lastTable, func() { mustExec(t, target, test.change) }))
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error = %v, want %q", err, test.want)
				}
				mustConvert(t, source, target)
				checkSame(t, source, target)
			})
		})
	}
}

// TestConvert_leavesOutWhatIsWrittenMeanwhile: the target is the source at the beginning, whole.
func TestConvert_leavesOutWhatIsWrittenMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		fill(t, source)
		before := dump(t, source)
		_, err := convert(t.Context(), t, source, target, at("users_user", func() {
			mustExec(t, source, collectible(900, "NEW"), `UPDATE collectibles_vendor SET name = 'Renamed'`, `DELETE FROM auth_group WHERE id = 2`)
		}))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, dump(t, target), sameNumbers); diff != "" {
			t.Errorf("rows (-source +target):\n%s", diff)
		}
	})
}

// TestConvert_numbersGoOn: no id that the source ever gave comes again.
func TestConvert_numbersGoOn(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		mustExec(t, source,
			`INSERT INTO auth_group (name) VALUES ('a'), ('b'), ('c'), ('d')`, `DELETE FROM auth_group WHERE name IN ('c', 'd')`,
			`INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b')`, `DELETE FROM django_content_type`,
			`INSERT INTO users_user (id, password, is_superuser, username, first_name, last_name, is_staff, is_active, date_joined, email,
				profile_completed, role) VALUES (70, '', false, 'ann', '', '', false, true, '2026-11-22 20:11:30+00:00', '', false, 'solo')`,
		)
		mustConvert(t, source, target)
		for insert, want := range map[string]int64{
			`INSERT INTO auth_group (name) VALUES ('e') RETURNING id`:                           5,
			`INSERT INTO django_content_type (app_label, model) VALUES ('a', 'b') RETURNING id`: 2,
			`INSERT INTO users_user_groups (user_id, group_id) VALUES (70, 1) RETURNING id`:     1,
			strings.Replace(newUser, "$name", "bob", 2) + ` RETURNING id`:                       71,
		} {
			var got int64
			if err := target.DB.QueryRowContext(t.Context(), insert).Scan(&got); err != nil || got != want {
				t.Errorf("%s: id = %d, %v, want %d", insert, got, err, want)
			}
		}
	})
}

const newUser = `INSERT INTO users_user (password, is_superuser, username, first_name, last_name, is_staff, is_active, date_joined, email,
	profile_completed, role) VALUES ('', false, '$name', '', '', false, true, '2026-11-22 20:11:30+00:00', '$name', false, 'solo')`

func TestConvert_namesWhatItDoesNotCopy(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		mustExec(t, source, `CREATE TABLE legacy (id integer)`, `INSERT INTO legacy VALUES (1), (2)`,
			`ALTER TABLE auth_group ADD COLUMN color text`, `INSERT INTO auth_group (name, color) VALUES ('a', 'red'), ('b', NULL)`)
		report := mustConvert(t, source, target)
		if diff := cmp.Diff([]conversion.Uncopied{{Name: "auth_group.color", Rows: new(int64(1))}, {Name: "legacy", Rows: new(int64(2))}}, report.NotCopied); diff != "" {
			t.Errorf("not copied (-want +got):\n%s", diff)
		}
		if slices.Contains(tables(t, target), "legacy") {
			t.Error("the target has it")
		}
	})
}

// A ticket has a text as its key, as the sessions of Django have.
type ticket struct {
	bun.BaseModel `bun:"table:ticket"`

	Code string `bun:"code,pk"`
	Text string `bun:"text"`
}

func TestConvert_keysThatAreTexts(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		for _, db := range []*bun.DB{source, target} {
			collation := `"en-x-icu"` // another order than that of the bytes
			if db.Dialect().Name() != dialect.PG {
				collation = "binary"
			}
			mustExec(t, db, `CREATE TABLE ticket (code varchar(40) COLLATE `+collation+` NOT NULL PRIMARY KEY, text text NOT NULL)`)
		}
		mustExec(t, source, `INSERT INTO ticket VALUES ('a', '1'), ('B', '2'), ('_', '3'), ('é', '4'), ('Z', '5'), ('', '6'), ('日', '7'), ('𝄞', '8')`)
		service := conversion.NewService([]any{(*ticket)(nil)})
		from, to := conversion.Database{DB: source}, conversion.Database{DB: target}
		spoil := at("ticket", func() {
			mustExec(t, target, `DELETE FROM ticket WHERE code IN ('B', 'é')`, `UPDATE ticket SET text = '9' WHERE code = '_'`, `INSERT INTO ticket VALUES ('b', '')`)
		})
		_, err := service.Convert(t.Context(), from, to, progress.Lines(lines(spoil)))
		if err == nil || !strings.Contains(err.Error(), `ticket, row "B": is not in the target`) {
			t.Fatalf("error = %v", err)
		}
		report, err := service.Convert(t.Context(), from, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(report.Tables, func(r conversion.Table) bool { return r.Name == "ticket" }); report.Tables[i].Rows != 8 {
			t.Errorf("report = %+v", report.Tables[i])
		}
	})
}
