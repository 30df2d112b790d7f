package vendors

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Find returns the vendor with the slug and its stores, for an operator: it asks for nobody's permission. "" is the only
// vendor there is, and Invalid where there are more.
func (s *Service) Find(ctx context.Context, slug string) (*Vendor, error) {
	ids, err := selectVendorIDs(ctx, s.db, slug)
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 1:
		return selectVendor(ctx, s.db, ids[0])
	case slug != "":
		return nil, core.Errorf(core.NotFound, "there is no vendor with the slug %q", slug)
	case len(ids) == 0:
		return nil, core.Errorf(core.NotFound, "there is no vendor yet")
	}
	return nil, core.Errorf(core.Invalid, "there are several vendors: name one by its slug")
}

// Hold makes a vendor stay until the transaction ends: NotFound if it is gone.
func (s *Service) Hold(ctx context.Context, tx bun.Tx, id int64) error {
	return holdVendor(ctx, tx, id)
}
