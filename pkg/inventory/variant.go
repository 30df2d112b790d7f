package inventory

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
)

// An Attribute is the value that an item has on an axis of variants.
type Attribute struct {
	bun.BaseModel `bun:"table:omnistock_item_attribute,alias:at"`

	ID      int64 `bun:"id,pk,autoincrement"`
	ItemID  int64 `bun:"item_id"`
	AxisID  int64 `bun:"axis_id"` // at most one for each item
	ValueID int64 `bun:"value_id"`

	Axis  *catalog.Axis  `bun:"rel:belongs-to,join:axis_id=id"`
	Value *catalog.Value `bun:"rel:belongs-to,join:value_id=id"`
}

// A Reference says of what in the catalog an item is an example.
type Reference struct {
	bun.BaseModel `bun:"table:omnistock_item_reference,alias:re"`

	ID        int64  `bun:"id,pk,autoincrement"`
	ItemID    int64  `bun:"item_id"` // unique
	ProductID *int64 `bun:"product_id"`
	SetID     *int64 `bun:"set_id"`

	Product *catalog.Product `bun:"rel:belongs-to,join:product_id=id"`
	Set     *catalog.Set     `bun:"rel:belongs-to,join:set_id=id"`
}

// A Variant is what tells an item from others of the same name.
type Variant struct {
	ItemID     int64
	Attributes []*Attribute // by the position of their axes
	Reference  Reference    // zero where there is none
}

// VariantChange is what may be set of a variant. A field that is absent stays as it is.
type VariantChange struct {
	Attributes core.Optional[[]AttributeInput] // replaces all
	ProductID  core.Optional[int64]
	SetID      core.Optional[int64]
}

// AttributeInput is a value on an axis.
type AttributeInput struct{ AxisID, ValueID int64 }
