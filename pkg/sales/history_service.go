package sales

import (
	"context"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Get returns a sale of the vendor for which the actor works, and what became of it, or NotFound. It is Forbidden if the
// actor has no access to its store.
func (s *Service) Get(ctx context.Context, id int64) (*Sale, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	sa, err := selectSale(ctx, s.db, a.VendorID, id)
	if err != nil {
		return nil, err
	}
	if !a.MayReadStore(sa.StoreID) {
		return nil, errNoStoreAccess
	}
	return sa, selectOutcome(ctx, s.db, sa)
}

// List returns sales of the vendor for which the actor works without their lines, in the stores that they may read, the
// newest first: at most limit of them, and the cursor of the next page, "" on the last one.
func (s *Service) List(ctx context.Context, f Filter, cursor string, limit int64) (list []*Sale, next string, err error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, "", err
	}
	if stores, all := a.ReadableStores(); !all {
		if f.Stores = stores; len(stores) == 0 {
			return nil, "", nil
		}
	}
	return s.page(ctx, a.VendorID, f, cursor, limit)
}

func (s *Service) page(ctx context.Context, vendorID int64, f Filter, cursor string, limit int64) (list []*Sale, next string, err error) {
	var after *Sale
	if cursor != "" {
		if after, err = s.readCursor(ctx, vendorID, cursor); err != nil {
			return nil, "", err
		}
	}
	list, err = selectSales(ctx, s.db, vendorID, f, after, limit+1)
	if err != nil || int64(len(list)) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, strconv.FormatInt(list[limit-1].ID, 10), nil
}

// readCursor returns the sale with which the page before ended. It never goes away.
func (s *Service) readCursor(ctx context.Context, vendorID int64, cursor string) (*Sale, error) {
	id, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil {
		return nil, errCursor
	}
	sa, err := selectHead(ctx, s.db, vendorID, id)
	if core.KindOf(err) == core.NotFound {
		return nil, errCursor
	}
	return sa, err
}
