package costing

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var errOtherAcquisition = core.Errorf(core.Unprocessable, "This client_key stands for another acquisition.")

// Acquire receives things that were bought together, each at its share of the cost, in a store in which the actor may
// write. Where the client key names an acquisition already, that is returned, and isNew is false.
func (s *Service) Acquire(ctx context.Context, r AcquisitionRequest) (acq *Acquisition, isNew bool, err error) {
	if err := r.validate(); err != nil {
		return nil, false, err
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, false, err
	}
	find := func(key string) (*Acquisition, error) {
		return selectAcquisitionBy(ctx, s.db, a.VendorID, "client_key", key)
	}
	judge := func(acq *Acquisition) error {
		if err := mayAcquire(a, acq.StoreID); err != nil {
			return err
		}
		if !r.isMetBy(acq) {
			return errOtherAcquisition
		}
		return nil
	}
	return db.Once(r.ClientKey, acquisitionTable, find, judge, func() (acq *Acquisition, err error) {
		err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
			acq, err = s.acquire(ctx, tx, a, r)
			return err
		})
		return acq, err
	})
}

func (s *Service) acquire(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r AcquisitionRequest) (*Acquisition, error) {
	shares := weigh(r.Lines)
	spread(r.Cost, shares)
	h, err := s.stock.Lock(ctx, tx, a.VendorID, itemsOf(shares))
	if err != nil {
		return nil, err
	}
	st, err := s.stock.HoldStore(ctx, tx, a.VendorID, r.StoreID)
	if err == nil {
		err = mayAcquire(a, r.StoreID)
	}
	if err == nil {
		err = st.CheckCurrency(r.Currency)
	}
	if err == nil {
		err = name(shares, h)
	}
	if err != nil {
		return nil, err
	}
	acq := &Acquisition{
		VendorID: a.VendorID, StoreID: r.StoreID, Cost: r.Cost.Stored(), Supplier: r.Supplier, Reference: r.Reference,
		UserID: userID(ctx), ClientKey: r.ClientKey, CreatedAt: s.now(),
	}
	if err := insertAcquisition(ctx, tx, acq); err != nil {
		return nil, err
	}
	p := stock.Posting{
		Kind: stock.Receive, Reason: acq.Supplier, Reference: fmt.Sprintf("%s %d", documentAcquisition, acq.ID), Document: acq.document(),
	}
	var postings []stock.Posting
	for _, sh := range shares {
		acq.Lines = append(acq.Lines, &AcquisitionLine{AcquisitionID: acq.ID, Share: sh})
		postings = append(postings, sh.receive(acq.StoreID, p)...)
	}
	if err := insertAcquisitionLines(ctx, tx, acq.Lines); err != nil {
		return nil, err
	}
	_, err = s.stock.Post(ctx, tx, h, postings...)
	return acq, err
}

// Acquisitions returns those of the vendor for which the actor works, in stores whose costs they may see, the newest first,
// behind the one of an id if that is not 0.
func (s *Service) Acquisitions(ctx context.Context, before, limit int64) ([]*Acquisition, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	stores, all := a.ReadableStores()
	switch {
	case all:
		stores = nil
	case len(stores) == 0:
		return nil, nil
	default:
		stores = slices.DeleteFunc(stores, func(id int64) bool { return !maySeeCost(a, id) })
	}
	return selectAcquisitions(ctx, s.db, a.VendorID, stores, before, limit)
}
