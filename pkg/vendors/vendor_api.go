package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) vendorOperations() []web.Operation {
	const list, detail = "/api/v1/vendors/", "/api/v1/vendors/:id/"
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "vendors_list", Tag: "vendors", Summary: "List the vendor you work for",
			Access: web.LoggedIn, Endpoint: web.JSON(s.listVendors),
		},
		{
			Method: http.MethodPost, Path: list, ID: "vendors_create", Tag: "vendors", Summary: "Create a vendor",
			Description: "You become its owner. It gets a default store.",
			Access:      web.LoggedIn, Status: http.StatusCreated, Endpoint: web.JSON(s.createVendor),
		},
		{
			Method: http.MethodGet, Path: detail, ID: "vendors_retrieve", Tag: "vendors", Summary: "Show a vendor",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.getVendor),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "vendors_update", Tag: "vendors", Summary: "Change a vendor",
			Access: web.LoggedIn, IfMatch: true, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.changeVendor),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "vendors_partial_update", Tag: "vendors", Summary: "Change fields of a vendor",
			Access: web.LoggedIn, IfMatch: true, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.changeVendor),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "vendors_destroy", Tag: "vendors", Summary: "Delete a vendor without stock",
			Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent, Fails: []int{http.StatusForbidden, http.StatusConflict},
			Endpoint: web.JSON(s.deleteVendor),
		},
	}
}

type vendorRequest struct {
	Name        core.Optional[string] `json:"name" field:"required,max=200"`
	Description core.Optional[string] `json:"description" field:"null,blank"`
	ContactInfo core.Optional[string] `json:"contact_info" field:"null,blank"`
	IsActive    core.Optional[bool]   `json:"is_active"`
}

type vendorChangeRequest struct {
	ID int64 `path:"id"`
	vendorRequest
}

type vendorResponse struct {
	ID          int64                `json:"id"`
	Name        string               `json:"name" field:"max=200"`
	Slug        string               `json:"slug" help:"Made of the name, once."`
	Description *string              `json:"description"`
	ContactInfo *string              `json:"contact_info"`
	IsActive    bool                 `json:"is_active"`
	CreatedAt   core.Timestamp       `json:"created_at"`
	UpdatedAt   core.Timestamp       `json:"updated_at"`
	Stores      []vendorStoreSummary `json:"stores" help:"By name."`
}

type vendorStoreSummary struct {
	ID       int64      `json:"id"`
	Name     string     `json:"name"`
	Slug     string     `json:"slug"`
	Type     *StoreType `json:"type" field:"blank"`
	IsActive bool       `json:"is_active"`
}

func newVendorStoreSummary(st *Store) vendorStoreSummary {
	return vendorStoreSummary{ID: st.ID, Name: st.Name, Slug: st.Slug, Type: st.Type, IsActive: st.IsActive}
}

func newVendorResponse(v *Vendor) vendorResponse {
	return vendorResponse{
		ID: v.ID, Name: v.Name, Slug: v.Slug, Description: v.Description, ContactInfo: v.ContactInfo, IsActive: v.IsActive,
		CreatedAt: core.Timestamp(v.CreatedAt), UpdatedAt: core.Timestamp(v.UpdatedAt),
		Stores: convertList(v.Stores, newVendorStoreSummary),
	}
}

func (s *Service) listVendors(ctx context.Context, _ web.Nothing) ([]vendorResponse, error) {
	vendors, err := s.List(ctx)
	return convertList(vendors, newVendorResponse), err
}

func (s *Service) createVendor(ctx context.Context, in vendorRequest) (vendorResponse, error) {
	return convert(newVendorResponse)(s.Create(ctx, VendorChange(in)))
}

func (s *Service) getVendor(ctx context.Context, in idRequest) (vendorResponse, error) {
	return convert(newVendorResponse)(s.Get(ctx, in.ID))
}

func (s *Service) changeVendor(ctx context.Context, in vendorChangeRequest) (vendorResponse, error) {
	return convert(newVendorResponse)(s.Change(ctx, in.ID, VendorChange(in.vendorRequest), web.Guard(ctx, newVendorResponse)))
}

func (s *Service) deleteVendor(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.Delete(ctx, in.ID, web.Guard(ctx, newVendorResponse))
}
