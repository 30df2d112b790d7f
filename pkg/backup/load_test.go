package backup_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A writer adds collectibles as the owner of a shop, each with a card, a ledger entry and an image, until it is stopped.
type writer struct {
	*system
	store        int64
	acknowledged sync.Map // SKU
	written      atomic.Int64
}

func newWriter(t *testing.T, s *system) (w *writer, ctx context.Context) {
	t.Helper()
	addDemo(t, s, 200)
	var owner users.User
	var store vendors.Store
	err := s.db.NewSelect().Model(&owner).Limit(1).Scan(t.Context())
	if err == nil {
		err = s.db.NewSelect().Model(&store).OrderBy("id", bun.OrderAsc).Limit(1).Scan(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return &writer{system: s, store: store.ID}, core.WithActor(t.Context(), core.Actor{UserID: owner.ID, Username: owner.Username})
}

func (w *writer) run(ctx context.Context, t *testing.T, number int) {
	t.Helper()
	for n := 0; ctx.Err() == nil; n++ {
		sku := fmt.Sprintf("W%d-%06d", number, n)
		_, err := w.inventory.Create(context.WithoutCancel(ctx), inventory.CollectibleChange{
			StoreID: core.Some(w.store), Name: core.Some(sku), SKU: core.Some(sku), Quantity: core.Some(int32(3)),
			Price: core.Some(core.Money(1250)), Card: core.Some(inventory.CardChange{Language: core.Some("English")}),
			Images: core.Some([]inventory.ImageInput{{URL: "https://images.example/1.jpg"}}),
		})
		if err != nil {
			t.Error(err)
			return
		}
		w.acknowledged.Store(sku, true)
		w.written.Add(1)
	}
}

// TestCreate_whileOthersWrite makes archives during a load of writes. Each holds all that was acknowledged before it
// began, and is of one moment: every item has its ledger entry and its image.
func TestCreate_whileOthersWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		w, ctx := newWriter(t, newSystem(t, bunDB))
		ctx, stop := context.WithCancel(ctx)
		var writers sync.WaitGroup
		for number := range 4 {
			writers.Go(func() { w.run(ctx, t, number) })
		}
		defer writers.Wait()
		defer stop()
		for range 3 {
			time.Sleep(200 * time.Millisecond)
			var before []string
			w.acknowledged.Range(func(sku, _ any) bool { before = append(before, sku.(string)); return true })
			count := w.written.Load()
			created, err := w.Create(t.Context(), backup.CreateOptions{Path: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d writes before, %d during", len(before), w.written.Load()-count)
			checkWhole(t, created.Path, before)
		}
	})
}

// checkWhole restores the archive and looks for the SKUs, and for halves of transactions.
func checkWhole(t *testing.T, path string, skus []string) {
	t.Helper()
	s := on(t, dbtest.SQLite)
	s.mustRestore(t, path)
	var found []string
	if err := s.db.NewSelect().Model((*inventory.Collectible)(nil)).Column("sku").Scan(t.Context(), &found); err != nil {
		t.Fatal(err)
	}
	is := map[string]bool{}
	for _, sku := range found {
		is[sku] = true
	}
	for _, sku := range skus {
		if !is[sku] {
			t.Errorf("%s was acknowledged before, and is not in the archive", sku)
		}
	}
	var halves int
	if err := s.db.NewRaw(`SELECT count(*) FROM collectibles_collectible AS c WHERE sku LIKE 'W%' AND (
		(SELECT count(*) FROM collectibles_stockledger WHERE collectible_id = c.id) <> 1 OR
		(SELECT count(*) FROM collectibles_carddetails WHERE collectible_id = c.id) <> 1 OR
		(SELECT count(*) FROM collectibles_inventorymedia WHERE item_id = c.id) <> 1)`).Scan(t.Context(), &halves); err != nil || halves > 0 {
		t.Errorf("%d items lack what was written with them, %v", halves, err)
	}
}
