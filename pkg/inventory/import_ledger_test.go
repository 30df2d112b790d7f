package inventory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
)

// TestImport_entersAsRequestsDo: both ledgers say the same of an item, whether it came by a request or with a table.
func TestImport_entersAsRequestsDo(t *testing.T) {
	domainstest.Each(t, func(t *testing.T, owner *domainstest.Shop) {
		s, a := shop{owner}, owner.App
		s.add(t, "A", `"intake_price": "4.00",`)
		var alice users.User
		if err := a.DB.NewSelect().Model(&alice).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		table := "sku,name,quantity,intake_price\nB,item B,1,4.00\nNONE,item C,0,4.00\n"
		ctx := core.WithActor(t.Context(), core.Actor{UserID: alice.ID, Username: "alice"})
		if _, err := s.Inventory.Import(ctx, tableFile(table), inventory.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
		var movements []*stock.Movement
		var entries []*stock.LedgerEntry
		for _, rows := range []any{&movements, &entries} {
			if err := a.DB.NewSelect().Model(rows).Order("id").Scan(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if len(movements) != 2 || len(entries) != 2 {
			t.Fatalf("%d movements and %d entries, want 2 of each", len(movements), len(entries))
		}
		m, e := movements[1], entries[1]
		if m.ItemID != e.CollectibleID || m.SKU != "B" || m.Name != "item B" || m.CreatedAt.Before(movements[0].CreatedAt) {
			t.Errorf("movement = %+v", m)
		}
		m.ID, m.ItemID, m.CreatedAt = movements[0].ID, movements[0].ItemID, movements[0].CreatedAt
		m.SKU, m.Name = movements[0].SKU, movements[0].Name
		e.ID, e.CollectibleID, e.CreatedAt = entries[0].ID, entries[0].CollectibleID, entries[0].CreatedAt
		if diff := cmp.Diff(movements[0], m); diff != "" {
			t.Errorf("movement (-by a request +by a table):\n%s", diff)
		}
		if diff := cmp.Diff(entries[0], e); diff != "" {
			t.Errorf("entry (-by a request +by a table):\n%s", diff)
		}
	})
}
