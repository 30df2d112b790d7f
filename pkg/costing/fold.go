package costing

import (
	"slices"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A fold works out what the movements of one item cost, from its lots as they were before the first of them.
type fold struct {
	lots  []*Lot          // in stores and on their way, the oldest first
	known map[int64]*Cost // by movement: those from before of which something comes back
	costs map[int64]*Cost // those that are new
	last  core.Total      // what a unit cost that came last
	moved int64           // the movement by which all units left a store for another one, 0 for none
}

// add takes the next movement.
func (f *fold) add(m *stock.Movement) {
	if !isMove(m) || m.Delta < 0 {
		f.settle()
	}
	switch {
	case m.Delta < 0:
		f.leave(m)
	case isMove(m):
		f.arrive(m)
	case m.OriginID != nil && f.costOf(*m.OriginID) != nil:
		f.receive(m, f.enter(m, f.costOf(*m.OriginID).giveBack(m.Delta)))
	case m.UnitCost == nil:
		f.receive(m, f.enter(m, times(f.last, m.Delta)))
	default:
		f.last = core.Total(m.UnitCost.Stored())
		f.receive(m, times(f.last, m.Delta))
	}
}

// costOf is what a movement of the item cost that took units away, nil if there is none.
func (f *fold) costOf(id int64) *Cost {
	if c := f.costs[id]; c != nil {
		return c
	}
	return f.known[id]
}

// isMove reports whether a movement is half of a way from one store to another.
func isMove(m *stock.Movement) bool {
	return m.Kind == stock.Transfer || m.Kind == stock.External && m.Reason == stock.ReasonMoved
}

// enter notes what the units of a movement cost.
func (f *fold) enter(m *stock.Movement, cost core.Total) core.Total {
	f.costs[m.ID] = &Cost{ID: m.ID, Units: m.Delta, Cost: cost}
	return cost
}

// receive makes a lot.
func (f *fold) receive(m *stock.Movement, cost core.Total) {
	f.lots = append(f.lots, &Lot{
		VendorID: m.VendorID, ItemID: m.ItemID, StoreID: &m.StoreID, MovementID: m.ID, Units: m.Delta, Cost: cost, ReceivedAt: m.CreatedAt,
	})
}

// leave takes units off the lots of a store, and puts them on their way if they are to come to another one.
func (f *fold) leave(m *stock.Movement) {
	there := func(l *Lot) bool { return l.StoreID != nil && *l.StoreID == m.StoreID }
	var parts []Lot
	if m.OriginID != nil { // these very units
		parts = f.take(-m.Delta, func(l *Lot) bool { return there(l) && l.MovementID == *m.OriginID })
	}
	parts = append(parts, f.take(-m.Delta-unitsOf(parts), there)...)
	f.enter(m, -costOf(parts))
	if !isMove(m) {
		return
	}
	if m.DocumentID == nil {
		f.moved = m.ID
	}
	for _, part := range parts {
		part.StoreID, part.MovementID = nil, m.ID
		f.lots = append(f.lots, &part)
	}
	f.sort()
}

// arrive puts units into a store that are on their way. What the ledger knows of no way costs what the movement says, or
// nothing.
func (f *fold) arrive(m *stock.Movement) {
	origin := f.moved
	if m.OriginID != nil {
		origin = *m.OriginID
	}
	parts := f.take(m.Delta, func(l *Lot) bool { return l.StoreID == nil && l.MovementID == origin })
	if lacking := m.Delta - unitsOf(parts); lacking > 0 {
		lot := Lot{VendorID: m.VendorID, ItemID: m.ItemID, Units: lacking, ReceivedAt: m.CreatedAt}
		if m.UnitCost != nil {
			lot.Cost = times(core.Total(m.UnitCost.Stored()), lacking)
		}
		parts = append(parts, lot)
	}
	f.enter(m, costOf(parts))
	if origin == f.moved {
		f.settle()
	}
	for _, part := range parts {
		part.StoreID, part.MovementID = &m.StoreID, m.ID
		f.lots = append(f.lots, &part)
	}
	f.sort()
}

// settle ends a move of all units from one store to another, whose two movements are made at once: what did not come by the
// second one, if there is one, another program took off meanwhile.
func (f *fold) settle() {
	if f.moved == 0 {
		return
	}
	f.lots = slices.DeleteFunc(f.lots, func(l *Lot) bool { return l.StoreID == nil && l.MovementID == f.moved })
	f.moved = 0
}

// take takes up to so many units off the lots that match, the oldest first.
func (f *fold) take(units int64, matches func(l *Lot) bool) (parts []Lot) {
	for _, l := range f.lots {
		if n := min(units, l.Units); n > 0 && matches(l) {
			parts = append(parts, l.take(n))
			units -= n
		}
	}
	f.lots = slices.DeleteFunc(f.lots, func(l *Lot) bool { return l.Units == 0 })
	return parts
}

// sort puts the oldest first; what came at once stays in its order.
func (f *fold) sort() {
	slices.SortStableFunc(f.lots, func(a, b *Lot) int { return a.ReceivedAt.Compare(b.ReceivedAt) })
}

func unitsOf(lots []Lot) (units int64) {
	for _, l := range lots {
		units += l.Units
	}
	return units
}

func costOf(lots []Lot) (cost core.Total) {
	for _, l := range lots {
		cost += l.Cost
	}
	return cost
}
