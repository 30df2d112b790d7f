package catalog

import (
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) axisOperations() []web.Operation {
	return operations[Axis, *Axis, pageRequest, axisRequest, axisChangeRequest](s,
		words{path: "axes", noun: "Axis", one: "an axis of variants", many: "axes of variants, with their values"}, newAxisResponse)
}

type axisRequest struct {
	Slug     core.Optional[string] `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name     core.Optional[string] `json:"name" field:"required,max=200"`
	Position core.Optional[int32]  `json:"position" help:"For people, in ascending order."`
}

func (r axisRequest) apply(a *Axis) core.Columns { return AxisChange(r).apply(a) }

type axisChangeRequest struct {
	idRequest
	axisRequest
}

type axisResponse struct {
	ID        int64           `json:"id"`
	Vendor    *int64          `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Slug      string          `json:"slug"`
	Name      string          `json:"name"`
	Position  int32           `json:"position"`
	Values    []valueResponse `json:"values" help:"By position."`
	UpdatedAt core.Timestamp  `json:"updated_at"`
}

func newAxisResponse(a *Axis) axisResponse {
	values := make([]valueResponse, len(a.Values))
	for i, v := range a.Values {
		values[i] = newValueResponse(v)
	}
	return axisResponse{a.ID, a.VendorID, a.Slug, a.Name, a.Position, values, core.Timestamp(a.UpdatedAt)}
}

func (s *Service) valueOperations() []web.Operation {
	return operations[Value, *Value, valueListRequest, valueRequest, valueChangeRequest](s,
		words{path: "values", noun: "Value", one: "a value of an axis", many: "values of axes"}, newValueResponse)
}

type valueListRequest struct {
	Axis core.Optional[int64] `query:"axis" field:"pk" help:"Only those of this axis, by its id."`
	pageRequest
}

func (r valueListRequest) filter() Filter { return Filter{Search: r.Search, AxisID: r.Axis.Ptr()} }

type valueRequest struct {
	Slug     core.Optional[string] `json:"slug" field:"required,max=100" help:"Small letters, digits and hyphens."`
	Name     core.Optional[string] `json:"name" field:"required,max=200"`
	Axis     core.Optional[int64]  `json:"axis" field:"required,pk" help:"It stays for good: a change does not heed it."`
	Position core.Optional[int32]  `json:"position" help:"For people, in ascending order."`
}

func (r valueRequest) apply(v *Value) core.Columns { return ValueChange(r).apply(v) }

type valueChangeRequest struct {
	idRequest
	valueRequest
}

type valueResponse struct {
	ID        int64          `json:"id"`
	Vendor    *int64         `json:"vendor" help:"Whose addition it is; null for everybody's."`
	Axis      int64          `json:"axis"`
	Slug      string         `json:"slug"`
	Name      string         `json:"name"`
	Position  int32          `json:"position"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newValueResponse(v *Value) valueResponse {
	return valueResponse{v.ID, v.VendorID, v.AxisID, v.Slug, v.Name, v.Position, core.Timestamp(v.UpdatedAt)}
}
