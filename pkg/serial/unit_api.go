package serial

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	path         = "/api/v1/units/"
	itemPath     = "/api/v1/collectibles/:id/units/"
	defaultLimit = 100
)

func (s *Service) unitOperations() []web.Operation {
	const aboutPages = "The newest first, in the stores that you may read. The header `Link: <…>; rel=\"next\"` leads to the next page; " +
		"the last one has none."
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: itemPath, ID: "collectibles_units_list", Tag: "units", Summary: "List the pieces of a collectible",
			Description: aboutPages, Access: web.LoggedIn, Endpoint: web.JSONWithHeader(s.listItemUnits),
		},
		{
			Method: http.MethodPost, Path: itemPath, ID: "collectibles_units_create", Tag: "units", Summary: "Register a piece by its certificate",
			Description: "It says which piece one of the units is, and does not change how many there are: 409 where each unit in the store has " +
				"its certificate. It is 409, too, where your vendor has the certificate already or had it once, and `unit`, `item`, `store` and " +
				"`state` tell of it; a piece that was sold or written off comes back with the `movement` that brought it.",
			Access: web.LoggedIn, Status: http.StatusCreated, Fails: forbidden, Endpoint: web.JSON(s.createUnit),
		},
		{
			Method: http.MethodGet, Path: path, ID: "units_list", Tag: "units", Summary: "Look up pieces by their certificates",
			Description: aboutPages, Access: web.LoggedIn, Endpoint: web.JSONWithHeader(s.listUnits),
		},
		{
			Method: http.MethodGet, Path: path + ":id/", ID: "units_retrieve", Tag: "units", Summary: "Get a piece", Access: web.LoggedIn,
			Fails: forbidden, Endpoint: web.JSON(s.getUnit),
		},
		{
			Method: http.MethodPatch, Path: path + ":id/", ID: "units_partial_update", Tag: "units", Summary: "Change a piece",
			Description: "One that is sold or written off without a movement that names it gets its state here. It comes back by a movement only.",
			Access:      web.LoggedIn, Fails: []int{http.StatusForbidden, http.StatusConflict}, Endpoint: web.JSON(s.changeUnit),
		},
	}
}

type unitRequest struct {
	ID          int64                     `path:"id"`
	Grader      string                    `json:"grader" field:"required,max=50" help:"The grader's name in letters, digits and hyphens, such as psa, bgs, cgc or sgc: the slug of one of the reference data, unless that has none."`
	Certificate string                    `json:"certificate" field:"required,max=50"`
	Grade       core.Optional[core.Grade] `json:"grade" field:"null" help:"1 to 10 in halves; null for a piece that is only authentic."`
	Qualifiers  core.Optional[string]     `json:"qualifiers" field:"blank,max=50" help:"What restricts the grade, such as OC or MK: those that the grader gives."`
	SubGrades   core.Optional[core.JSON]  `json:"sub_grades" help:"An object of grades, such as {\"centering\": \"9.5\"}: those that the grader gives."`
	Store       core.Optional[int64]      `json:"store" field:"pk" help:"Where it is; the collectible's own store unless given."`
	Position    core.Optional[string]     `json:"position" field:"blank,max=100" help:"Where in the store, such as binder, page and slot."`
	UnitCost    core.Optional[core.Money] `json:"unit_cost" field:"null,least=0" message:"Unit cost cannot be negative."`
	Movement    core.Optional[int64]      `json:"movement" field:"null,pk" help:"The movement by which it came."`
}

func (r unitRequest) change() Change {
	return Change{
		StoreID: r.Store, Grader: core.Some(r.Grader), Certificate: core.Some(r.Certificate), Grade: r.Grade, Qualifiers: r.Qualifiers,
		SubGrades: r.SubGrades, Position: r.Position, UnitCost: r.UnitCost, MovementID: r.Movement.Ptr(),
	}
}

type unitChangeRequest struct {
	ID          int64                     `path:"id"`
	Grader      core.Optional[string]     `json:"grader" field:"max=50"`
	Certificate core.Optional[string]     `json:"certificate" field:"max=50"`
	Grade       core.Optional[core.Grade] `json:"grade" field:"null"`
	Qualifiers  core.Optional[string]     `json:"qualifiers" field:"blank,max=50"`
	SubGrades   core.Optional[core.JSON]  `json:"sub_grades"`
	State       core.Optional[State]      `json:"state"`
	Store       core.Optional[int64]      `json:"store" field:"pk"`
	Position    core.Optional[string]     `json:"position" field:"blank,max=100"`
	UnitCost    core.Optional[core.Money] `json:"unit_cost" field:"null,least=0" message:"Unit cost cannot be negative."`
	Movement    core.Optional[int64]      `json:"movement" field:"null,pk" help:"The movement by which it came or, if it is sold or written off, went."`
}

func (r unitChangeRequest) change() Change {
	return Change{
		StoreID: r.Store, Grader: r.Grader, Certificate: r.Certificate, Grade: r.Grade, Qualifiers: r.Qualifiers, SubGrades: r.SubGrades,
		State: r.State, Position: r.Position, UnitCost: r.UnitCost, MovementID: r.Movement.Ptr(),
	}
}

type unitIDRequest struct {
	ID int64 `path:"id"`
}

type unitsRequest struct {
	Grader      string               `query:"grader" field:"max=50"`
	Certificate string               `query:"certificate" field:"max=50"`
	State       State                `query:"state"`
	Store       core.Optional[int64] `query:"store" field:"pk" help:"Only pieces in this store, by its id."`
	pageRequest
}

type itemUnitsRequest struct {
	ID    int64 `path:"id"`
	State State `query:"state"`
	pageRequest
}

type pageRequest struct {
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How many pieces a page has: 100 unless given."`
	Cursor string               `query:"cursor" field:"max=100" help:"Where the page before ended: taken from its Link."`
}

type unitResponse struct {
	ID          int64          `json:"id"`
	Item        int64          `json:"item" help:"It may be deleted."`
	Store       int64          `json:"store" help:"Where it is, or was last."`
	Grader      string         `json:"grader"`
	Certificate string         `json:"certificate"`
	Grade       *core.Grade    `json:"grade"`
	Qualifiers  string         `json:"qualifiers"`
	SubGrades   core.JSON      `json:"sub_grades"`
	State       State          `json:"state"`
	Position    string         `json:"position"`
	UnitCost    *core.Money    `json:"unit_cost" help:"Null where you may not see costs."`
	CameBy      *int64         `json:"came_by" help:"The movement by which it came last."`
	WentBy      *int64         `json:"went_by" help:"The movement by which it went."`
	CreatedAt   core.Timestamp `json:"created_at"`
	UpdatedAt   core.Timestamp `json:"updated_at"`
}

func newUnitResponse(u *Unit) unitResponse {
	return unitResponse{
		ID: u.ID, Item: u.ItemID, Store: u.StoreID, Grader: u.Grader, Certificate: u.Certificate, Grade: u.Grade, Qualifiers: u.Qualifiers,
		SubGrades: u.SubGrades, State: u.State, Position: u.Position, UnitCost: u.UnitCost, CameBy: u.CameByID, WentBy: u.WentByID,
		CreatedAt: core.Timestamp(u.CreatedAt), UpdatedAt: core.Timestamp(u.UpdatedAt),
	}
}

func (s *Service) createUnit(ctx context.Context, in unitRequest) (unitResponse, error) {
	u, err := s.Register(ctx, in.ID, in.change())
	if err != nil {
		return unitResponse{}, err
	}
	return newUnitResponse(u), nil
}

func (s *Service) getUnit(ctx context.Context, in unitIDRequest) (unitResponse, error) {
	u, err := s.Get(ctx, in.ID)
	if err != nil {
		return unitResponse{}, err
	}
	return newUnitResponse(u), nil
}

func (s *Service) changeUnit(ctx context.Context, in unitChangeRequest) (unitResponse, error) {
	u, err := s.Change(ctx, in.ID, in.change())
	if err != nil {
		return unitResponse{}, err
	}
	return newUnitResponse(u), nil
}

func (s *Service) listItemUnits(ctx context.Context, in itemUnitsRequest, header http.Header) ([]unitResponse, error) {
	return s.list(ctx, Filter{ItemID: &in.ID, State: in.State}, in.pageRequest, header, "/api/v1/collectibles/"+strconv.FormatInt(in.ID, 10)+"/units/")
}

func (s *Service) listUnits(ctx context.Context, in unitsRequest, header http.Header) ([]unitResponse, error) {
	f := Filter{
		StoreID: in.Store.Ptr(), State: in.State, Grader: strings.ToLower(in.Grader), Certificate: strings.ToUpper(in.Certificate),
	}
	return s.list(ctx, f, in.pageRequest, header, path)
}

// list returns a page, and says in the header where the next one is.
func (s *Service) list(ctx context.Context, f Filter, page pageRequest, header http.Header, at string) ([]unitResponse, error) {
	before := int64(0)
	if page.Cursor != "" {
		var err error
		if before, err = strconv.ParseInt(page.Cursor, 10, 64); err != nil || before <= 0 {
			return nil, errCursor
		}
	}
	limit := page.Limit.Or(defaultLimit)
	units, err := s.List(ctx, f, before, limit+1)
	if err != nil {
		return nil, err
	}
	if int64(len(units)) > limit {
		units = units[:limit]
		query := f.query()
		if page.Limit.HasValue() {
			query.Set("limit", strconv.FormatInt(limit, 10))
		}
		query.Set("cursor", strconv.FormatInt(units[limit-1].ID, 10))
		header.Set("Link", "<"+at+"?"+query.Encode()+`>; rel="next"`)
	}
	list := make([]unitResponse, len(units))
	for i, u := range units {
		list[i] = newUnitResponse(u)
	}
	return list, nil
}

// query is what a request for the filter has, but for the item in its path.
func (f Filter) query() url.Values {
	query := url.Values{}
	for name, text := range map[string]string{"state": string(f.State), "grader": f.Grader, "certificate": f.Certificate} {
		if text != "" {
			query.Set(name, text)
		}
	}
	if f.StoreID != nil {
		query.Set("store", strconv.FormatInt(*f.StoreID, 10))
	}
	return query
}
