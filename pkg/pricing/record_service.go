package pricing

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// A Noted is an observation that was asked for. IsNew is false where it was noted before.
type Noted struct {
	*Observation
	IsNew bool
}

// Record notes prices of items of the vendor for which the actor works: all of them or, with core.Invalid, none. What is
// wrong stands in the element of the field "prices" that has the price's place.
func (s *Service) Record(ctx context.Context, prices []Price) ([]Noted, error) {
	noted, wrong, err := s.record(ctx, prices)
	if err == nil && wrong != nil {
		return nil, core.InvalidFields(core.Fields{"prices": wrong})
	}
	return noted, err
}

// RecordOne notes the price of an item that its id names. It is NotFound if the item is not the vendor's for which the actor
// works, Forbidden if the actor may not change it.
func (s *Service) RecordOne(ctx context.Context, p Price) (Noted, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return Noted{}, err
	}
	it, err := selectItem(ctx, s.db, a.VendorID, p.ItemID)
	if err != nil {
		return Noted{}, err
	}
	if !a.MayWriteStore(it.StoreID) {
		return Noted{}, errNoStoreAccess
	}
	noted, wrong, err := s.record(ctx, []Price{p})
	switch {
	case err != nil:
		return Noted{}, err
	case wrong != nil:
		return Noted{}, core.InvalidFields(wrong[0])
	}
	return noted[0], nil
}

// record is Record, but says what is wrong with each price; nil if nothing is.
func (s *Service) record(ctx context.Context, prices []Price) (noted []Noted, wrong []core.Fields, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, nil, err
	}
	n := notes{vendorID: a.VendorID, userID: core.ActorFrom(ctx).UserID, mayWrite: a.MayWriteStore, prices: prices, now: s.now()}
	err = s.inTx(ctx, func(ctx context.Context, tx db.LoadTx) error {
		if err := n.settle(ctx, tx.Tx); err != nil || n.failed > 0 {
			return err
		}
		return loadObservations(ctx, tx, n.news())
	})
	if err != nil || n.failed > 0 {
		return nil, n.wrong, err
	}
	return n.noted, nil, nil
}

// tries is how often a transaction is begun when somebody else notes the same at the same time.
const tries = 3

func (s *Service) inTx(ctx context.Context, fn func(ctx context.Context, tx db.LoadTx) error) (err error) {
	for range tries {
		if err = db.InLoadTx(ctx, s.db, fn); !isNotedMeanwhile(err) {
			return err
		}
	}
	return core.Errorf(core.Conflict, "somebody else notes the same prices: %w", err)
}

// otherAmount is what a price hears whose item has another one by the same source at the same moment.
func otherAmount(o *Observation) string {
	return fmt.Sprintf("There is another amount by this source at this moment: %s %s.", o.Amount, o.Currency)
}
