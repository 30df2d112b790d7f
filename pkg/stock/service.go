package stock

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service moves stock, and keeps the ledger.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	now     func() time.Time
}

// NewService returns a service on the database. Its hooks take users and stores that go out of Django's ledger; movements
// keep their numbers.
func NewService(db *bun.DB, us *users.Service, vs *vendors.Service, now func() time.Time) *Service {
	s := &Service{db: db, vendors: vs, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
	us.OnDelete(func(ctx context.Context, tx bun.Tx, u *users.User) error { return clearPerformer(ctx, tx, u.ID) })
	vs.OnDeleteStores(releaseStores)
	vs.OnDeleteStores(clearEntryStores)
	return s
}

func (s *Service) affiliation(ctx context.Context) (vendors.Affiliation, error) {
	return s.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
}
