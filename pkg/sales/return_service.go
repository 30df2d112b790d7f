package sales

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// TakeBack takes a part of a sale back, and gives back what was paid for it. It is Conflict if more would come back than was
// sold, if the sale is void, or if units of a deleted item are to be sold again: without that, nothing of them moves. A client
// key works as that of Sell.
func (s *Service) TakeBack(ctx context.Context, r ReturnRequest) (sa *Sale, isNew bool, err error) {
	if err := r.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	original, err := selectSale(ctx, s.db, a.VendorID, r.SaleID) // which does not change
	if err == nil {
		err = maySell(a, original.StoreID)
	}
	if err == nil && original.Kind != Ordinary {
		err = errNoSale
	}
	if err != nil {
		return nil, false, err
	}
	return s.once(ctx, a, r.ClientKey, fingerprint(r), func(ctx context.Context, tx bun.Tx) (*Sale, error) {
		return s.takeBack(ctx, tx, original, r)
	})
}

func (s *Service) takeBack(ctx context.Context, tx bun.Tx, original *Sale, r ReturnRequest) (*Sale, error) {
	lines, err := original.linesOf(r)
	if err != nil {
		return nil, err
	}
	h, err := s.lockWith(ctx, tx, original, lines)
	if err != nil {
		return nil, err
	}
	sa := original.outcome(Return, r.Note)
	for i, l := range lines {
		if q := r.Lines[i]; q.Units > l.Units-l.Returned {
			return nil, core.Errorf(core.Conflict, "Of %s, %d units were sold and %d came back, not %d more.", l.SKU, l.Units, l.Returned, q.Units)
		}
		if !hasItem(h, l) && !r.Lines[i].WriteOff {
			return nil, errItemGone(l)
		}
		part := l.part(r.Lines[i].Units, l.Returned)
		part.PieceIDs = r.Lines[i].Serials
		sa.Lines = append(sa.Lines, part)
	}
	sa.addUp()
	if err := sa.giveBack(r.method(), r.Tenders); err != nil {
		return nil, err
	}
	return sa, s.putBack(ctx, tx, h, sa, lines, r)
}

// linesOf returns the lines of a sale that a request names, in its order.
func (sa *Sale) linesOf(r ReturnRequest) ([]*Line, error) {
	byID := map[int64]*Line{}
	for _, l := range sa.Lines {
		byID[l.ID] = l
	}
	lines, wrong := make([]*Line, len(r.Lines)), core.Fields{}
	setElements(wrong, "lines", r.Lines, func(q ReturnLineRequest) core.Fields {
		if byID[q.LineID] == nil {
			return core.Fields{"line": []string{core.UnknownIDMessage(q.LineID)}}
		}
		return nil
	})
	for i, q := range r.Lines {
		lines[i] = byID[q.LineID]
	}
	return lines, core.InvalidFields(wrong)
}

// lockWith locks the items of lines of a sale, but for deleted ones, and then the sale: nobody else makes something of it
// until the transaction ends. It reads what became of it so far, and is Conflict if it is void.
func (s *Service) lockWith(ctx context.Context, tx bun.Tx, original *Sale, lines []*Line) (*stock.Holdings, error) {
	st, err := s.vendors.HoldStore(ctx, tx, original.VendorID, original.StoreID)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, errStoreGone
	case err != nil:
		return nil, err
	case !st.IsActive:
		return nil, errClosed
	}
	h, err := s.stock.LockPresent(ctx, tx, original.VendorID, itemIDs(lines))
	if err == nil {
		err = lockSale(ctx, tx, original.ID)
	}
	if err == nil {
		err = selectOutcome(ctx, tx, original)
	}
	if err == nil && original.VoidID != nil {
		err = errVoided
	}
	return h, err
}

// outcome begins a document that names a sale.
func (sa *Sale) outcome(kind Kind, note string) *Sale {
	id := sa.ID
	return &Sale{
		VendorID: sa.VendorID, StoreID: sa.StoreID, Kind: kind, OriginalID: &id, Currency: sa.Currency, TaxRate: sa.TaxRate, Note: note,
	}
}

// method is how money is given back unless several tenders say it.
func (r ReturnRequest) method() Method {
	if r.Method == "" {
		return Cash
	}
	return r.Method
}

// putBack puts the units of a return into stock. What is not to be sold again is written off at once.
func (s *Service) putBack(ctx context.Context, tx bun.Tx, h *stock.Holdings, sa *Sale, sold []*Line, r ReturnRequest) error {
	if _, err := s.findPieces(ctx, tx, sa.VendorID, sa.Lines); err != nil {
		return err
	}
	if err := s.bringBack(ctx, tx, h, sa, sold); err != nil {
		return err
	}
	return s.writeOff(ctx, tx, h, sa, r)
}

// bringBack gives a return or a void its id, and puts its units into stock. Those of an item that is deleted have none to
// come back to: their lines have no movement, and their pieces are written off.
func (s *Service) bringBack(ctx context.Context, tx bun.Tx, h *stock.Holdings, sa *Sale, sold []*Line) (err error) {
	if err := s.nameRest(ctx, tx, sa, sold); err != nil {
		return err
	}
	if sa.ID, err = db.NextID(ctx, tx, saleTable); err != nil {
		return err
	}
	var there []*Line
	var postings []stock.Posting
	for i, l := range sa.Lines {
		if !hasItem(h, l) {
			if err := s.retire(ctx, tx, sa.VendorID, l, sold[i]); err != nil {
				return err
			}
			continue
		}
		there, postings = append(there, l), append(postings, sa.posting(l, sold[i]))
	}
	return s.post(ctx, tx, h, there, postings)
}

// posting brings back what a line of a return or a void takes back of one that was sold.
func (sa *Sale) posting(l, sold *Line) stock.Posting {
	p := stock.Posting{
		Place: stock.Place{ItemID: l.ItemID, StoreID: sa.StoreID}, Delta: -int64(l.Units), Kind: stock.Return, Reason: sa.Note,
		UnitPrice: &l.UnitPrice, OriginID: &sold.MovementID, Document: sa.document(),
	}
	if sa.Kind == Void {
		p.Kind, p.UndoesID = stock.Sale, &sold.MovementID
	}
	return p
}

// hasItem reports whether the item of a line is there still.
func hasItem(h *stock.Holdings, l *Line) bool {
	_, err := h.Item(l.ItemID)
	return err == nil
}

// writeOff takes what came back and is not to be sold again out of stock.
func (s *Service) writeOff(ctx context.Context, tx bun.Tx, h *stock.Holdings, sa *Sale, r ReturnRequest) error {
	var lines []*Line
	var postings []stock.Posting
	for i, l := range sa.Lines {
		if !r.Lines[i].WriteOff || !hasItem(h, l) {
			continue
		}
		lines = append(lines, l)
		postings = append(postings, stock.Posting{
			Place: stock.Place{ItemID: l.ItemID, StoreID: sa.StoreID}, Delta: int64(l.Units), Kind: stock.WriteOff, TakesHeld: true, Reason: sa.Note,
			OriginID: &l.MovementID, Document: sa.document(),
		})
	}
	if len(postings) == 0 {
		return nil
	}
	movements, err := s.stock.Post(ctx, tx, h, postings...)
	if err != nil {
		return err
	}
	return s.movePieces(ctx, tx, h, lines, movements)
}

// Cancel makes a sale void, as a whole and once: all its units come back but for those of deleted items, and all that was
// paid is given back. It is Conflict if something of it was returned before.
func (s *Service) Cancel(ctx context.Context, id int64, reason string) (sa *Sale, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	original, err := selectSale(ctx, s.db, a.VendorID, id) // which does not change
	if err == nil {
		err = mayVoid(a, original)
	}
	if err != nil {
		return nil, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if sa, err = s.cancel(ctx, tx, original, reason); err != nil {
			return err
		}
		return s.enter(ctx, tx, sa)
	})
	return sa, err
}

func (s *Service) cancel(ctx context.Context, tx bun.Tx, original *Sale, reason string) (*Sale, error) {
	h, err := s.lockWith(ctx, tx, original, original.Lines)
	if err != nil {
		return nil, err
	}
	sa := original.outcome(Void, reason)
	for _, l := range original.Lines {
		if l.Returned > 0 {
			return nil, errReturned
		}
		sa.Lines = append(sa.Lines, l.part(l.Units, 0))
	}
	sa.addUp()
	sa.giveAllBack(original)
	return sa, s.bringBack(ctx, tx, h, sa, original.Lines)
}
