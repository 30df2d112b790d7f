package catalog

import (
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Axis is a way in which variants of one thing differ, such as condition or language.
type Axis struct {
	bun.BaseModel `bun:"table:omnistock_axis,alias:t"`
	Row

	Position int32 `bun:"position"` // for people, in ascending order

	Values []*Value `bun:"rel:has-many,join:id=axis_id"` // those that a vendor sees, by position
}

// AxisChange is what may be set of an axis. A field that is absent stays as it is.
type AxisChange struct {
	Slug     core.Optional[string]
	Name     core.Optional[string]
	Position core.Optional[int32]
}

func (c AxisChange) apply(a *Axis) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&a.Slug))
	set.Add("name", c.Name.Set(&a.Name))
	set.Add("position", c.Position.Set(&a.Position))
	return set
}

// A Value is one of those that items may have on an axis, such as Near Mint.
type Value struct {
	bun.BaseModel `bun:"table:omnistock_axis_value,alias:t"`
	Row           // the slug is unique on the axis alone

	AxisID   int64 `bun:"axis_id"`
	Position int32 `bun:"position"` // for people, in ascending order
}

// ValueChange is what may be set of a value. A field that is absent stays as it is.
type ValueChange struct {
	Slug     core.Optional[string]
	Name     core.Optional[string]
	Axis     core.Optional[int64] // of a new value alone
	Position core.Optional[int32]
}

func (c ValueChange) apply(v *Value) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&v.Slug))
	set.Add("name", c.Name.Set(&v.Name))
	set.Add("axis_id", v.ID == 0 && c.Axis.Set(&v.AxisID))
	set.Add("position", c.Position.Set(&v.Position))
	return set
}

func (v *Value) parents() []parent { return single("axis", axisTable, &v.AxisID) }

func (v *Value) key() string { return fmt.Sprintf("%d/%s", v.AxisID, v.Slug) }
