package inventory

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) variantOperations() []web.Operation {
	const path = listPath + ":id/attributes/"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: path, ID: "collectibles_attributes_retrieve", Tag: "collectibles",
			Summary:     "Show which variant a collectible is",
			Description: "Its values on the axes of the reference data, such as condition and language, and what it is an example of.",
			Access:      web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getVariant),
		},
		{
			Method: http.MethodPut, Path: path, ID: "collectibles_attributes_update", Tag: "collectibles",
			Summary:     "Say which variant a collectible is",
			Description: "Fields that are absent stay as they are; a list of attributes replaces all.",
			Access:      web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeVariant),
		},
	}
}

type attributeRequest struct {
	Axis  core.Optional[int64] `json:"axis" field:"required,pk"`
	Value core.Optional[int64] `json:"value" field:"required,pk"`
}

type variantRequest struct {
	Attributes core.Optional[[]attributeRequest] `json:"attributes" help:"One value an axis at most."`
	Product    core.Optional[int64]              `json:"product" field:"null,pk"`
	Set        core.Optional[int64]              `json:"set" field:"null,pk"`
}

type variantChangeRequest struct {
	ID int64 `path:"id"`
	variantRequest
}

func (r variantRequest) change() VariantChange {
	change := VariantChange{ProductID: r.Product, SetID: r.Set}
	if r.Attributes.Sent {
		change.Attributes = core.Some(make([]AttributeInput, len(r.Attributes.Value)))
		for i, a := range r.Attributes.Value {
			change.Attributes.Value[i] = AttributeInput{a.Axis.Value, a.Value.Value}
		}
	}
	return change
}

type attributeResponse struct {
	Axis      int64  `json:"axis"`
	AxisSlug  string `json:"axis_slug"`
	AxisName  string `json:"axis_name"`
	Value     int64  `json:"value"`
	ValueSlug string `json:"value_slug"`
	ValueName string `json:"value_name"`
}

type variantResponse struct {
	Item        int64               `json:"item"`
	Attributes  []attributeResponse `json:"attributes" help:"By the position of their axes."`
	Product     *int64              `json:"product"`
	ProductName *string             `json:"product_name"`
	Set         *int64              `json:"set"`
	SetName     *string             `json:"set_name"`
}

func newVariantResponse(v *Variant) variantResponse {
	res := variantResponse{
		Item: v.ItemID, Attributes: make([]attributeResponse, len(v.Attributes)), Product: v.Reference.ProductID, Set: v.Reference.SetID,
	}
	for i, a := range v.Attributes {
		res.Attributes[i] = attributeResponse{a.AxisID, a.Axis.Slug, a.Axis.Name, a.ValueID, a.Value.Slug, a.Value.Name}
	}
	if v.Reference.Product != nil {
		res.ProductName = &v.Reference.Product.Name
	}
	if v.Reference.Set != nil {
		res.SetName = &v.Reference.Set.Name
	}
	return res
}

func (s *Service) getVariant(ctx context.Context, in idRequest) (variantResponse, error) {
	return variantOr(s.Variant(ctx, in.ID))
}

func (s *Service) changeVariant(ctx context.Context, in variantChangeRequest) (variantResponse, error) {
	return variantOr(s.ChangeVariant(ctx, in.ID, in.change(), web.Guard(ctx, newVariantResponse)))
}

// variantOr converts a use case's result.
func variantOr(v *Variant, err error) (variantResponse, error) {
	if err != nil {
		return variantResponse{}, err
	}
	return newVariantResponse(v), nil
}
