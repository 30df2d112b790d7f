package domains

import (
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/idempotency"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/overview"
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Options are what the domains need besides the database.
type Options struct {
	Users  users.Options // without Images and Log, which are those below
	Images *storage.Images
	Now    func() time.Time // for all but users, who have theirs
	Log    *slog.Logger
}

// Domains are the services of all domains, and what of core has tables or operations.
type Domains struct {
	Keys       *idempotency.Service
	Images     *storage.Images
	Users      *users.Service
	Vendors    *vendors.Service
	Catalog    *catalog.Service
	Stock      *stock.Service
	Costing    *costing.Service
	Inventory  *inventory.Service
	Stocktakes *stocktake.Service
	Pricing    *pricing.Service
	Overview   *overview.Service
	Sales      *sales.Service
	Serials    *serial.Service
}

// New puts the domains together on the database. It does no I/O.
func New(db *bun.DB, o Options) *Domains {
	o.Users.Images, o.Users.Log = o.Images, o.Log
	us := users.NewService(db, o.Users)
	vs := vendors.NewService(db, us, o.Images, o.Now)
	ss := stock.NewService(db, us, vs, o.Now)
	cs := costing.NewService(db, vs, ss, o.Now)
	pieces := serial.NewService(db, vs, ss, o.Now)
	return &Domains{
		Keys:       idempotency.NewService(db, o.Now, o.Log),
		Images:     o.Images,
		Users:      us,
		Vendors:    vs,
		Catalog:    catalog.NewService(db, vs, o.Now),
		Stock:      ss,
		Costing:    cs,
		Inventory:  inventory.NewService(db, us, vs, ss, o.Images, o.Now),
		Stocktakes: stocktake.NewService(db, vs, ss, o.Now),
		Pricing:    pricing.NewService(db, vs, o.Now),
		Overview:   overview.NewService(db, vs, o.Now),
		Sales:      sales.NewService(db, vs, ss, cs, pieces, o.Now),
		Serials:    pieces,
	}
}

// Modules lists what an app is put together from, in the order of the documentation and of the help.
func (d *Domains) Modules() []app.Module {
	return []app.Module{
		d.Keys.Module(), d.Images.Module(), d.Users.Module(), d.Vendors.Module(), d.Catalog.Module(), d.Stock.Module(), d.Costing.Module(),
		d.Inventory.Module(), d.Stocktakes.Module(), d.Pricing.Module(), d.Overview.Module(), d.Sales.Module(), d.Serials.Module(),
	}
}

// Models lists nil pointers of the bun models of all domains.
func (d *Domains) Models() (models []any) {
	for _, m := range d.Modules() {
		models = append(models, m.Models...)
	}
	return models
}
