package inventory

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Collectible is something that a vendor has in stock, one SKU in one store.
type Collectible struct {
	bun.BaseModel `bun:"table:collectibles_collectible,alias:c"`

	ID             int64      `bun:"id,pk,autoincrement"`
	Name           string     `bun:"name"`
	SKU            string     `bun:"sku"`      // unique over all vendors
	Quantity       int32      `bun:"quantity"` // never below zero; every change is a stock.Movement
	Description    *string    `bun:"description"`
	Price          core.Money `bun:"price"`
	IntakePrice    core.Money `bun:"intake_price"`
	ProjectedPrice core.Money `bun:"projected_price"`
	UserID         *int64     `bun:"user_id"` // who made it
	VendorID       *int64     `bun:"vendor_id"`
	StoreID        int64      `bun:"store_id"`
	ImageURL       *string    `bun:"image_url"`
	Category       *string    `bun:"category"`
	Condition      *string    `bun:"condition"`
	CreatedAt      time.Time  `bun:"created_at"`
	UpdatedAt      time.Time  `bun:"updated_at"`

	Card   *CardDetails `bun:"rel:has-one,join:id=collectible_id"`
	Images []*Image     `bun:"rel:has-many,join:id=item_id"` // by sort order
}

// CollectibleChange is what may be set of a collectible. A field that is absent stays as it is.
type CollectibleChange struct {
	StoreID        core.Optional[int64]
	Name           core.Optional[string]
	SKU            core.Optional[string]
	Description    core.Optional[string]
	Condition      core.Optional[string]
	Category       core.Optional[string]
	ImageURL       core.Optional[string]
	Quantity       core.Optional[int32]
	IntakePrice    core.Optional[core.Money]
	Price          core.Optional[core.Money]
	ProjectedPrice core.Optional[core.Money]
	Card           core.Optional[CardChange]
	Images         core.Optional[[]ImageInput] // replaces all images
}

// item is what the ledger has to know of c.
func (c *Collectible) item() stock.Item {
	return stock.Item{
		ID: c.ID, VendorID: c.VendorID, StoreID: c.StoreID, SKU: c.SKU, Name: c.Name, Quantity: c.Quantity, Cost: c.IntakePrice, Price: c.Price,
	}
}

// apply sets c's own fields and returns the columns that were set.
func (ch CollectibleChange) apply(c *Collectible) (set core.Columns) {
	set.Add("store_id", ch.StoreID.Set(&c.StoreID))
	set.Add("name", ch.Name.Set(&c.Name))
	set.Add("sku", ch.SKU.Set(&c.SKU))
	set.Add("description", ch.Description.SetPtr(&c.Description))
	set.Add("condition", ch.Condition.SetPtr(&c.Condition))
	set.Add("category", ch.Category.SetPtr(&c.Category))
	set.Add("image_url", ch.ImageURL.SetPtr(&c.ImageURL))
	set.Add("quantity", ch.Quantity.Set(&c.Quantity))
	set.Add("intake_price", ch.IntakePrice.Set(&c.IntakePrice))
	set.Add("price", ch.Price.Set(&c.Price))
	set.Add("projected_price", ch.ProjectedPrice.Set(&c.ProjectedPrice))
	return set
}
