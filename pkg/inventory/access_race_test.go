package inventory_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

// atOnce sends requests at the same time and returns the answers.
func atOnce(requests ...func() *apptest.Response) []*apptest.Response {
	answers := make([]*apptest.Response, len(requests))
	var wait sync.WaitGroup
	for i, send := range requests {
		wait.Go(func() { answers[i] = send() })
	}
	wait.Wait()
	return answers
}

// wantStatus fails the test unless the answer has one of the statuses.
func wantStatus(t *testing.T, res *apptest.Response, statuses ...int) {
	t.Helper()
	if !slices.Contains(statuses, res.Status) {
		t.Errorf("status = %d, want one of %d; body %s", res.Status, statuses, res.Body)
	}
}

// wantNoStrays fails the test if a collectible lies in a store, or at a vendor, that is not there.
func wantNoStrays(t *testing.T, a *apptest.App) {
	t.Helper()
	strays, err := a.DB.NewSelect().TableExpr("collectibles_collectible AS c").
		Join("LEFT JOIN collectibles_store AS s ON s.id = c.store_id AND s.vendor_id = c.vendor_id").
		Where("s.id IS NULL").Count(t.Context())
	if err != nil || strays != 0 {
		t.Errorf("%d strays, %v; want none", strays, err)
	}
}

func TestStore_deletedWhileAnItemIsAdded(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for round := range 8 {
			annex := alice.OpenStore(t, "Annex")
			moved := alice.add(t, fmt.Sprint("M", round), "")
			answers := atOnce(
				func() *apptest.Response { return alice.Delete(t, at(storesPath, annex)) },
				func() *apptest.Response {
					return alice.Post(t, itemsPath, alice.body(fmt.Sprint("A", round), fmt.Sprintf(`"store": %d,`, annex)))
				},
				func() *apptest.Response { return alice.Patch(t, itemPath(moved), map[string]any{"store": annex}) },
			)
			wantStatus(t, answers[0], http.StatusNoContent, http.StatusConflict)
			wantStatus(t, answers[1], http.StatusCreated, http.StatusForbidden)
			wantStatus(t, answers[2], http.StatusOK, http.StatusForbidden)
			if used := answers[1].Status == http.StatusCreated || answers[2].Status == http.StatusOK; used == (answers[0].Status == http.StatusNoContent) {
				t.Errorf("statuses = %d, %d, %d: want the store gone or in use", answers[0].Status, answers[1].Status, answers[2].Status)
			}
			wantNoStrays(t, a)
		}
	})
}

func TestVendor_deletedWhileAnItemIsAdded(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		for round := range 8 {
			second := newShopOf(t, alice.Client, fmt.Sprint("Second ", round))
			answers := atOnce(
				func() *apptest.Response { return alice.Delete(t, at(vendorsPath, second.Vendor)) },
				func() *apptest.Response { return alice.Post(t, itemsPath, second.body(fmt.Sprint("A", round), "")) },
			)
			wantStatus(t, answers[0], http.StatusNoContent, http.StatusConflict)
			wantStatus(t, answers[1], http.StatusCreated, http.StatusForbidden)
			if (answers[1].Status == http.StatusCreated) == (answers[0].Status == http.StatusNoContent) {
				t.Errorf("statuses = %d, %d: want the vendor gone or with stock", answers[0].Status, answers[1].Status)
			}
			wantNoStrays(t, a)
		}
	})
}

// newShopOf makes a vendor of an account that is there already.
func newShopOf(t *testing.T, client apptest.Client, name string) shop {
	t.Helper()
	vendor := client.Post(t, vendorsPath, map[string]any{"name": name}).ID(t, http.StatusCreated)
	var store int64
	if _, err := fmt.Sscan(fmt.Sprint(client.Get(t, storesPath).List(t)[0]["id"]), &store); err != nil {
		t.Fatal(err)
	}
	return shop{&domainstest.Shop{Client: client, Vendor: vendor, Store: store}}
}

func TestCollectibles_swappedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, a *apptest.App, alice, _ shop) {
		annex := alice.OpenStore(t, "Annex")
		there, back := alice.add(t, "T", ""), alice.add(t, "B", fmt.Sprintf(`"store": %d,`, annex))
		for round := range 8 {
			to, from := annex, alice.Store
			if round%2 == 1 {
				to, from = from, to
			}
			for _, res := range atOnce(
				func() *apptest.Response { return alice.Patch(t, itemPath(there), map[string]any{"store": to}) },
				func() *apptest.Response { return alice.Patch(t, itemPath(back), map[string]any{"store": from}) },
			) {
				wantStatus(t, res, http.StatusOK)
			}
		}
		wantNoStrays(t, a)
	})
}
