package catalog

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// An Era is a time in the life of a game, or a generation of consoles.
type Era struct {
	bun.BaseModel `bun:"table:omnistock_era,alias:t"`
	Row

	Game     string `bun:"game"` // a word such as pokemon; open
	StartsIn *int32 `bun:"starts_in"`
}

// EraChange is what may be set of an era. A field that is absent stays as it is.
type EraChange struct {
	Slug     core.Optional[string]
	Name     core.Optional[string]
	Game     core.Optional[string]
	StartsIn core.Optional[int32]
}

func (c EraChange) apply(e *Era) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&e.Slug))
	set.Add("name", c.Name.Set(&e.Name))
	set.Add("game", c.Game.Set(&e.Game))
	set.Add("starts_in", c.StartsIn.SetPtr(&e.StartsIn))
	return set
}

func (e *Era) check() core.Fields {
	wrong := e.Row.check()
	checkWord(wrong, "game", e.Game)
	return wrong
}
