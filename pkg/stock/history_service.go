package stock

import (
	"context"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// List returns movements of the vendor for which the actor works, in the stores that they may read, the newest first: at
// most limit of them, and the cursor of the next page, "" on the last one.
func (s *Service) List(ctx context.Context, f Filter, cursor string, limit int64) (ms []*Movement, next string, err error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, "", err
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, "", nil
		}
	}
	after, err := s.readCursor(ctx, a.VendorID, cursor)
	if err != nil {
		return nil, "", err
	}
	ms, err = selectMovements(ctx, s.db, a.VendorID, f, after, limit+1)
	withoutCost(a, ms...)
	if err != nil || int64(len(ms)) <= limit {
		return ms, "", err
	}
	ms = ms[:limit]
	return ms, strconv.FormatInt(ms[limit-1].ID, 10), nil
}

// readCursor returns the movement with which the page before ended, nil for the first page. It never goes away.
func (s *Service) readCursor(ctx context.Context, vendorID int64, cursor string) (*Movement, error) {
	if cursor == "" {
		return nil, nil //nolint:nilnil // the first page
	}
	id, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil {
		return nil, errCursor
	}
	m, err := selectMovement(ctx, s.db, vendorID, id)
	if core.KindOf(err) == core.NotFound {
		return nil, errCursor
	}
	return m, err
}

// History is List of one item, which may be gone: NotFound if it never was the vendor's, Forbidden if the actor has no
// access to its store.
func (s *Service) History(ctx context.Context, itemID int64, cursor string, limit int64) ([]*Movement, string, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, "", err
	}
	it, err := selectItem(ctx, s.db, a.VendorID, itemID)
	switch {
	case err == nil && !a.MayReadStore(it.StoreID):
		return nil, "", errNoStoreAccess
	case core.KindOf(err) == core.NotFound:
		if was, other := hasMovements(ctx, s.db, a.VendorID, itemID); !was {
			return nil, "", firstError(other, err)
		}
	case err != nil:
		return nil, "", err
	}
	return s.List(ctx, Filter{ItemID: &itemID}, cursor, limit)
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
