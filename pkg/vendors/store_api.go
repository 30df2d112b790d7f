package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) storeOperations() []web.Operation {
	const list, detail, tag = "/api/v1/vendor-stores/", "/api/v1/vendor-stores/:id/", "vendor-stores"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "vendor_stores_list", Tag: tag, Summary: "List your vendor's stores, by name",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.listStores),
		},
		{
			Method: http.MethodPost, Path: list, ID: "vendor_stores_create", Tag: tag, Summary: "Create a store",
			Access: web.LoggedIn, Status: http.StatusCreated, Fails: forbidden, Endpoint: web.JSON(s.createStoreOf),
		},
		{
			Method: http.MethodPost, Path: list + "select/", ID: "vendor_stores_select_create", Tag: tag,
			Summary: "Choose the store in which you work", Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.selectStore),
		},
		{
			Method: http.MethodGet, Path: detail, ID: "vendor_stores_retrieve", Tag: tag, Summary: "Show a store",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getStore),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "vendor_stores_update", Tag: tag, Summary: "Change a store",
			Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeStore),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "vendor_stores_partial_update", Tag: tag, Summary: "Change fields of a store",
			Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeStore),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "vendor_stores_destroy", Tag: tag, Summary: "Delete an empty store",
			Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent, Fails: []int{http.StatusForbidden, http.StatusConflict},
			Endpoint: web.JSON(s.deleteStore),
		},
	}
}

type storeRequest struct {
	Name           core.Optional[string]       `json:"name" field:"required,max=255"`
	Type           core.Optional[StoreType]    `json:"type" field:"null,blank"`
	Description    core.Optional[string]       `json:"description" field:"null,blank"`
	Address        core.Optional[string]       `json:"address" field:"null,blank"`
	Metadata       core.Optional[core.JSON]    `json:"metadata"`
	LogoURL        core.Optional[string]       `json:"logo_url" field:"null,blank,max=200,url"`
	BannerURL      core.Optional[string]       `json:"banner_url" field:"null,blank,max=200,url"`
	Currency       core.Optional[string]       `json:"currency" field:"null,blank,max=8" help:"ISO 4217 code."`
	DefaultTaxRate core.Optional[core.Percent] `json:"default_tax_rate" field:"null" help:"Percent."`
	IsActive       core.Optional[bool]         `json:"is_active"`
}

type storeChangeRequest struct {
	ID int64 `path:"id"`
	storeRequest
}

type storeSelectionRequest struct {
	Store core.Optional[int64] `json:"store" field:"required,pk"`
}

type storeResponse struct {
	ID             int64          `json:"id"`
	VendorID       int64          `json:"vendor_id"`
	Name           string         `json:"name" field:"max=255"`
	Slug           string         `json:"slug" help:"Made of the name, once."`
	Type           *StoreType     `json:"type" field:"blank"`
	Description    *string        `json:"description"`
	Address        *string        `json:"address"`
	Metadata       core.JSON      `json:"metadata"`
	LogoURL        *string        `json:"logo_url"`
	BannerURL      *string        `json:"banner_url"`
	Currency       *string        `json:"currency"`
	DefaultTaxRate *core.Percent  `json:"default_tax_rate"`
	IsActive       bool           `json:"is_active"`
	CreatedAt      core.Timestamp `json:"created_at"`
	UpdatedAt      core.Timestamp `json:"updated_at"`
}

func newStoreResponse(st *Store) storeResponse {
	return storeResponse{
		ID: st.ID, VendorID: st.VendorID, Name: st.Name, Slug: st.Slug, Type: st.Type, Description: st.Description,
		Address: st.Address, Metadata: st.Metadata, LogoURL: st.LogoURL, BannerURL: st.BannerURL, Currency: st.Currency,
		DefaultTaxRate: st.DefaultTaxRate, IsActive: st.IsActive,
		CreatedAt: core.Timestamp(st.CreatedAt), UpdatedAt: core.Timestamp(st.UpdatedAt),
	}
}

func (s *Service) listStores(ctx context.Context, _ web.Nothing) ([]storeResponse, error) {
	stores, err := s.Stores(ctx)
	return convertList(stores, newStoreResponse), err
}

func (s *Service) createStoreOf(ctx context.Context, in storeRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.CreateStore(ctx, StoreChange(in)))
}

func (s *Service) selectStore(ctx context.Context, in storeSelectionRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.SelectStore(ctx, in.Store.Value))
}

func (s *Service) getStore(ctx context.Context, in idRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.Store(ctx, in.ID))
}

func (s *Service) changeStore(ctx context.Context, in storeChangeRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.ChangeStore(ctx, in.ID, StoreChange(in.storeRequest), web.Guard(ctx, newStoreResponse)))
}

func (s *Service) deleteStore(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.DeleteStore(ctx, in.ID, web.Guard(ctx, newStoreResponse))
}
