package catalog

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Accessory keeps or protects what is collected: sleeves, binders, cases.
type Accessory struct {
	bun.BaseModel `bun:"table:omnistock_accessory,alias:t"`
	Row

	Kind string `bun:"kind"` // a word such as sleeves; open
}

// AccessoryChange is what may be set of an accessory. A field that is absent stays as it is.
type AccessoryChange struct {
	Slug core.Optional[string]
	Name core.Optional[string]
	Kind core.Optional[string]
}

func (c AccessoryChange) apply(a *Accessory) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&a.Slug))
	set.Add("name", c.Name.Set(&a.Name))
	set.Add("kind", c.Kind.Set(&a.Kind))
	return set
}

func (a *Accessory) check() core.Fields {
	wrong := a.Row.check()
	checkWord(wrong, "kind", a.Kind)
	return wrong
}
