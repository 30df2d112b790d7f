package catalog

import (
	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Grader is a company that judges the condition of cards and seals them with a grade.
type Grader struct {
	bun.BaseModel `bun:"table:omnistock_grader,alias:t"`
	Row

	Lowest     core.Grade `bun:"lowest"`
	Highest    core.Grade `bun:"highest"` // not below Lowest
	HalfGrades bool       `bun:"half_grades"`
	Qualifiers string     `bun:"qualifiers"` // codes with a space between them, such as "OC MK"
	Subgrades  string     `bun:"subgrades"`  // words with a space between them, such as "centering corners"
}

// GraderChange is what may be set of a grader. A field that is absent stays as it is.
type GraderChange struct {
	Slug       core.Optional[string]
	Name       core.Optional[string]
	Lowest     core.Optional[core.Grade]
	Highest    core.Optional[core.Grade]
	HalfGrades core.Optional[bool]
	Qualifiers core.Optional[string]
	Subgrades  core.Optional[string]
}

func (c GraderChange) apply(g *Grader) (set core.Columns) {
	set.Add("slug", c.Slug.Set(&g.Slug))
	set.Add("name", c.Name.Set(&g.Name))
	set.Add("lowest", c.Lowest.Set(&g.Lowest))
	set.Add("highest", c.Highest.Set(&g.Highest))
	set.Add("half_grades", c.HalfGrades.Set(&g.HalfGrades))
	set.Add("qualifiers", c.Qualifiers.Set(&g.Qualifiers))
	set.Add("subgrades", c.Subgrades.Set(&g.Subgrades))
	g.Qualifiers, g.Subgrades = join(g.Qualifiers), join(g.Subgrades)
	return set
}

func (g *Grader) check() core.Fields {
	wrong := g.Row.check()
	switch {
	case g.Lowest < 0:
		wrong.Add("lowest", "A grade cannot be negative.")
	case g.Highest < g.Lowest:
		wrong.Add("highest", "The highest grade cannot be below the lowest one.")
	}
	return wrong
}
