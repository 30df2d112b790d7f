package main

import (
	"fmt"
	"net/http"
	"testing"
)

// work does one thing, drawn by how often shops do it.
func (b *till) work(t *testing.T) {
	switch n := b.random.IntN(100); {
	case n < 36:
		b.sell(t, nil)
	case n < 48:
		b.takeBack(t)
	case n < 62:
		b.transfer(t)
	case n < 74:
		b.hold(t)
	case n < 90:
		b.receive(t)
	case n < 94:
		b.acquire(t)
	case n < 96:
		b.repack(t)
	case n < 97:
		b.request(t, b.random, http.MethodGet, ask{kind: "valuate", path: "/api/v1/stock/valuation/"})
	default:
		b.countStore(t)
	}
}

func (b *till) item() int64  { return b.items[b.random.IntN(len(b.items))] }
func (b *till) store() int64 { return 1 + b.random.Int64N(2) }

// lines are of several items, each once.
func (b *till) lines(least, most int) (lines []map[string]any, units int64) {
	start, step := b.random.IntN(len(b.items)), 1+b.random.IntN(7)
	for i := range least + b.random.IntN(most-least+1) {
		n := 1 + b.random.Int64N(2)
		lines, units = append(lines, map[string]any{"item": b.items[(start+i*step)%len(b.items)], "units": n}), units+n
	}
	return lines, units
}

// sell sells 2 to 5 lines, or what a reservation holds.
func (b *till) sell(t *testing.T, reserved *reservation) {
	lines, units := b.lines(2, 5)
	body := map[string]any{"store": b.store(), "lines": lines}
	if reserved != nil {
		units = reserved.units
		body["store"], body["reservations"] = reserved.store, []int64{reserved.id}
		body["lines"] = []map[string]any{{"item": reserved.item, "units": units}}
	}
	body["tenders"] = []map[string]any{{"method": "cash", "amount": "500.00"}}
	got := b.decide(t, ask{kind: "sell", path: "/api/v1/sales/", table: "omnistock_sale", body: body})
	if got.isDone() {
		b.units.Add(-units)
		b.sold = append(b.sold, got)
	}
}

// takeBack takes one line of a sale back, in whole.
func (b *till) takeBack(t *testing.T) {
	if len(b.sold) == 0 {
		return
	}
	sale := b.sold[0]
	line := sale.Lines[len(sale.Lines)-1]
	got := b.decide(t, ask{kind: "return", path: fmt.Sprintf("/api/v1/sales/%d/return/", sale.ID), table: "omnistock_sale", body: map[string]any{
		"lines": []map[string]any{{"line": line.ID, "units": line.Units}},
	}})
	if !got.isDone() {
		t.Errorf("return of what was sold: status %d", got.status)
	}
	b.units.Add(int64(line.Units))
	b.sold[0].Lines = sale.Lines[:len(sale.Lines)-1]
	if len(b.sold[0].Lines) == 0 {
		b.sold = b.sold[1:]
	}
}

// transfer brings units to the other store: at once, on a way that ends, or on one that does not.
func (b *till) transfer(t *testing.T) {
	lines, _ := b.lines(1, 3)
	from, isThere := b.store(), b.random.IntN(2) == 0
	got := b.decide(t, ask{kind: "transfer", path: "/api/v1/stock/transfers/", table: "omnistock_transfer", body: map[string]any{
		"from_store": from, "to_store": 3 - from, "lines": lines, "received": isThere,
	}})
	if !got.isDone() || isThere || b.random.IntN(10) == 0 {
		return
	}
	// Without a key: what was done before an answer was lost is a conflict now.
	b.decide(t, ask{kind: "arrive", path: fmt.Sprintf("/api/v1/stock/transfers/%d/receive/", got.ID), body: map[string]any{}})
}

// A reservation is what a till holds for somebody.
type reservation struct{ id, store, item, units int64 }

// hold holds units, and sells them, lets them go or forgets them.
func (b *till) hold(t *testing.T) {
	r := &reservation{store: b.store(), item: b.item(), units: 1 + b.random.Int64N(2)}
	got := b.decide(t, ask{kind: "reserve", path: "/api/v1/stock/reservations/", table: "omnistock_reservation", body: map[string]any{
		"item": r.item, "store": r.store, "units": r.units, "hold_seconds": 2,
	}})
	r.id = got.ID
	if !got.isDone() {
		return
	}
	switch n := b.random.IntN(4); {
	case n < 2:
		b.sell(t, r)
	case n == 2:
		b.decide(t, ask{kind: "release", path: fmt.Sprintf("/api/v1/stock/reservations/%d/release/", r.id), body: map[string]any{}})
	}
}

func (b *till) receive(t *testing.T) {
	units := 1 + b.random.Int64N(6)
	got := b.decide(t, ask{kind: "receive", path: fmt.Sprintf("/api/v1/collectibles/%d/movements/", b.item()), table: "omnistock_stock_movement", body: map[string]any{
		"kind": "receive", "store": b.store(), "delta": units, "unit_cost": fmt.Sprintf("%d.%02d", b.random.IntN(9), b.random.IntN(100)),
	}})
	if got.isDone() {
		b.units.Add(units)
	}
}

func (b *till) acquire(t *testing.T) {
	lines, units := b.lines(2, 5)
	got := b.decide(t, ask{kind: "acquire", path: "/api/v1/stock/acquisitions/", table: "omnistock_acquisition", body: map[string]any{
		"store": b.store(), "cost": fmt.Sprintf("%d.%02d", b.random.IntN(30), b.random.IntN(100)), "lines": lines,
	}})
	if got.isDone() {
		b.units.Add(units)
	}
}

// repack makes up to three units of one item out of one of another.
func (b *till) repack(t *testing.T) {
	taken, made, units := b.item(), b.item(), 1+b.random.Int64N(3)
	if taken == made {
		return
	}
	got := b.decide(t, ask{kind: "repack", path: "/api/v1/stock/repacks/", table: "omnistock_repack", body: map[string]any{
		"kind": "break", "store": b.store(), "taken": []map[string]any{{"item": taken, "units": 1}}, "made": []map[string]any{{"item": made, "units": units}},
	}})
	if got.isDone() {
		b.units.Add(units - 1)
	}
}

// countStore counts some items of a store, unless somebody else is counting it, and is now and then off by one.
func (b *till) countStore(t *testing.T) {
	store := b.store()
	got := b.decide(t, ask{kind: "count", path: "/api/v1/stocktakes/", table: "omnistock_stocktake", body: map[string]any{"store": store}})
	if !got.isDone() {
		return
	}
	path := fmt.Sprintf("/api/v1/stocktakes/%d/", got.ID)
	for range 1 + b.random.IntN(4) {
		item, units := b.item(), b.random.Int64N(3)-1
		places := b.request(t, b.random, http.MethodGet, ask{kind: "look", path: fmt.Sprintf("/api/v1/collectibles/%d/stock/", item)})
		for _, p := range places.Places {
			if p.Store == store {
				units += p.Quantity
			}
		}
		if units < 1 {
			continue
		}
		b.serial++
		scan := ask{kind: "scan", path: path + "scans/", body: map[string]any{"scans": []map[string]any{
			{"item": item, "units": units, "client_key": fmt.Sprintf("%d/%d", b.n, b.serial)},
		}}}
		for range 1 + b.random.IntN(2) { // the second time it does nothing
			b.decide(t, scan)
		}
	}
	b.decide(t, ask{kind: "post", path: path + "post/", body: map[string]any{}})
}
