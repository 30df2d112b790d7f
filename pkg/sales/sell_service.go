package sales

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Sell sells what is in a basket, all of it or nothing, in a store of the vendor for which the actor works. It is Conflict
// if there are too few units, Forbidden if another price than the items' is asked for without the capability. Where the
// client key names a sale already, that is returned, and isNew is false; it is Unprocessable if another one was asked for.
func (s *Service) Sell(ctx context.Context, r Request) (sa *Sale, isNew bool, err error) {
	if err := r.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err == nil {
		err = maySell(a, r.StoreID)
	}
	if err != nil {
		return nil, false, err
	}
	return s.once(ctx, a, r.ClientKey, fingerprint(r), func(ctx context.Context, tx bun.Tx) (*Sale, error) {
		return s.sell(ctx, tx, a, r)
	})
}

// once does what a client key names, in a transaction, unless it is done: then it returns what came of it.
func (s *Service) once(
	ctx context.Context, a vendors.Affiliation, key *string, asked string, do func(ctx context.Context, tx bun.Tx) (*Sale, error),
) (sa *Sale, isNew bool, err error) {
	find := func(key string) (*Sale, error) { return selectByKey(ctx, s.db, a.VendorID, key) }
	judge := func(sa *Sale) error {
		if sa.Fingerprint != asked {
			return errOtherSale
		}
		return maySell(a, sa.StoreID)
	}
	return db.Once(key, saleTable, find, judge, func() (sa *Sale, err error) {
		err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			if sa, err = do(ctx, tx); err != nil {
				return err
			}
			sa.ClientKey, sa.Fingerprint = key, asked
			return s.enter(ctx, tx, sa)
		})
		return sa, err
	})
}

func (s *Service) sell(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r Request) (*Sale, error) {
	st, err := s.vendors.HoldStore(ctx, tx, a.VendorID, r.StoreID)
	if core.KindOf(err) == core.NotFound {
		return nil, core.UnknownID("store", r.StoreID)
	}
	if err == nil {
		err = mayTakeMoney(st, r.Currency)
	}
	if err != nil {
		return nil, err
	}
	h, goods, err := s.lockGoods(ctx, tx, a.VendorID, r.Lines)
	if err != nil {
		return nil, err
	}
	if r.isReduced(goods) && !a.May(r.StoreID, vendors.GiveDiscount) {
		return nil, errNoDiscount
	}
	sa, err := r.price(goods, orZero(st.DefaultTaxRate))
	if err == nil {
		err = sa.pay(r.Tenders)
	}
	if err == nil {
		err = s.fulfil(ctx, tx, h, r)
	}
	if err != nil {
		return nil, err
	}
	sa.VendorID, sa.StoreID, sa.Kind, sa.Currency, sa.Note = a.VendorID, st.ID, Ordinary, orZero(st.Currency), r.Note
	return sa, s.takeUnits(ctx, tx, h, sa)
}

// lockGoods locks the vendor's items that lines name, and returns them, one for each line: Invalid if one is unknown.
func (s *Service) lockGoods(ctx context.Context, tx bun.Tx, vendorID int64, lines []LineRequest) (*stock.Holdings, []stock.Item, error) {
	ids, hasSKU := make([]int64, len(lines)), false
	for i, l := range lines {
		ids[i] = l.ItemID
		hasSKU = hasSKU || l.SKU != ""
	}
	var err error
	if hasSKU {
		if ids, err = findGoods(ctx, tx, vendorID, lines); err != nil {
			return nil, nil, err
		}
	}
	h, err := s.stock.Lock(ctx, tx, vendorID, ids)
	if core.KindOf(err) == core.NotFound {
		if _, which := findGoods(ctx, tx, vendorID, lines); which != nil {
			err = which
		}
	}
	goods := make([]stock.Item, len(lines))
	for i, id := range ids {
		if err == nil {
			goods[i], err = h.Item(id)
		}
	}
	return h, goods, err
}

// mayTakeMoney returns why a store cannot sell in a currency, "" for its own.
func mayTakeMoney(st *vendors.Store, currency string) error {
	switch {
	case !st.IsActive:
		return errClosed
	case orZero(st.DefaultTaxRate) < 0:
		return errTaxRate
	}
	return st.CheckCurrency(currency)
}

// fulfil ends the reservations of a request.
func (s *Service) fulfil(ctx context.Context, tx bun.Tx, h *stock.Holdings, r Request) error {
	reservations, err := s.stock.Fulfil(ctx, tx, h, slices.Compact(slices.Sorted(slices.Values(r.Reservations))))
	for _, reservation := range reservations {
		if err == nil && reservation.StoreID != r.StoreID {
			err = errOtherStore
		}
	}
	return err
}

// takeUnits gives a sale its id, and takes its units out of stock. It is Invalid if more pieces than units would be left.
func (s *Service) takeUnits(ctx context.Context, tx bun.Tx, h *stock.Holdings, sa *Sale) (err error) {
	if sa.ID, err = db.NextID(ctx, tx, saleTable); err != nil {
		return err
	}
	pieces, err := s.findPieces(ctx, tx, sa.VendorID, sa.Lines)
	if err != nil {
		return err
	}
	postings := make([]stock.Posting, len(sa.Lines))
	for i, l := range sa.Lines {
		it, err := h.Item(l.ItemID)
		if err != nil {
			return err
		}
		l.SKU, l.Name = it.SKU, it.Name
		postings[i] = stock.Posting{
			Place: stock.Place{ItemID: l.ItemID, StoreID: sa.StoreID}, Delta: -int64(l.Units), Kind: stock.Sale, UnitPrice: &l.UnitPrice,
			OriginID: l.origin(pieces), Document: sa.document(),
		}
	}
	if err := s.post(ctx, tx, h, sa.Lines, postings); err != nil {
		return err
	}
	return s.haveNamed(ctx, tx, h, sa)
}

// post makes the movements of lines, one for each, which move the pieces that these name.
func (s *Service) post(ctx context.Context, tx bun.Tx, h *stock.Holdings, lines []*Line, postings []stock.Posting) error {
	if len(lines) == 0 {
		return nil
	}
	movements, err := s.stock.Post(ctx, tx, h, postings...)
	for i, m := range movements {
		lines[i].MovementID = m.ID
	}
	if err != nil {
		return err
	}
	return s.movePieces(ctx, tx, h, lines, movements)
}

// enter writes a document. Its number comes last: who else sells in the store waits for it until the transaction ends.
func (s *Service) enter(ctx context.Context, tx bun.Tx, sa *Sale) error {
	sa.CreatedAt = s.now()
	if userID := core.ActorFrom(ctx).UserID; userID != 0 {
		sa.UserID = &userID
	}
	for i, l := range sa.Lines {
		l.SaleID, l.Position = sa.ID, int32(i)+1
	}
	for _, t := range sa.Tenders {
		t.SaleID = sa.ID
	}
	if err := insertLines(ctx, tx, sa.Lines); err != nil {
		return err
	}
	if err := insertSerials(ctx, tx, sa.Lines); err != nil {
		return err
	}
	return insertSale(ctx, tx, sa)
}

// orZero is what a pointer points to, or the zero value for nil.
func orZero[T any](pointer *T) (value T) {
	if pointer != nil {
		value = *pointer
	}
	return value
}
