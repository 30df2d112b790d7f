package sales

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service sells, and takes back.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	stock   *stock.Service
	costing *costing.Service
	pieces  *serial.Service
	now     func() time.Time
}

// NewService returns a service on the database.
func NewService(
	db *bun.DB, vs *vendors.Service, ss *stock.Service, cs *costing.Service, pieces *serial.Service, now func() time.Time,
) *Service {
	return &Service{
		db: db, vendors: vs, stock: ss, costing: cs, pieces: pieces,
		now: func() time.Time { return now().UTC().Truncate(time.Microsecond) },
	}
}

func (s *Service) affiliation(ctx context.Context) (vendors.Affiliation, error) {
	return s.vendors.Affiliation(ctx, core.ActorFrom(ctx).UserID)
}
