package catalog

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Set is what a publisher releases under one name and code: an expansion of a card game.
type Set struct {
	bun.BaseModel `bun:"table:omnistock_set,alias:t"`
	Row

	Game       string     `bun:"game"` // a word such as pokemon; open
	EraID      *int64     `bun:"era_id"`
	Code       *string    `bun:"code"` // as players write it
	ReleasedOn *core.Date `bun:"released_on"`
}

// SetChange is what may be set of a set. A field that is absent stays as it is.
type SetChange struct {
	Slug       core.Optional[string]
	Name       core.Optional[string]
	Game       core.Optional[string]
	Era        core.Optional[int64]
	Code       core.Optional[string]
	ReleasedOn core.Optional[core.Date]
}

func (c SetChange) apply(s *Set) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&s.Slug))
	set.Add("name", c.Name.Set(&s.Name))
	set.Add("game", c.Game.Set(&s.Game))
	set.Add("era_id", c.Era.SetPtr(&s.EraID))
	set.Add("code", c.Code.SetPtr(&s.Code))
	set.Add("released_on", c.ReleasedOn.SetPtr(&s.ReleasedOn))
	return set
}

func (s *Set) parents() []parent { return single("era", eraTable, s.EraID) }

func (s *Set) searched() []bun.Ident { return append(s.Row.searched(), "t.code") }

func (s *Set) check() core.Fields {
	wrong := s.Row.check()
	checkWord(wrong, "game", s.Game)
	return wrong
}
