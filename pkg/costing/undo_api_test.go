package costing_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// TestUndo_ofUnitsThatWent undoes what came by a repack and by an acquisition when other units have taken its place: nothing
// is worth more or less by it.
func TestUndo_ofUnitsThatWent(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		box, pack, card := s.add(t, "BOX", 1, "90.00"), s.add(t, "PACK", 0, "0.00"), s.add(t, "CARD", 0, "0.00")
		s.wait(time.Minute)
		broken := s.Post(t, repacksPath, repack(s, "break", []any{line(box, 1, "")}, line(pack, 36, ""))).ID(t, http.StatusCreated)
		bought := s.Post(t, acquisitionsPath, map[string]any{"store": s.Store, "cost": "9.00", "lines": []any{line(card, 3, "")}}).ID(t, http.StatusCreated)
		for _, it := range []struct{ id, units int64 }{{pack, 36}, {card, 3}} {
			s.wait(time.Minute)
			s.move(t, it.id, fmt.Sprintf(`{"kind": "sale", "delta": -%d}`, it.units))
			s.move(t, it.id, fmt.Sprintf(`{"kind": "receive", "delta": %d, "unit_cost": "0.10"}`, it.units))
		}
		const refusal = `{"detail": "Not all of what came by it is there still."}`
		s.Post(t, undoing(repacksPath, broken), nil).Want(t, http.StatusConflict, refusal)
		s.Post(t, undoing(acquisitionsPath, bought), nil).Want(t, http.StatusConflict, refusal)
		s.want(t, fmt.Sprintf("39 at 3.90; store %d: 39 at 3.90", s.Store))
		s.MustVerify(t)
	})
}

func TestUndo_leavesWhatIsHeld(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		box, pack := s.add(t, "BOX", 1, "90.00"), s.add(t, "PACK", 0, "0.00")
		id := s.Post(t, repacksPath, repack(s, "break", []any{line(box, 1, "")}, line(pack, 3, ""))).ID(t, http.StatusCreated)
		held := s.Post(t, "/api/v1/stock/reservations/", map[string]any{"item": pack, "units": 3, "hold_seconds": 1000}).ID(t, http.StatusCreated)
		s.Post(t, undoing(repacksPath, id), nil).Want(t, http.StatusConflict, "")
		s.Post(t, fmt.Sprintf("/api/v1/stock/reservations/%d/release/", held), nil).Want(t, http.StatusOK, "")
		s.Post(t, undoing(repacksPath, id), nil).Want(t, http.StatusOK, "")
	})
}

// TestUndo_takesTheRightToAdjust: who may receive, but not write off, takes nothing away by an undo.
func TestUndo_takesTheRightToAdjust(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		card := s.add(t, "CARD", 0, "0.00")
		bought := s.Post(t, acquisitionsPath, map[string]any{"store": s.Store, "cost": "9.00", "lines": []any{line(card, 3, "")}}).ID(t, http.StatusCreated)
		received := s.move(t, card, `{"kind": "receive", "delta": 1}`)
		clerk := s.Hire(t, "clerk", "sales", s.Store)
		for _, tt := range []struct {
			adjust bool
			status [2]int
		}{{false, [2]int{403, 403}}, {true, [2]int{200, 201}}} {
			path := fmt.Sprintf("/api/v1/vendor-store-access/%d/permissions/", clerk.Access)
			s.Put(t, path, map[string]any{"adjust": tt.adjust, "see_cost": true}).Want(t, http.StatusOK, "")
			clerk.Post(t, undoing(acquisitionsPath, bought), nil).Want(t, tt.status[0], "")
			clerk.Post(t, undoing("/api/v1/stock/movements/", received), nil).Want(t, tt.status[1], "")
		}
	})
}

// TestUndo_ofMoreThanABatch undoes a repack of 600 items four times at once.
func TestUndo_ofMoreThanABatch(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		var taken, made []any
		for i := range 300 {
			taken = append(taken, line(s.add(t, fmt.Sprint("T", i), 1, "1.01"), 1, ""))
			made = append(made, line(s.add(t, fmt.Sprint("M", i), 0, "0.00"), 2, ""))
		}
		s.wait(time.Minute)
		id := s.Post(t, repacksPath, repack(s, "assemble", taken, made...)).ID(t, http.StatusCreated)
		s.want(t, fmt.Sprintf("600 at 303.00; store %d: 600 at 303.00", s.Store))
		var group sync.WaitGroup
		statuses := make([]int, 4)
		for i := range statuses {
			group.Go(func() { statuses[i] = s.Post(t, undoing(repacksPath, id), nil).Status })
		}
		group.Wait()
		sum := 0
		for _, status := range statuses {
			sum += status
		}
		if sum != 200+3*409 {
			t.Errorf("statuses = %v, want one 200 and three 409", statuses)
		}
		s.wait(time.Minute)
		s.want(t, fmt.Sprintf("300 at 303.00; store %d: 300 at 303.00", s.Store))
		s.MustVerify(t)
	})
}

// TestRepack_besideTheFormerVendor takes apart what Django moved from another vendor, while its costs are worked out for
// that one.
func TestRepack_besideTheFormerVendor(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		s.clock.Store(time.Now().UnixMicro()) // the database has that clock
		other := s.as(t, "dave")
		to := other.add(t, "TO", 0, "0.00")
		for i := range 10 {
			id := s.add(t, fmt.Sprint("M", i), 40, "1.00")
			s.move(t, id, `{"kind": "sale", "delta": -7}`)
			s.MustExec(t, "UPDATE collectibles_collectible SET vendor_id = ?, store_id = ? WHERE id = ?", other.Vendor, other.Store, id)
			s.mustBalance(t, id)
			var group sync.WaitGroup
			for range 2 {
				group.Go(func() {
					if err := s.Costing.CatchUp(s.Ctx, s.Vendor); err != nil {
						t.Error(err)
					}
				})
				group.Go(func() {
					_, _, err := other.Costing.Repack(other.Ctx, costing.RepackRequest{
						Kind: costing.Break, StoreID: other.Store, Taken: []stock.LineUnits{{ItemID: id, Units: 1}}, Made: []costing.RequestLine{{ItemID: to, Units: 2}},
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		}
	})
}

// repack is the body of a request for one.
func repack(s *system, kind string, taken []any, made ...any) map[string]any {
	return map[string]any{"kind": kind, "store": s.Store, "taken": taken, "made": made}
}
