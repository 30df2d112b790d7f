package stocktake_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stocktake"
)

func TestStocktake_scopesThatOverlap(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		open := func(store int64, category string, status int) *int64 {
			t.Helper()
			body := map[string]any{"store": store}
			if category != "" {
				body["category"] = category
			}
			res := s.Post(t, path, body)
			if status == http.StatusConflict && !strings.Contains(string(res.Body), "is open and counts the same items") {
				t.Errorf("body = %s", res.Body)
			}
			if status != http.StatusCreated {
				res.Want(t, status, "")
				return nil
			}
			id := res.ID(t, status)
			return &id
		}
		cards := open(s.Store, "Cards", http.StatusCreated)
		open(s.Store, "", http.StatusConflict)
		open(s.Store, "cARDS", http.StatusConflict)
		games := open(s.Store, "games", http.StatusCreated)
		open(annex, "", http.StatusCreated)
		s.Post(t, at(*cards, "cancel/"), nil).Want(t, http.StatusOK, "")
		open(s.Store, "", http.StatusConflict)
		s.post(t, *games, "keep")
		whole := open(s.Store, "", http.StatusCreated)
		open(s.Store, "Cards", http.StatusConflict)
		for _, closing := range []string{"cancel/", "post/"} {
			s.Post(t, at(*cards, closing), `{}`).Want(t, http.StatusConflict, `{"detail": "This stocktake is cancelled."}`)
			s.Post(t, at(*games, closing), `{}`).Want(t, http.StatusConflict, `{"detail": "This stocktake is posted."}`)
		}
		s.Post(t, at(*whole, "post/"), `{"missing": "burn"}`).Want(t, http.StatusBadRequest, `{"missing": ["\"burn\" is not a valid choice."]}`)
		s.Post(t, path, `{"store": 987654}`).Want(t, http.StatusBadRequest, `{"store": ["Invalid pk \"987654\" - object does not exist."]}`)
		s.Post(t, path, `{}`).Want(t, http.StatusBadRequest, `{"store": ["This field is required."]}`)

		all := s.Get(t, path).List(t)
		first := s.Get(t, path+"?limit=3&state=open")
		if len(all) != 4 || len(first.List(t)) != 2 || first.Header.Get("Link") != "" {
			t.Errorf("%d stocktakes, %s open", len(all), first.Body)
		}
		page := s.Get(t, fmt.Sprintf("%s?limit=1&store=%d", path, s.Store))
		want := fmt.Sprintf(`<%s?cursor=%d&limit=1&store=%d>; rel="next"`, path, *whole, s.Store)
		if got := page.Header.Get("Link"); got != want {
			t.Errorf("Link = %s, want %s", got, want)
		}
		if next := s.Get(t, fmt.Sprintf("%s?limit=1&store=%d&cursor=%d", path, s.Store, *whole)).List(t); fmt.Sprint(next[0]["id"]) != fmt.Sprint(*games) {
			t.Errorf("next page = %v, want %d", next, *games)
		}
		s.Get(t, path+"?cursor=x").Want(t, http.StatusBadRequest, `{"cursor": ["Invalid cursor"]}`)
		s.Get(t, at(*whole, "differences/?cursor=-1")).Want(t, http.StatusBadRequest, `{"cursor": ["Invalid cursor"]}`)
	})
}

func TestStocktake_openedOnceUnderRace(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		category := "cards"
		requests := []stocktake.Request{{StoreID: s.Store}, {StoreID: s.Store, Category: &category}}
		key := "key"
		var wait sync.WaitGroup
		failures := make(chan error, 16)
		for i := range cap(failures) {
			wait.Go(func() {
				_, _, err := s.Stocktakes.Begin(s.Ctx, requests[i%2])
				failures <- err
			})
		}
		wait.Wait()
		opened := 0
		for range cap(failures) {
			if err := <-failures; err == nil {
				opened++
			} else if core.KindOf(err) != core.Conflict {
				t.Error(err)
			}
		}
		if opened != 1 {
			t.Errorf("opened %d times", opened)
		}
		annex := s.OpenStore(t, "Annex")
		keyed := stocktake.Request{StoreID: annex, Note: "n", ClientKey: &key}
		ids := make(chan int64, 8)
		for range cap(ids) {
			wait.Go(func() {
				done, _, err := s.Stocktakes.Begin(s.Ctx, keyed)
				if err != nil {
					t.Error(err)
					ids <- 0
					return
				}
				ids <- done.ID
			})
		}
		wait.Wait()
		first := <-ids
		for range cap(ids) - 1 {
			if id := <-ids; id != first {
				t.Errorf("the key names %d and %d", first, id)
			}
		}
		s.Post(t, path, map[string]any{"store": annex, "note": "n", "client_key": key}).Want(t, http.StatusOK, "")
		s.Post(t, path, map[string]any{"store": annex, "client_key": key}).
			Want(t, http.StatusUnprocessableEntity, `{"detail": "This client_key stands for another stocktake."}`)
	})
}

func TestStocktake_permissionsOfTheStore(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		annex := s.OpenStore(t, "Annex")
		item := s.add(t, "A", 5)
		viewer, seller, elsewhere := s.Hire(t, "vera", "view_only", s.Store), s.Hire(t, "sam", "sales", s.Store), s.Hire(t, "eve", "sales", annex)
		other := s.as(t, "mallory")
		id := seller.Post(t, path, map[string]any{"store": s.Store}).ID(t, http.StatusCreated)
		scans := fmt.Sprintf(`{"scans": [{"item": %d, "client_key": "k"}]}`, item)
		seller.Post(t, at(id, "scans/"), scans).Want(t, http.StatusOK, "")
		viewer.Get(t, at(id, "differences/")).Want(t, http.StatusOK, "")
		for _, rest := range []string{"", "differences/"} {
			elsewhere.Get(t, at(id, rest)).Want(t, http.StatusForbidden, `{"detail": "You do not have access to that store."}`)
			other.Get(t, at(id, rest)).Want(t, http.StatusNotFound, "")
			other.Get(t, at(987654, rest)).Want(t, http.StatusNotFound, "")
		}
		for _, rest := range []string{"scans/", "post/", "cancel/"} {
			viewer.Post(t, at(id, rest), scans).Want(t, http.StatusForbidden, "")
			elsewhere.Post(t, at(id, rest), scans).Want(t, http.StatusForbidden, "")
			other.Post(t, at(id, rest), scans).Want(t, http.StatusNotFound, "")
			s.App.Post(t, at(id, rest), scans).Want(t, http.StatusUnauthorized, "")
		}
		viewer.Post(t, path, map[string]any{"store": s.Store, "category": "x"}).Want(t, http.StatusForbidden, "")
		if n, m := len(elsewhere.Get(t, path).List(t)), len(viewer.Get(t, path).List(t)); n != 0 || m != 1 {
			t.Errorf("%d and %d stocktakes are listed, want 0 and 1", n, m)
		}
		s.wantDifferences(t, id, "scanned", "A: 1 of 5")

		theirs := s.Post(t, path, map[string]any{"store": annex}).ID(t, http.StatusCreated)
		s.SetPermissions(t, `{"adjust": false, "see_cost": false}`)
		elsewhere.Post(t, at(theirs, "cancel/"), nil).
			Want(t, http.StatusForbidden, `{"detail": "You may only cancel what you opened, unless you may adjust the stock of that store."}`)
		s.Post(t, at(theirs, "cancel/"), nil).Want(t, http.StatusOK, "")
		own := elsewhere.Post(t, path, map[string]any{"store": annex}).ID(t, http.StatusCreated)
		elsewhere.Post(t, at(own, "cancel/"), nil).Want(t, http.StatusOK, "")
		seller.Post(t, at(id, "scans/"), scans).Want(t, http.StatusOK, "")
		seller.Post(t, at(id, "post/"), `{}`).Want(t, http.StatusForbidden, `{"detail": "You may not adjust the stock of that store."}`)
		if value := seller.Get(t, at(id, "differences/")).List(t)[0]["value"]; value != nil {
			t.Errorf("who may not see costs sees %v", value)
		}
		s.SetPermissions(t, `{}`)
		if value := seller.Get(t, at(id, "differences/")).List(t)[0]["value"]; value != "-10.00" {
			t.Errorf("value = %v", value)
		}
		seller.Post(t, at(id, "post/"), `{}`).Want(t, http.StatusOK, "")
	})
}

// TestPost_isDoneAsAWhole fails at an item that would have too many units: nothing of the rest is posted.
func TestPost_isDoneAsAWhole(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		lost, full := s.add(t, "LOST", 5), s.add(t, "FULL", 10)
		id := s.begin(t)
		s.scan(t, id, lost, 1)
		s.scan(t, id, full, 20)
		s.move(t, full, "receive", 2147483630)
		_, err := s.Stocktakes.Post(s.Ctx, id, stocktake.Keep)
		if core.KindOf(err) != core.Conflict {
			t.Errorf("error = %v, want Conflict", err)
		}
		s.wantQuantity(t, lost, 5)
		s.wantDifferences(t, id, "", "LOST: 1 of 5", "FULL: 20 of 10")
		s.Get(t, at(id, "")).Object(t, http.StatusOK)
		s.move(t, full, "sale", -100)
		s.post(t, id, "keep")
		s.wantQuantity(t, lost, 1)
		s.MustVerify(t)
	})
}
