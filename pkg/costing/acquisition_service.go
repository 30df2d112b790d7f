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
	if acq, err := s.replay(ctx, a, r); acq != nil || err != nil {
		return acq, false, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		acq, err = s.acquire(ctx, tx, a, r)
		return err
	})
	if err != nil { // because the same was acquired just now, by another request?
		if done, other := s.replay(ctx, a, r); done != nil || db.IsUniqueViolation(err, acquisitionTable, "client_key") {
			return done, false, other
		}
		return nil, false, err
	}
	return acq, true, nil
}

func (s *Service) replay(ctx context.Context, a vendors.Affiliation, r AcquisitionRequest) (*Acquisition, error) {
	if r.ClientKey == nil || a.VendorID == 0 {
		return nil, nil //nolint:nilnil // there is none
	}
	acq, err := selectAcquisitionBy(ctx, s.db, a.VendorID, "client_key", *r.ClientKey)
	switch {
	case core.KindOf(err) == core.NotFound:
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, err
	case !r.isMetBy(acq):
		return nil, errOtherAcquisition
	case !a.MayWriteStore(acq.StoreID):
		return nil, errNoStoreAccess
	}
	return acq, nil
}

func (s *Service) acquire(ctx context.Context, tx bun.Tx, a vendors.Affiliation, r AcquisitionRequest) (*Acquisition, error) {
	ids := make([]int64, len(r.Lines))
	for i, l := range r.Lines {
		ids[i] = l.ItemID
	}
	h, err := s.stock.Lock(ctx, tx, a.VendorID, ids)
	if err != nil {
		return nil, err
	}
	if ours, err := s.vendors.HasStore(ctx, tx, a.VendorID, r.StoreID); err != nil || !ours || !a.MayWriteStore(r.StoreID) {
		return nil, firstError(err, errNoStoreAccess)
	}
	if !maySeeCost(a, r.StoreID) {
		return nil, errMayNotSeeCost
	}
	acq := &Acquisition{
		VendorID: a.VendorID, StoreID: r.StoreID, Cost: r.Cost.Stored(), Supplier: r.Supplier, Reference: r.Reference,
		ClientKey: r.ClientKey, CreatedAt: s.now(), Lines: r.spread(),
	}
	if userID := core.ActorFrom(ctx).UserID; userID != 0 {
		acq.UserID = &userID
	}
	if err := insertAcquisition(ctx, tx, acq); err != nil {
		return nil, err
	}
	var postings []stock.Posting
	for _, l := range acq.Lines {
		it, err := h.Item(l.ItemID)
		if err != nil {
			return nil, err
		}
		l.AcquisitionID, l.SKU, l.Name = acq.ID, it.SKU, it.Name
		postings = append(postings, acq.postings(l)...)
	}
	if err := insertAcquisitionLines(ctx, tx, acq.Lines); err != nil {
		return nil, err
	}
	_, err = s.stock.Post(ctx, tx, h, postings...)
	return acq, err
}

func (acq *Acquisition) postings(l *AcquisitionLine) (ps []stock.Posting) {
	for _, p := range l.perUnit() {
		ps = append(ps, stock.Posting{
			Place: stock.Place{ItemID: l.ItemID, StoreID: acq.StoreID}, Delta: p.units, Kind: stock.Receive, UnitCost: &p.cost,
			Reason: acq.Supplier, Reference: fmt.Sprintf("%s %d", documentAcquisition, acq.ID),
			Document: stock.Document{Kind: documentAcquisition, ID: acq.ID},
		})
	}
	return ps
}

// firstError returns the first one that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
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
