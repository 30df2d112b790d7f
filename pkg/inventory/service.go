package inventory

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service does what can be done with stock.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	stock   *stock.Service
	images  *storage.Images
	now     func() time.Time
	listing listing
}

// NewService returns a service on the database. It guards users, vendors and stores that stock depends on.
func NewService(
	db *bun.DB, us *users.Service, vs *vendors.Service, ss *stock.Service, images *storage.Images, now func() time.Time,
) *Service {
	s := &Service{
		db: db, vendors: vs, stock: ss, images: images,
		now: func() time.Time { return now().UTC().Truncate(time.Microsecond) },
	}
	s.listing = newListing(db)
	us.OnDelete(s.forgetImagesOf)
	us.OnDelete(s.deleteItemsOf)
	vs.OnDeleteStores(s.releaseStores)
	vs.OnDeleteVendor(s.releaseVendor)
	return s
}
