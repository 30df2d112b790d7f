package stocktake

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// Count enters scans into a stocktake, all of them or none. Scans whose client keys are here already do nothing, also in
// one that is closed by now; the others are Conflict there, Invalid if they name no item of the vendor and the scope or
// take back more than was counted, Unprocessable if their key stands for another scan.
func (s *Service) Count(ctx context.Context, id int64, scans []ScanRequest) (c Counted, err error) {
	if err := validateScans(scans); err != nil {
		return c, err
	}
	a, _, err := s.get(ctx, id, mayCount)
	if err != nil {
		return c, err
	}
	for range 2 { // the second time it finds what another request has entered meanwhile
		err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			t, err := holdStocktake(ctx, tx, a.VendorID, id)
			if err == nil {
				c, err = s.count(ctx, tx, t, scans)
			}
			return err
		})
		if !db.IsUniqueViolation(err, scanTable, "client_key") {
			break
		}
	}
	return c, err
}

func (s *Service) count(ctx context.Context, tx bun.Tx, t *Stocktake, scans []ScanRequest) (c Counted, err error) {
	n, err := s.identify(ctx, tx, t, scans)
	if err != nil {
		return c, err
	}
	fresh, err := s.unknown(ctx, tx, t, n)
	c = Counted{New: len(fresh), Replayed: len(scans) - len(fresh)}
	if err != nil || len(fresh) == 0 {
		return c, err
	}
	if err := t.isOpen(); err != nil {
		return c, err
	}
	if err := n.check(t, fresh); err != nil {
		return c, err
	}
	c.Lines, err = s.enter(ctx, tx, t, n, fresh)
	return c, err
}

// identified are scans with the items that they name.
type identified struct {
	scans []ScanRequest
	items []*target // nil where there is none
}

func (s *Service) identify(ctx context.Context, tx bun.Tx, t *Stocktake, scans []ScanRequest) (n identified, err error) {
	var ids []int64
	var skus []string
	for _, sc := range scans {
		if sc.ItemID != nil {
			ids = append(ids, *sc.ItemID)
		} else {
			skus = append(skus, *sc.SKU)
		}
	}
	found, err := selectTargets(ctx, tx, t.VendorID, ids, skus)
	if err != nil {
		return n, err
	}
	byID, bySKU := map[int64]*target{}, map[string]*target{}
	for i := range found {
		byID[found[i].ID], bySKU[found[i].SKU] = &found[i], &found[i]
	}
	n = identified{scans: scans, items: make([]*target, len(scans))}
	for i, sc := range scans {
		if sc.ItemID != nil {
			n.items[i] = byID[*sc.ItemID]
		} else {
			n.items[i] = bySKU[*sc.SKU]
		}
	}
	return n, nil
}

// unknown returns which scans are not in the stocktake: by their places in the request, one of those with the same key.
func (s *Service) unknown(ctx context.Context, tx bun.Tx, t *Stocktake, n identified) (fresh []int, err error) {
	keys := make([]string, len(n.scans))
	for i, sc := range n.scans {
		keys[i] = sc.ClientKey
	}
	known, err := selectScans(ctx, tx, t.ID, keys)
	if err != nil {
		return nil, err
	}
	byKey := map[string]*Scan{}
	for _, sc := range known {
		byKey[sc.ClientKey] = sc
	}
	for i, r := range n.scans {
		before := byKey[r.ClientKey]
		switch {
		case before == nil:
			fresh = append(fresh, i)
			byKey[r.ClientKey] = &Scan{Units: r.Units, ItemID: n.itemID(i)}
		case before.Units != r.Units || n.names(i, before.ItemID):
			return nil, errOtherScan(r.ClientKey)
		}
	}
	return fresh, nil
}

// itemID is that of the item which a scan names, 0 if there is none.
func (n identified) itemID(i int) int64 {
	if n.items[i] == nil {
		return 0
	}
	return n.items[i].ID
}

// names reports whether a scan names an item, and another one than that. An item that is gone by now was counted once.
func (n identified) names(i int, itemID int64) (another bool) {
	if r := n.scans[i]; r.ItemID != nil {
		return *r.ItemID != itemID
	}
	return n.items[i] != nil && n.items[i].ID != itemID
}

// check reports which scans name no item that is counted.
func (n identified) check(t *Stocktake, fresh []int) error {
	wrong := newWrongScans(len(n.scans))
	for _, i := range fresh {
		field, it := "sku", n.items[i]
		if n.scans[i].ItemID != nil {
			field = "item"
		}
		switch {
		case it == nil && field == "item":
			wrong.add(i, field, core.UnknownIDMessage(*n.scans[i].ItemID))
		case it == nil:
			wrong.add(i, field, "No collectible of your vendor has this SKU.")
		case !t.covers(it.Category):
			wrong.add(i, field, "This collectible is not in the scope of the stocktake.")
		}
	}
	return wrong.err()
}

// enter counts scans under the locks of their items.
func (s *Service) enter(ctx context.Context, tx bun.Tx, t *Stocktake, n identified, fresh []int) ([]*Line, error) {
	scans := s.newScans(ctx, t, n, fresh)
	ids := itemsOf(scans)
	h, err := s.stock.Lock(ctx, tx, t.VendorID, ids)
	if err != nil {
		return nil, err
	}
	had, err := s.history(ctx, tx, t, h, scans, ids)
	if err != nil {
		return nil, err
	}
	known, err := selectLines(ctx, tx, t.ID, ids)
	if err != nil {
		return nil, err
	}
	lines := map[int64]*Line{}
	for _, l := range known {
		lines[l.ItemID] = l
	}
	totals := map[int64]int64{}
	for _, sc := range scans {
		totals[sc.ItemID] += int64(sc.Units)
	}
	if err := n.checkTotals(fresh, lines, totals); err != nil {
		return nil, err
	}
	for _, sc := range scans {
		it, err := h.Item(sc.ItemID)
		if err != nil {
			return nil, err
		}
		if lines[sc.ItemID] == nil {
			lines[sc.ItemID] = newLine(t, it)
		}
		lines[sc.ItemID].add(sc, had(sc))
	}
	counted := slices.SortedFunc(maps.Values(lines), func(a, b *Line) int { return int(a.ItemID - b.ItemID) })
	if err := upsertLines(ctx, tx, counted); err != nil {
		return nil, err
	}
	return counted, insertScans(ctx, tx, scans)
}

// newScans makes scans that are to be entered. The moments that phones give lie between the stocktake's opening and now.
func (s *Service) newScans(ctx context.Context, t *Stocktake, n identified, fresh []int) []*Scan {
	now, by := s.now(), userID(ctx)
	scans := make([]*Scan, len(fresh))
	for i, at := range fresh {
		r := n.scans[at]
		sc := &Scan{StocktakeID: t.ID, ItemID: n.items[at].ID, Units: r.Units, ClientKey: r.ClientKey, UserID: by, ScannedAt: now, CreatedAt: now}
		if r.ScannedAt != nil && r.ScannedAt.Before(now) {
			sc.ScannedAt = r.ScannedAt.UTC().Truncate(time.Microsecond)
			if sc.ScannedAt.Before(t.CreatedAt) {
				sc.ScannedAt = t.CreatedAt
			}
		}
		scans[i] = sc
	}
	return scans
}

func itemsOf(scans []*Scan) []int64 {
	ids := make([]int64, len(scans))
	for i, sc := range scans {
		ids[i] = sc.ItemID
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// history returns how many units the ledger had in the store when a scan was made.
func (s *Service) history(
	ctx context.Context, tx bun.Tx, t *Stocktake, h *stock.Holdings, scans []*Scan, ids []int64,
) (func(sc *Scan) int64, error) {
	first := scans[0].CreatedAt
	for _, sc := range scans {
		if sc.ScannedAt.Before(first) {
			first = sc.ScannedAt
		}
	}
	var since []moved
	if first.Before(scans[0].CreatedAt) {
		var err error
		if since, err = selectMoved(ctx, tx, ids, t.StoreID, first); err != nil {
			return nil, err
		}
	}
	return func(sc *Scan) int64 {
		units := h.Units(t.place(sc.ItemID))
		if sc.ScannedAt.Equal(sc.CreatedAt) {
			return units
		}
		for _, m := range since {
			if m.ItemID == sc.ItemID && m.CreatedAt.After(sc.ScannedAt) {
				units -= m.Delta
			}
		}
		return units
	}, nil
}

// checkTotals reports which scans take back more than was counted.
func (n identified) checkTotals(fresh []int, lines map[int64]*Line, totals map[int64]int64) error {
	wrong := newWrongScans(len(n.scans))
	for _, i := range fresh {
		id := n.items[i].ID
		total := totals[id]
		if l := lines[id]; l != nil {
			total += int64(l.Counted)
		}
		if msg := checkTotal(total); msg != "" {
			wrong.add(i, "units", msg)
		}
	}
	return wrong.err()
}

// errOtherScan names the key that stands for another scan.
func errOtherScan(key string) error {
	return core.Errorf(core.Unprocessable, "The client_key %q stands for another scan.", key)
}
