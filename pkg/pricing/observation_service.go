package pricing

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// List returns observations of an item, the newest first: at most limit of them, and the cursor of the next page, "" on the
// last one. It is NotFound if the item is not the vendor's for which the actor works, Forbidden if the actor has no access
// to its store.
func (s *Service) List(ctx context.Context, itemID int64, f Filter, cursor string, limit int64) (all []*Observation, next string, err error) {
	it, err := s.readableItem(ctx, itemID)
	if err != nil {
		return nil, "", err
	}
	after, err := readCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	all, err = selectObservations(ctx, s.db, it, f, after, limit+1)
	if err != nil || int64(len(all)) <= limit {
		return all, "", err
	}
	all = all[:limit]
	return all, writeCursor(all[limit-1]), nil
}

// Current returns the newest observation of an item by each source in each currency, by these. It fails as List does.
func (s *Service) Current(ctx context.Context, itemID int64) ([]*Observation, error) {
	it, err := s.readableItem(ctx, itemID)
	if err != nil {
		return nil, err
	}
	return selectCurrent(ctx, s.db, it)
}

// Delete deletes an observation: NotFound if it is not of the vendor's for which the actor works, Forbidden if the actor
// does not manage the store of its item.
func (s *Service) Delete(ctx context.Context, id int64) error {
	a, err := s.affiliation(ctx)
	if err != nil {
		return err
	}
	return db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		o, err := selectObservation(ctx, tx, a.VendorID, id)
		if err != nil {
			return err
		}
		it, err := selectItem(ctx, tx, a.VendorID, o.ItemID)
		if err != nil {
			return err
		}
		if err := mayDelete(a, it.StoreID); err != nil {
			return err
		}
		return deleteObservation(ctx, tx, id)
	})
}

// readableItem returns an item whose prices the actor may read.
func (s *Service) readableItem(ctx context.Context, id int64) (item, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return item{}, err
	}
	it, err := selectItem(ctx, s.db, a.VendorID, id)
	if err == nil && !a.MayReadStore(it.StoreID) {
		err = errNoStoreAccess
	}
	return it, err
}

// writeCursor says where a page ends: by the last observation's moment and id, so that it may be deleted.
func writeCursor(o *Observation) string {
	return strconv.FormatInt(o.ObservedAt.UnixMicro(), 10) + "." + strconv.FormatInt(o.ID, 10)
}

// readCursor returns what of an observation the list goes by, nil for the first page.
func readCursor(cursor string) (*Observation, error) {
	if cursor == "" {
		return nil, nil //nolint:nilnil // the first page
	}
	moment, id, _ := strings.Cut(cursor, ".")
	micro, err := strconv.ParseInt(moment, 10, 64)
	number, idErr := strconv.ParseInt(id, 10, 64)
	at := time.UnixMicro(micro).UTC()
	if err != nil || idErr != nil || at.Year() < 1 || at.Year() > 9999 {
		return nil, errCursor
	}
	return &Observation{ID: number, ObservedAt: at}, nil
}
