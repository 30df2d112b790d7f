package overview

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service shows overviews, and looks after the sums that they are made from.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	now     func() time.Time
}

// NewService returns a service on the database.
func NewService(db *bun.DB, vs *vendors.Service, now func() time.Time) *Service {
	return &Service{db: db, vendors: vs, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
}
