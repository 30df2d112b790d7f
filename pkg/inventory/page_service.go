package inventory

import "context"

// ListPage returns a page of the collectibles of the vendor for which the actor works, in the order of their ids where
// the page's order leaves it open, and the cursor of the next page: "" on the last one. A cursor of another list is
// Invalid.
func (s *Service) ListPage(ctx context.Context, p Page) (items []*Collectible, next string, err error) {
	a, err := s.affiliation(ctx)
	if err != nil || a.VendorID == 0 {
		return nil, "", err
	}
	after, err := readCursor(a.VendorID, p)
	if err != nil {
		return nil, "", err
	}
	items, err = s.listing.pages.selectPage(ctx, a.VendorID, p, after)
	withoutCost(a, items...)
	if err != nil || int64(len(items)) <= p.Limit {
		return items, "", err
	}
	items = items[:p.Limit]
	next, err = newCursor(a.VendorID, p, items[len(items)-1])
	return items, next, err
}
