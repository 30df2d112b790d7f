package catalog

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Product is something sealed that a publisher sells: a booster box, a starter deck.
type Product struct {
	bun.BaseModel `bun:"table:omnistock_product,alias:t"`
	Row

	Game  string `bun:"game"` // a word such as pokemon; open
	Kind  string `bun:"kind"` // a word such as booster-box; open
	SetID *int64 `bun:"set_id"`
	Packs *int32 `bun:"packs"` // booster packs inside, where their number is known
	Cards *int32 `bun:"cards"` // cards inside, those in packs left out, where their number is known
}

// ProductChange is what may be set of a product. A field that is absent stays as it is.
type ProductChange struct {
	Slug  core.Optional[string]
	Name  core.Optional[string]
	Game  core.Optional[string]
	Kind  core.Optional[string]
	Set   core.Optional[int64]
	Packs core.Optional[int32]
	Cards core.Optional[int32]
}

func (c ProductChange) apply(p *Product) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&p.Slug))
	set.Add("name", c.Name.Set(&p.Name))
	set.Add("game", c.Game.Set(&p.Game))
	set.Add("kind", c.Kind.Set(&p.Kind))
	set.Add("set_id", c.Set.SetPtr(&p.SetID))
	set.Add("packs", c.Packs.SetPtr(&p.Packs))
	set.Add("cards", c.Cards.SetPtr(&p.Cards))
	return set
}

func (p *Product) parents() []parent { return single("set", setTable, p.SetID) }

func (p *Product) check() core.Fields {
	wrong := p.Row.check()
	checkWord(wrong, "game", p.Game)
	checkWord(wrong, "kind", p.Kind)
	return wrong
}
