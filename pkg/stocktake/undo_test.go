package stocktake_test

import (
	"net/http"
	"testing"
)

func TestStocktake_isUndoneAsAWhole(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		lost, found := s.add(t, "LOST", 5), s.add(t, "FOUND", 2)
		id := s.begin(t)
		s.scan(t, id, lost, 3)
		s.scan(t, id, found, 4)
		s.Post(t, at(id, "undo/"), nil).Want(t, http.StatusConflict, `{"detail": "This stocktake is not posted: there is nothing to undo."}`)
		s.post(t, id, "keep")

		s.move(t, found, "sale", -3)                                     // one of those that the count has found
		s.Post(t, at(id, "undo/"), nil).Want(t, http.StatusConflict, "") // there is 1, and 2 would go
		s.wantQuantity(t, lost, 3)
		s.wantQuantity(t, found, 1)

		s.move(t, found, "return", 1)
		got := s.Post(t, at(id, "undo/"), map[string]any{"reason": "the annex was counted, too"}).Object(t, http.StatusOK)
		if got["state"] != "undone" {
			t.Errorf("stocktake = %v", got)
		}
		s.wantQuantity(t, lost, 5)
		s.wantQuantity(t, found, 0)
		s.Post(t, at(id, "undo/"), nil).Want(t, http.StatusConflict, `{"detail": "This stocktake is undone."}`)
		s.Post(t, at(id, "post/"), nil).Want(t, http.StatusConflict, `{"detail": "This stocktake is undone."}`)
		s.wantDifferences(t, id, "", "LOST: 3 of 5", "FOUND: 4 of 2") // as it was posted
		s.MustVerify(t)
	})
}

func TestStocktake_undoTakesTheRightToAdjust(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		lost := s.add(t, "LOST", 5)
		viewer := s.Hire(t, "viewer", "view_only", s.Store)
		id := s.begin(t)
		s.scan(t, id, lost, 3)
		s.post(t, id, "keep")
		viewer.Post(t, at(id, "undo/"), nil).Want(t, http.StatusForbidden, "")
		s.as(t, "dave").Post(t, at(id, "undo/"), nil).Want(t, http.StatusNotFound, "")
		s.wantQuantity(t, lost, 3)
	})
}
