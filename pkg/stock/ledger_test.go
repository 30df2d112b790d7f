package stock_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/stock"
)

func TestMovement_appendOnly(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		id := s.add(t, "A", 5)
		statements := []string{
			"UPDATE omnistock_stock_movement SET delta = 4", "UPDATE omnistock_stock_movement SET reason = 'no'",
			"DELETE FROM omnistock_stock_movement", "DELETE FROM omnistock_stock_movement WHERE item_id = ?",
		}
		if db.IsPostgres(s.App.DB) {
			statements = append(statements, "TRUNCATE omnistock_stock_movement")
		}
		for _, statement := range statements {
			_, err := s.App.DB.NewRaw(statement, id).Exec(t.Context())
			if err == nil || !strings.Contains(err.Error(), "omnistock_stock_movement is append-only") {
				t.Errorf("%s: error = %v", statement, err)
			}
		}
		s.MustExec(t, "UPDATE omnistock_stock_movement SET delta = delta") // changes nothing
		err := db.InTx(t.Context(), s.App.DB, func(ctx context.Context, tx bun.Tx) error {
			return db.Rewriting(ctx, tx, func() error {
				_, err := tx.ExecContext(ctx, "DELETE FROM omnistock_stock_movement")
				return err
			})
		})
		if rows := s.rows(t, s.App.DB, id); err != nil || len(rows) > 0 {
			t.Errorf("rewriting: %v; %v", err, rows)
		}
		s.add(t, "B", 1)
		if _, err := s.App.DB.ExecContext(t.Context(), "DELETE FROM omnistock_stock_movement"); err == nil {
			t.Error("the table is open after it was rewritten")
		}
	})
}

// before is the last step of the schema without this ledger.
const before = "20261123000010"

func TestMigration_opensWithWhatIsThere(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{To: before}); err != nil {
			t.Fatal(err)
		}
		mustExec(t, bunDB, `INSERT INTO collectibles_vendor (name, slug, is_active, created_at, updated_at)
			VALUES ('v', 'v', true, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00')`)
		mustExec(t, bunDB, `INSERT INTO collectibles_store (name, slug, is_active, metadata, created_at, updated_at, vendor_id, currency)
			VALUES ('s', 's', true, '{}', '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', 1, 'USD')`)
		for _, quantity := range []int{3, 0, 7} {
			mustExec(t, bunDB, insertItem, fmt.Sprint("OLD-", quantity), quantity, 1, 1)
		}
		if _, err := migrations.Up(t.Context(), bunDB, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		var got []string
		err := bunDB.NewRaw(`SELECT sku || ' ' || name || ' ' || kind || ' ' || delta || ' ' || quantity_after || ' ' || store_id
			FROM omnistock_stock_movement ORDER BY id`).Scan(t.Context(), &got)
		if diff := cmp.Diff([]string{"OLD-3 django opening 3 3 1", "OLD-7 django opening 7 7 1"}, got); err != nil || diff != "" {
			t.Errorf("%v; ledger (-want +got):\n%s", err, diff)
		}
		var movements []stock.Movement // they can be read as the others
		if err := bunDB.NewSelect().Model(&movements).Scan(t.Context()); err != nil || movements[0].UnitCost == nil {
			t.Errorf("movements = %+v, %v", movements, err)
		}
	})
}

// insertItem is what Django sends: ?0 SKU, ?1 quantity, ?2 store, ?3 vendor.
const insertItem = `INSERT INTO collectibles_collectible
	(name, sku, quantity, price, intake_price, projected_price, created_at, updated_at, store_id, vendor_id)
	VALUES ('django', ?0, ?1, 300, 1.00, 300, '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00', ?2, ?3)`

// TestExternal_whatDjangoDoes sends what Django does, with the rights of a role that knows nothing of our tables.
func TestExternal_whatDjangoDoes(t *testing.T) {
	s := newSystem(t, dbtest.Open(t, dbtest.NewURL(t, dbtest.Postgres)))
	id, annex := s.add(t, "A", 5), s.OpenStore(t, "Annex")
	tx, err := s.App.DB.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() //nolint:errcheck // roles are the server's, and are to go again
	for _, statement := range []string{
		"CREATE ROLE django_test", "GRANT SELECT, INSERT, UPDATE, DELETE ON collectibles_collectible, collectibles_carddetails, " +
			"collectibles_inventorymedia, collectibles_stockledger, collectibles_store TO django_test", "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO django_test",
		"SET LOCAL ROLE django_test",
		"UPDATE collectibles_collectible SET quantity = 4, name = 'sold one', store_id = store_id, vendor_id = vendor_id WHERE sku = 'A'",
		"UPDATE collectibles_collectible SET quantity = 4, name = 'saved again' WHERE sku = 'A'",
	} {
		mustExec(t, tx, statement)
	}
	mustExec(t, tx, "UPDATE collectibles_collectible SET store_id = ?, quantity = 6 WHERE id = ?", annex, id)
	for _, table := range []string{"carddetails WHERE collectible_id", "inventorymedia WHERE item_id", "stockledger WHERE collectible_id", "collectible WHERE id"} {
		mustExec(t, tx, "DELETE FROM collectibles_"+table+" IN (?)", id)
	}
	mustExec(t, tx, insertItem, "DJANGO", 2, s.Store, s.Vendor)
	mustExec(t, tx, "RESET ROLE")
	there := fmt.Sprintf("@%d", annex)
	want := []string{
		"receive 5 -> 5 @home", "external -1 -> 4 @home", "external -4 -> 0 @home moved", "external 6 -> 6 " + there + " moved",
		"external -6 -> 0 " + there + " deleted",
	}
	if diff := cmp.Diff(want, s.rows(t, tx, id)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	var created string
	err = tx.NewRaw("SELECT kind || ' ' || delta || ' ' || reason FROM omnistock_stock_movement WHERE sku = 'DJANGO'").Scan(t.Context(), &created)
	if err != nil || created != "external 2 created" {
		t.Errorf("created = %q, %v", created, err)
	}
}

func TestExternal_besideUsAddsUp(t *testing.T) {
	s := newSystem(t, dbtest.Open(t, dbtest.NewURL(t, dbtest.Postgres)))
	id := s.add(t, "A", 5)
	s.MustExec(t, "UPDATE collectibles_collectible SET quantity = 50 WHERE id = ?", id)
	s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -7}`).Want(t, http.StatusCreated, "")
	s.MustExec(t, insertItem, "DJANGO", 2, s.Store, s.Vendor)
	want := []string{"receive 5 -> 5 @home", "external 45 -> 50 @home", "sale -7 -> 43 @home"}
	if diff := cmp.Diff(want, s.rows(t, s.App.DB, id)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	s.MustVerify(t)
}

// silently changes items so that no ledger knows.
func (s *system) silently(t *testing.T, statement string, args ...any) {
	t.Helper()
	err := db.InTx(t.Context(), s.App.DB, func(ctx context.Context, tx bun.Tx) error {
		return db.Rewriting(ctx, tx, func() error {
			_, err := tx.NewRaw(statement, args...).Exec(ctx)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestVerify_findsEachFlaw(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		changed, moved, gone, rewritten, sound := s.add(t, "CHANGED", 5), s.add(t, "MOVED", 5), s.add(t, "GONE", 5), s.add(t, "REWRITTEN", 5), s.add(t, "SOUND", 5)
		s.add(t, "EMPTY", 0)
		raised := s.add(t, "RAISED", 5)
		annex := s.OpenStore(t, "Annex")
		for _, id := range []int64{changed, rewritten, sound} {
			s.Post(t, movementsPath(id), `{"kind": "sale", "delta": -1}`).Want(t, http.StatusCreated, "")
		}
		s.MustVerify(t)
		s.silently(t, "UPDATE collectibles_collectible SET quantity = 9 WHERE id = ?", changed)
		s.silently(t, "UPDATE collectibles_collectible SET store_id = ? WHERE id = ?", annex, moved)
		s.silently(t, "DELETE FROM collectibles_stockledger WHERE collectible_id = ?", gone)
		s.silently(t, "DELETE FROM collectibles_collectible WHERE id = ?", gone)
		s.silently(t, "UPDATE omnistock_stock_movement SET quantity_after = 3 WHERE item_id = ? AND kind = 'sale'", rewritten)
		s.silently(t, "UPDATE omnistock_stock_movement SET delta = 15 WHERE item_id = ?", raised)
		s.silently(t, insertItem, "UNKNOWN", 2, s.Store, s.Vendor)
		var got []string
		for _, f := range s.flaws(t) {
			text := fmt.Sprintf("%s %d %d", f.SKU, f.Quantity, f.Sum)
			if f.Break != nil {
				text += fmt.Sprintf(" broken: %d %+d = %d", f.Break.Before, f.Break.Delta, f.Break.After)
			}
			got = append(got, text)
		}
		want := []string{"CHANGED 9 4", "MOVED 5 5", "GONE 0 5", "REWRITTEN 4 4 broken: 5 -1 = 3", "RAISED 5 15 broken: 0 +15 = 5", "UNKNOWN 2 0"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("flaws (-want +got):\n%s", diff)
		}
		var checked []string
		for _, m := range s.Stock.Module().Checks[0].Run(t.Context()) {
			checked = append(checked, m.Text)
		}
		if len(checked) != 1 || !strings.Contains(checked[0], "of 5 of the items") { // CHANGED, MOVED, REWRITTEN, RAISED, UNKNOWN
			t.Errorf("check = %q", checked)
		}
	})
}
