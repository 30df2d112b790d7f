package vendors

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/users"
)

// A Service does what can be done with vendors.
type Service struct {
	db     *bun.DB
	users  *users.Service
	images *storage.Images
	now    func() time.Time

	affiliation *db.Statement

	onDeleteStores []func(ctx context.Context, tx bun.Tx, storeIDs []int64) error
	onDeleteVendor []func(ctx context.Context, tx bun.Tx, vendorID int64) error
}

// NewService returns a service on the database. It tells us what users show of their work.
func NewService(bunDB *bun.DB, us *users.Service, images *storage.Images, now func() time.Time) *Service {
	s := &Service{
		db: bunDB, users: us, images: images, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) },
		affiliation: newAffiliationStatement(bunDB),
	}
	us.SetWorkplace(s.workplace)
	us.SetVendorNaming(s.mayNameVendor)
	us.OnDelete(s.forgetUser)
	us.SetVendorStaff(s.staff)
	us.SetJobs(s.jobs)
	return s
}

// OnDeleteStores registers what must happen before stores go, in the same transaction. An error keeps them.
func (s *Service) OnDeleteStores(hook func(ctx context.Context, tx bun.Tx, storeIDs []int64) error) {
	s.onDeleteStores = append(s.onDeleteStores, hook)
}

// OnDeleteVendor registers what must happen before a vendor goes, in the same transaction. An error keeps it.
func (s *Service) OnDeleteVendor(hook func(ctx context.Context, tx bun.Tx, vendorID int64) error) {
	s.onDeleteVendor = append(s.onDeleteVendor, hook)
}
