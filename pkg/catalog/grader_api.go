package catalog

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) graderOperations() []web.Operation {
	return operations[Grader, *Grader, pageRequest, graderRequest, graderChangeRequest](s,
		words{path: "graders", noun: "Grader", one: "a grader", many: "graders"}, newGraderResponse)
}

type graderRequest struct {
	Slug       core.Optional[string]     `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name       core.Optional[string]     `json:"name" field:"required,max=200"`
	Lowest     core.Optional[core.Grade] `json:"lowest" field:"required"`
	Highest    core.Optional[core.Grade] `json:"highest" field:"required"`
	HalfGrades core.Optional[bool]       `json:"half_grades" help:"Whether there are grades such as 8.5."`
	Qualifiers core.Optional[string]     `json:"qualifiers" field:"blank,max=200" help:"Codes with spaces between them, such as OC MK."`
	Subgrades  core.Optional[string]     `json:"subgrades" field:"blank,max=200" help:"Words with spaces between them, such as centering corners."`
}

func (r graderRequest) apply(g *Grader) core.Columns { return GraderChange(r).apply(g) }

type graderChangeRequest struct {
	idRequest
	graderRequest
}

type graderResponse struct {
	ID         int64          `json:"id"`
	Vendor     *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug       string         `json:"slug"`
	Name       string         `json:"name"`
	Lowest     core.Grade     `json:"lowest"`
	Highest    core.Grade     `json:"highest"`
	HalfGrades bool           `json:"half_grades"`
	Qualifiers string         `json:"qualifiers"`
	Subgrades  string         `json:"subgrades"`
	UpdatedAt  core.Timestamp `json:"updated_at"`
}

func newGraderResponse(g *Grader) graderResponse {
	return graderResponse{
		g.ID, g.VendorID, g.Slug, g.Name, g.Lowest, g.Highest, g.HalfGrades, g.Qualifiers, g.Subgrades, core.Timestamp(g.UpdatedAt),
	}
}
