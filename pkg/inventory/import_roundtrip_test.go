package inventory_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"
	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

// someText draws a text as the API keeps them: of at most so many characters, without white space around.
func someText(length int) *rapid.Generator[string] {
	nasty := rapid.SampledFrom([]string{
		"=1+1", "+1", "-1", "@x", "'", "'=1", "''=1", "'tis", "0012", "1e5", "a\rb", "a\r\nb", "a\nb", `"`, `a "b"`, ",", ";", "a\tb", "_x0041_", "TRUE",
		"Pokémon", "日本語", "🂡", "\x01", "\ufffe", "＝1", "12.50", "#N/A", `\.`, "NULL", "?!(x)",
	})
	return rapid.Map(rapid.OneOf(nasty, rapid.String(), rapid.Just("")), func(s string) string {
		runes := []rune(strings.ReplaceAll(s, "\x00", ""))
		return strings.TrimFunc(string(runes[:min(len(runes), length)]), func(r rune) bool { return strings.TrimSpace(string(r)) == "" || r >= 0x1c && r <= 0x1f })
	})
}

func someOptional[T any](t *rapid.T, name string, g *rapid.Generator[T]) core.Optional[T] {
	if rapid.Bool().Draw(t, name+" is null") {
		return core.Optional[T]{Sent: true, Null: true}
	}
	return core.Some(g.Draw(t, name))
}

func someItem(t *rapid.T, i int, store int64) inventory.CollectibleChange {
	money := rapid.Map(rapid.Int64Range(0, 99_999_999_99), func(n int64) core.Money { return core.Money(n) })
	text := func(name string, length int) core.Optional[string] { return someOptional(t, name, someText(length)) }
	moment := rapid.Map(rapid.Int64Range(-62_135_596_800_000_000, 253_402_300_799_999_999), func(n int64) time.Time { return time.UnixMicro(n).UTC() })
	name := someText(255).Draw(t, "name")
	if name == "" {
		name = "x"
	}
	item := inventory.CollectibleChange{
		StoreID: core.Some(store), Name: core.Some(name), SKU: core.Some(fmt.Sprintf("%s#%d", someText(40).Draw(t, "sku"), i)),
		Quantity: core.Some(rapid.Int32Range(0, 1<<31-1).Draw(t, "quantity")), Price: core.Some(money.Draw(t, "price")),
		IntakePrice: core.Some(money.Draw(t, "intake price")), ProjectedPrice: core.Some(money.Draw(t, "projected price")),
		Description: text("description", 500), Condition: text("condition", 100), Category: text("category", 100),
	}
	if rapid.Bool().Draw(t, "is a card") {
		item.Card = core.Some(inventory.CardChange{
			PSAGrade:    someOptional(t, "grade", rapid.Map(rapid.Int64Range(-99, 999), func(n int64) core.Grade { return core.Grade(n) })),
			ReleaseDate: someOptional(t, "released", rapid.Map(moment, core.NewDate)), LastEstimatedAt: someOptional(t, "estimated", moment),
			Condition: text("card condition", 50), ExternalIDs: text("ids", 200), Language: text("language", 50), PrintRun: text("run", 100),
			MarketRegion: text("region", 100), Notes: text("notes", 200),
		})
	}
	return item
}

// TestExport_importsAgainWithoutChange: whatever the items hold, to import their export changes nothing; and where they
// are gone it brings them back.
func TestExport_importsAgainWithoutChange(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		is := alice.Inventory
		user := alice.Get(t, "/api/v1/auth/me/").ID(t, http.StatusOK)
		vendor := fmt.Sprint(alice.Get(t, at(vendorsPath, alice.Vendor)).Object(t, http.StatusOK)["slug"])
		inTx := func(rt *rapid.T, fn func(ctx context.Context, tx bun.Tx) error) {
			if err := db.InTx(t.Context(), a.DB, fn); err != nil {
				rt.Fatal(err)
			}
		}
		rapid.Check(t, func(rt *rapid.T) {
			items := make([]inventory.CollectibleChange, rapid.IntRange(1, 4).Draw(rt, "items"))
			for i := range items {
				items[i] = someItem(rt, i, alice.Store)
			}
			inTx(rt, func(ctx context.Context, tx bun.Tx) error {
				if _, err := is.DeleteAll(ctx, tx, alice.Vendor); err != nil {
					return err
				}
				return is.CreateAll(ctx, tx, alice.Vendor, user, items)
			})
			for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
				table := exported(rt, t, is, vendor, format)
				if got := imported(rt, t, is, vendor, table, true); got.Unchanged != int64(len(items)) || got.Rows() != got.Unchanged {
					rt.Fatalf("%s: %+v of %q", format, got, table)
				}
				csv := exported(rt, t, is, vendor, sheet.CSV)
				inTx(rt, func(ctx context.Context, tx bun.Tx) error {
					_, err := is.DeleteAll(ctx, tx, alice.Vendor)
					return err
				})
				if got := imported(rt, t, is, vendor, table, false); got.Created != int64(len(items)) {
					rt.Fatalf("%s, into an empty stock: %+v", format, got)
				}
				if diff := cmp.Diff(csv, exported(rt, t, is, vendor, sheet.CSV)); diff != "" {
					rt.Fatalf("%s (-before +after):\n%s", format, diff)
				}
			}
		})
	})
}

func exported(rt *rapid.T, t *testing.T, is *inventory.Service, vendor string, format sheet.Format) string {
	export, err := is.NewExportFor(t.Context(), vendor, inventory.ExportOptions{Format: format})
	if err != nil {
		rt.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := export.Write(t.Context(), &out); err != nil {
		rt.Fatal(err)
	}
	return out.String()
}

func imported(rt *rapid.T, t *testing.T, is *inventory.Service, vendor, table string, dryRun bool) *inventory.ImportReport {
	report, err := is.ImportFor(t.Context(), vendor, tableFile(table), inventory.ImportOptions{DryRun: dryRun, OnBad: func(bad *inventory.BadRow) error {
		return fmt.Errorf("%+v", bad)
	}})
	if err != nil {
		rt.Fatalf("%v of %q", err, table)
	}
	return report
}
