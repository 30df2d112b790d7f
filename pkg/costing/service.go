package costing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service works out costs.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	stock   *stock.Service
	now     func() time.Time
}

// NewService returns a service on the database.
func NewService(db *bun.DB, vs *vendors.Service, ss *stock.Service, now func() time.Time) *Service {
	return &Service{db: db, vendors: vs, stock: ss, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
}

// userID is the actor's, nil for nobody.
func userID(ctx context.Context) *int64 {
	id := core.ActorFrom(ctx).UserID
	if id == 0 {
		return nil
	}
	return &id
}

func (s *Service) affiliation(ctx context.Context) (vendors.Affiliation, error) {
	return s.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
}
