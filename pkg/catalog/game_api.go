package catalog

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) eraOperations() []web.Operation {
	return operations[Era, *Era, eraListRequest, eraRequest, eraChangeRequest](s,
		words{path: "eras", noun: "Era", one: "an era", many: "eras"}, newEraResponse)
}

type eraListRequest struct {
	Game string `query:"game" field:"max=50" help:"Only those of this game, such as pokemon."`
	pageRequest
}

func (r eraListRequest) filter() Filter { return Filter{Search: r.Search, Game: r.Game} }

type eraRequest struct {
	Slug     core.Optional[string] `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name     core.Optional[string] `json:"name" field:"required,max=200"`
	Game     core.Optional[string] `json:"game" field:"required,max=50" help:"Such as pokemon, magic; others are as good."`
	StartsIn core.Optional[int32]  `json:"starts_in" field:"null,least=1000,most=9999" help:"Year."`
}

func (r eraRequest) apply(e *Era) core.Columns { return EraChange(r).apply(e) }

type eraChangeRequest struct {
	idRequest
	eraRequest
}

type eraResponse struct {
	ID        int64          `json:"id"`
	Vendor    *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Game      string         `json:"game"`
	StartsIn  *int32         `json:"starts_in"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newEraResponse(e *Era) eraResponse {
	return eraResponse{e.ID, e.VendorID, e.Slug, e.Name, e.Game, e.StartsIn, core.Timestamp(e.UpdatedAt)}
}

func (s *Service) setOperations() []web.Operation {
	return operations[Set, *Set, setListRequest, setRequest, setChangeRequest](s,
		words{path: "sets", noun: "Set", one: "a set", many: "sets"}, newSetResponse)
}

type setListRequest struct {
	Game string               `query:"game" field:"max=50" help:"Only those of this game, such as pokemon."`
	Era  core.Optional[int64] `query:"era" field:"pk" help:"Only those of this era, by its id."`
	pageRequest
}

func (r setListRequest) filter() Filter {
	return Filter{Search: r.Search, Game: r.Game, EraID: r.Era.Ptr()}
}

type setRequest struct {
	Slug       core.Optional[string]    `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name       core.Optional[string]    `json:"name" field:"required,max=200"`
	Game       core.Optional[string]    `json:"game" field:"required,max=50" help:"Such as pokemon, magic; others are as good."`
	Era        core.Optional[int64]     `json:"era" field:"null,pk"`
	Code       core.Optional[string]    `json:"code" field:"null,max=20" help:"As players write it."`
	ReleasedOn core.Optional[core.Date] `json:"released_on" field:"null"`
}

func (r setRequest) apply(s *Set) core.Columns { return SetChange(r).apply(s) }

type setChangeRequest struct {
	idRequest
	setRequest
}

type setResponse struct {
	ID         int64          `json:"id"`
	Vendor     *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug       string         `json:"slug"`
	Name       string         `json:"name"`
	Game       string         `json:"game"`
	Era        *int64         `json:"era"`
	Code       *string        `json:"code"`
	ReleasedOn *core.Date     `json:"released_on"`
	UpdatedAt  core.Timestamp `json:"updated_at"`
}

func newSetResponse(s *Set) setResponse {
	return setResponse{s.ID, s.VendorID, s.Slug, s.Name, s.Game, s.EraID, s.Code, s.ReleasedOn, core.Timestamp(s.UpdatedAt)}
}
