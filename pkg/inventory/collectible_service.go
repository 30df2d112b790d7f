package inventory

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

var errNoStoreAccess = core.Errorf(core.Forbidden, "You do not have access to that store.")

// List returns the collectibles of the vendor for which the actor works, by name.
func (s *Service) List(ctx context.Context, f Filter) ([]*Collectible, error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, err
	}
	items, err := s.listing.selectCollectibles(ctx, a.VendorID, f)
	withoutCost(a, items...)
	return items, err
}

// Get returns a collectible: NotFound if it is not the vendor's for which the actor works, Forbidden if the actor has
// no access to its store.
func (s *Service) Get(ctx context.Context, id int64) (*Collectible, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	c, err := selectCollectible(ctx, s.db, a.VendorID, id)
	if err == nil && !a.MayReadStore(c.StoreID) {
		err = errNoStoreAccess
	}
	if err == nil {
		withoutCost(a, c)
	}
	return c, err
}

// Create makes a collectible in a store in which the actor may write, and enters its quantity into the ledger.
func (s *Service) Create(ctx context.Context, change CollectibleChange) (*Collectible, error) {
	if !change.StoreID.HasValue() {
		return nil, core.InvalidField("store", "Store is required when the vendor refactor is enabled.")
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	now, actor := s.now(), core.ActorFrom(ctx)
	c := &Collectible{UserID: &actor.UserID, VendorID: &a.VendorID, CreatedAt: now, UpdatedAt: now}
	change.apply(c)
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if err := s.mayPutInto(ctx, tx, a, c.StoreID); err != nil {
			return err
		}
		c.ID, c.Card = 0, nil
		if err := insertCollectible(ctx, tx, c); err != nil {
			return err
		}
		if change.Card.Value != (CardChange{}) {
			if err := s.saveCard(ctx, tx, c, change.Card.Value); err != nil {
				return err
			}
		}
		if err := s.saveImages(ctx, tx, &Collectible{}, c, change); err != nil {
			return err
		}
		return s.stock.Enter(ctx, tx, stock.Transition{After: c.item()})
	})
	if err == nil {
		c = asShown(a, c)
	}
	return c, err
}

// Change sets fields of a collectible; it fails as Get does, and where the actor may not write. Every change of the
// quantity or the store goes into the ledger.
func (s *Service) Change(
	ctx context.Context, id int64, change CollectibleChange, guard core.Guard[*Collectible],
) (c *Collectible, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if c, err = lockWritable(ctx, tx, a, id, guard); err != nil {
			return err
		}
		before, change := *c, change
		if err := change.mayChange(a, c); err != nil {
			return err
		}
		set := change.apply(c)
		c.UpdatedAt = s.now()
		if change.StoreID.Sent {
			if err := s.mayPutInto(ctx, tx, a, c.StoreID); err != nil {
				return err
			}
		}
		set = slices.DeleteFunc(set, func(column string) bool { return column == "quantity" }) // stock's to change
		if err := updateCollectible(ctx, tx, c, append(set, "updated_at")...); err != nil {
			return err
		}
		if change.Card.Sent {
			if err := s.saveCard(ctx, tx, c, change.Card.Value); err != nil {
				return err
			}
		}
		if err := s.saveImages(ctx, tx, &before, c, change); err != nil {
			return err
		}
		return s.stock.Change(ctx, tx, before.item(), c.item())
	})
	if err == nil {
		c = asShown(a, c)
	}
	return c, err
}

// Delete deletes a collectible with all that hangs on it; it fails as Change does.
func (s *Service) Delete(ctx context.Context, id int64, guard core.Guard[*Collectible]) error {
	a, err := s.affiliation(ctx)
	if err != nil {
		return err
	}
	return db.InRecordedTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		c, err := lockWritable(ctx, tx, a, id, guard)
		if err != nil {
			return err
		}
		if c.Quantity > 0 && !a.May(c.StoreID, vendors.Adjust) {
			return errNoAdjustment
		}
		s.images.Replace(ctx, owner(id), c.addresses(), nil)
		return s.deleteItems(ctx, tx, "id = ?", id)
	})
}

// deleteItems deletes the items that a condition names, with all that hangs on them; the ledger says so. The transaction
// has to be recorded.
func (s *Service) deleteItems(ctx context.Context, tx bun.Tx, where string, arg any) error {
	gone, err := deleteCollectibles(ctx, tx, where, arg)
	if err != nil {
		return err
	}
	transitions := make([]stock.Transition, len(gone))
	for i, it := range gone {
		transitions[i].Before = it
	}
	return s.stock.Enter(ctx, tx, transitions...)
}

func (s *Service) affiliation(ctx context.Context) (vendors.Affiliation, error) {
	return s.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
}

// lockWritable returns a collectible that the actor may change, in the state that the guard lets be changed.
func lockWritable(
	ctx context.Context, tx bun.Tx, a vendors.Affiliation, id int64, guard core.Guard[*Collectible],
) (*Collectible, error) {
	c, err := lockCollectible(ctx, tx, a.VendorID, id)
	if err != nil {
		return nil, err
	}
	if !a.MayWriteStore(c.StoreID) {
		return nil, errNoStoreAccess
	}
	return c, guard.Check(asShown(a, c))
}

// mayPutInto reports why a collectible may not go into the store: it is not the vendor's, or closed to the actor.
func (s *Service) mayPutInto(ctx context.Context, tx bun.Tx, a vendors.Affiliation, storeID int64) error {
	if storeID == 0 {
		return core.UnknownID("store", storeID)
	}
	ours, err := s.vendors.HasStore(ctx, tx, a.VendorID, storeID)
	if err == nil && (!ours || !a.MayWriteStore(storeID)) {
		err = errNoStoreAccess
	}
	return err
}

// saveCard changes a collectible's card details, which it makes where there are none.
func (s *Service) saveCard(ctx context.Context, tx bun.Tx, c *Collectible, change CardChange) error {
	if c.Card == nil {
		c.Card = &CardDetails{CollectibleID: c.ID, CreatedAt: c.UpdatedAt, UpdatedAt: c.UpdatedAt}
		change.apply(c.Card)
		return insertCard(ctx, tx, c.Card)
	}
	set := change.apply(c.Card)
	c.Card.UpdatedAt = c.UpdatedAt
	return updateCard(ctx, tx, c.Card, append(set, "updated_at")...)
}

// saveImages replaces the images, if there are new ones.
func (s *Service) saveImages(ctx context.Context, tx bun.Tx, before, c *Collectible, change CollectibleChange) error {
	if change.Images.Sent {
		images, err := newImages(c.ID, change.Images.Value, c.UpdatedAt)
		if err != nil {
			return err
		}
		if err := replaceImages(ctx, tx, c.ID, images); err != nil {
			return err
		}
		c.Images = images
		sortImages(images)
	}
	s.images.Replace(ctx, owner(c.ID), before.addresses(), c.addresses())
	return nil
}
