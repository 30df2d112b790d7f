package sales

import "context"

// Margin returns what a document of the vendor's earned for which the actor works, or NotFound. It is Forbidden if the actor
// may not see what units of its store cost.
func (s *Service) Margin(ctx context.Context, id int64) (SaleMargin, error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return SaleMargin{}, err
	}
	sa, err := selectSale(ctx, s.db, a.VendorID, id)
	if err == nil {
		err = maySeeMargin(a, sa.StoreID)
	}
	if err == nil {
		err = s.costing.CatchUp(ctx, a.VendorID)
	}
	if err != nil {
		return SaleMargin{}, err
	}
	costs, err := selectCosts(ctx, s.db, sa.Lines)
	return newSaleMargin(sa, costs), err
}

// margins returns what documents of a vendor earned, by store and currency.
func (s *Service) margins(ctx context.Context, vendorID int64, f Filter) ([]StoreMargin, error) {
	if err := s.costing.CatchUp(ctx, vendorID); err != nil {
		return nil, err
	}
	return selectMargins(ctx, s.db, vendorID, f)
}
