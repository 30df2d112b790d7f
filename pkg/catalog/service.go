package catalog

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A Service does what can be done with reference data.
type Service struct {
	db      *bun.DB
	vendors *vendors.Service
	now     func() time.Time
}

// NewService returns a service on the database.
func NewService(db *bun.DB, vs *vendors.Service, now func() time.Time) *Service {
	return &Service{db: db, vendors: vs, now: func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
}
