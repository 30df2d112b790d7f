package overview_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/overview"
)

var usual = overview.Options{Threshold: 2, SlowDays: 90}

// TestSummary_whoeverRaces has 64 goroutines make, change, move and delete items, some of them in vain, while others look.
// On PostgreSQL they leave so many deltas that some are folded.
func TestSummary_whoeverRaces(t *testing.T) {
	const workers, rounds = 64, 30
	each(t, func(t *testing.T, s *system) {
		stores := []int64{s.Store, s.OpenStore(t, "Annex")}
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				random := rand.New(rand.NewPCG(1, uint64(w)))
				for round := range rounds {
					err := db.InTx(t.Context(), s.App.DB, func(ctx context.Context, tx bun.Tx) error {
						return changeAnything(ctx, tx, random, s.Vendor, stores, fmt.Sprintf("%d-%d", w, round))
					})
					if err != nil && !errors.Is(err, errInVain) {
						t.Error(err)
					}
					if round%10 == 0 {
						if _, err := s.Overview.Get(s.Ctx, usual); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		group.Wait()
		s.mustVerify(t)
		if db.IsPostgres(s.App.DB) {
			var folded, given int
			err := s.App.DB.NewRaw("SELECT (SELECT count(*) FROM omnistock_stock_summary), (SELECT max(id) FROM omnistock_stock_summary_delta)").
				Scan(t.Context(), &folded, &given)
			if err != nil || folded == 0 {
				t.Errorf("%d deltas, %d rows: %v: nothing was folded", given, folded, err)
			}
		}
		if err := s.Overview.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.mustVerify(t)
	})
}

var errInVain = errors.New("in vain")

// changeAnything makes an item, and does something to others. Items are touched in the order of their ids.
func changeAnything(ctx context.Context, tx bun.Tx, random *rand.Rand, vendor int64, stores []int64, sku string) error {
	if _, err := insertItem(ctx, tx, vendor, stores[random.IntN(2)], sku, random.IntN(15)); err != nil {
		return err
	}
	var ids []int64
	err := tx.NewRaw("SELECT id FROM collectibles_collectible ORDER BY (id * ?) % 101 LIMIT 3", random.IntN(100)+1).Scan(ctx, &ids)
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for _, id := range ids {
		query := []string{
			"UPDATE collectibles_collectible SET quantity = ?1 WHERE id = ?0",
			"UPDATE collectibles_collectible SET price = ?1, category = 'G' WHERE id = ?0",
			"UPDATE collectibles_collectible SET category = NULL, intake_price = ?1 WHERE id = ?0",
			"UPDATE collectibles_collectible SET vendor_id = CASE WHEN vendor_id IS NULL THEN ?2 END WHERE id = ?0",
			"UPDATE collectibles_collectible SET store_id = ?3 WHERE id = ?0",
			"DELETE FROM collectibles_collectible WHERE id = ?0",
			"UPDATE collectibles_collectible SET name = 'x' WHERE id = ?0",
		}[random.IntN(7)]
		if _, err := tx.NewRaw(query, id, random.IntN(15), vendor, stores[random.IntN(2)]).Exec(ctx); err != nil {
			return err
		}
	}
	if random.IntN(5) == 0 {
		return errInVain
	}
	return nil
}

// insertItem makes an item past the program, as Django does.
func insertItem(ctx context.Context, idb bun.IDB, vendor, store int64, sku string, quantity int) (int64, error) {
	var id int64
	err := idb.NewRaw(`INSERT INTO collectibles_collectible (name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, category, created_at, updated_at)
		VALUES ('item', ?, ?, ?, ?, ?, ?, ?, 'TCG', '2026-01-01 00:00:00+00:00', '2026-01-01 00:00:00+00:00') RETURNING id`,
		sku, quantity, 150, 100, 200, vendor, store).Scan(ctx, &id)
	return id, err
}

func TestSummary_countsBulkWrites(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		for i := range 40 {
			if _, err := insertItem(t.Context(), s.App.DB, s.Vendor, s.Store, fmt.Sprintf("B-%d", i), i); err != nil {
				t.Fatal(err)
			}
		}
		for _, statement := range []string{
			`INSERT INTO collectibles_collectible (name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, created_at, updated_at)
				SELECT name, sku || '-2', quantity, price, intake_price, projected_price, vendor_id, store_id, created_at, updated_at FROM collectibles_collectible`,
			"UPDATE collectibles_collectible SET price = price + 1, quantity = quantity / 2",
			`INSERT INTO collectibles_collectible (id, name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, created_at, updated_at)
				SELECT id, name, sku, quantity, price, intake_price, projected_price, vendor_id, store_id, created_at, updated_at FROM collectibles_collectible
				WHERE true ON CONFLICT (id) DO UPDATE SET quantity = collectibles_collectible.quantity + 3`,
			"DELETE FROM collectibles_collectible WHERE id % 3 = 0",
			"UPDATE collectibles_collectible SET vendor_id = NULL WHERE id % 3 = 1",
			"DELETE FROM collectibles_collectible",
		} {
			s.MustExec(t, statement)
			s.mustVerify(t)
		}
		if got := show(t, s.Client, "")["items"]; fmt.Sprint(got) != "0" {
			t.Errorf("items = %v, want 0", got)
		}
	})
}

func TestSummary_djangoEmptiesItsTables(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		if !db.IsPostgres(s.App.DB) {
			t.Skip("Django works on PostgreSQL")
		}
		s.add(t, "A", nil)
		s.MustExec(t, "SELECT omnistock_fold_stock()")
		s.add(t, "B", nil)
		s.MustExec(t, `TRUNCATE collectibles_collectible, collectibles_carddetails, collectibles_inventorymedia, collectibles_stockledger`)
		s.mustVerify(t)
		if got := show(t, s.Client, "")["items"]; fmt.Sprint(got) != "0" {
			t.Errorf("items = %v, want 0", got)
		}
	})
}

// TestSummary_snapshotThatLasts writes as a program does that keeps one snapshot for all of a transaction: it never fails
// because others fold.
func TestSummary_snapshotThatLasts(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		if !db.IsPostgres(s.App.DB) {
			t.Skip("SQLite has one writer")
		}
		id := s.add(t, "A", nil)
		tx, err := s.App.DB.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		for _, statement := range []string{"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM collectibles_collectible"} {
			if _, err := tx.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		s.MustExec(t, "SELECT omnistock_fold_stock()")
		for i := range 1100 {
			if _, err := tx.NewRaw("UPDATE collectibles_collectible SET price = ? WHERE id = ?", i+10, id).Exec(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		s.mustVerify(t)
	})
}

func TestSummary_driftIsFoundAndMended(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.add(t, "A", nil)
		if db.IsPostgres(s.App.DB) {
			s.MustExec(t, "SELECT omnistock_fold_stock()")
		}
		s.MustExec(t, "UPDATE omnistock_stock_summary SET units = units + 1, worth = worth - 1")
		s.MustExec(t, `INSERT INTO omnistock_stock_summary (vendor_id, store_id, category, level, items, units, cost, worth, projected)
			VALUES (?, ?, 'ghost', 3, 1, 3, 1, 1, 1)`, s.Vendor, s.Store)
		drift, err := s.Overview.Verify(t.Context())
		if err != nil || len(drift) != 2 || drift[0].KeptUnits != 5 || drift[0].Units != 4 || drift[1].Category != "ghost" || drift[1].Items != 0 {
			t.Errorf("drift = %+v, %v", drift, err)
		}
		diagnoses := s.Overview.Module().Diagnoses
		if msgs, err := diagnoses[0].Run(t.Context()); err != nil || len(msgs) != 1 {
			t.Errorf("diagnosis = %v, %v", msgs, err)
		}
		if err := s.Overview.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.mustVerify(t)
		if msgs, err := diagnoses[0].Run(t.Context()); err != nil || len(msgs) != 0 {
			t.Errorf("diagnosis afterwards = %v, %v", msgs, err)
		}
		s.Get(t, overviewPath).Want(t, http.StatusOK, "")
	})
}
