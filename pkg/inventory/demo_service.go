package inventory

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/stock"
)

// createBatch is how many collectibles one statement inserts.
const createBatch = 500

// CreateAll is Create for many collectibles at once, in a transaction that is open and recorded. It asks for nobody's permission:
// the stores must be the vendor's, and userID somebody who may write there. Names, SKUs and stores must be set.
func (s *Service) CreateAll(ctx context.Context, tx bun.Tx, vendorID, userID int64, changes []CollectibleChange) error {
	for batch := range slices.Chunk(changes, createBatch) {
		if err := s.createBatch(ctx, tx, vendorID, userID, batch); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) createBatch(ctx context.Context, tx bun.Tx, vendorID, userID int64, changes []CollectibleChange) error {
	now := s.now()
	items := make([]*Collectible, len(changes))
	for i, change := range changes {
		items[i] = &Collectible{UserID: &userID, VendorID: &vendorID, CreatedAt: now, UpdatedAt: now}
		change.apply(items[i])
	}
	if err := insertCollectibles(ctx, tx, items); err != nil {
		return err
	}
	var cards []*CardDetails
	var images []*Image
	transitions := make([]stock.Transition, len(changes))
	for i, change := range changes {
		c := items[i]
		if change.Card.Value != (CardChange{}) {
			card := &CardDetails{CollectibleID: c.ID, CreatedAt: now, UpdatedAt: now}
			change.Card.Value.apply(card)
			cards = append(cards, card)
		}
		its, err := newImages(c.ID, change.Images.Value, now)
		if err != nil {
			return err
		}
		images = append(images, its...)
		transitions[i].After = c.item()
	}
	if err := insertCards(ctx, tx, cards); err != nil {
		return err
	}
	if err := insertImages(ctx, tx, images); err != nil {
		return err
	}
	return s.stock.EnterAs(ctx, tx, userID, transitions...)
}

// DeleteAll deletes the collectibles of a vendor with all that hangs on them, in a transaction that is open and recorded, and
// returns how many there were. It asks for nobody's permission.
func (s *Service) DeleteAll(ctx context.Context, tx bun.Tx, vendorID int64) (int64, error) {
	n, err := countOfVendor(ctx, tx, vendorID)
	if err != nil || n == 0 {
		return 0, err
	}
	shown, err := selectShown(ctx, tx, "vendor_id", vendorID)
	if err != nil {
		return 0, err
	}
	for _, one := range shown {
		s.images.Replace(ctx, owner(one.ItemID), []string{one.URL}, nil)
	}
	return n, s.deleteItems(ctx, tx, "vendor_id = ?", vendorID)
}

// CountAll returns how many collectibles a vendor has, to a transaction that is open. It asks for nobody's permission.
func (s *Service) CountAll(ctx context.Context, tx bun.Tx, vendorID int64) (int64, error) {
	return countOfVendor(ctx, tx, vendorID)
}
