package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) accessOperations() []web.Operation {
	const list, detail, tag = "/api/v1/vendor-store-access/", "/api/v1/vendor-store-access/:id/", "vendor-store-access"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "vendor_store_access_list", Tag: tag, Summary: "List who may work in which store",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.listAccesses),
		},
		{
			Method: http.MethodPost, Path: list, ID: "vendor_store_access_create", Tag: tag, Summary: "Open a store to a member",
			Access: web.LoggedIn, Status: http.StatusCreated, Fails: []int{http.StatusForbidden, http.StatusConflict},
			Endpoint: web.JSON(s.grantAccess),
		},
		{
			Method: http.MethodGet, Path: detail, ID: "vendor_store_access_retrieve", Tag: tag, Summary: "Show a store access",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getAccess),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "vendor_store_access_update", Tag: tag, Summary: "Change a store access",
			Description: "Only its role changes.", Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeAccess),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "vendor_store_access_partial_update", Tag: tag,
			Summary: "Change the role of a store access", Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeAccess),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "vendor_store_access_destroy", Tag: tag, Summary: "Close a store to a member",
			Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent, Fails: forbidden, Endpoint: web.JSON(s.revokeAccess),
		},
	}
}

type storeAccessRequest struct {
	Store  core.Optional[int64]      `json:"store" field:"required,pk"`
	Member core.Optional[int64]      `json:"member" field:"required,pk"`
	Role   core.Optional[AccessRole] `json:"role" help:"sales, if it is absent."`
}

type accessChangeRequest struct {
	ID int64 `path:"id"`
	storeAccessRequest
}

type storeAccessResponse struct {
	ID          int64      `json:"id"`
	Store       int64      `json:"store"`
	Member      int64      `json:"member"`
	Role        AccessRole `json:"role"`
	IsActive    bool       `json:"is_active"`
	MemberEmail string     `json:"member_email"`
}

func newStoreAccessResponse(sa *StoreAccess) storeAccessResponse {
	return storeAccessResponse{
		ID: sa.ID, Store: sa.StoreID, Member: sa.MemberID, Role: sa.Role, IsActive: sa.IsActive, MemberEmail: sa.Member.User.Email,
	}
}

func (s *Service) listAccesses(ctx context.Context, _ web.Nothing) ([]storeAccessResponse, error) {
	accesses, err := s.Accesses(ctx)
	return convertList(accesses, newStoreAccessResponse), err
}

func (s *Service) grantAccess(ctx context.Context, in storeAccessRequest) (storeAccessResponse, error) {
	return convert(newStoreAccessResponse)(s.GrantAccess(ctx, in.Store.Value, in.Member.Value, in.Role.Or(AccessSales)))
}

func (s *Service) getAccess(ctx context.Context, in idRequest) (storeAccessResponse, error) {
	return convert(newStoreAccessResponse)(s.Access(ctx, in.ID))
}

func (s *Service) changeAccess(ctx context.Context, in accessChangeRequest) (storeAccessResponse, error) {
	return convert(newStoreAccessResponse)(s.ChangeAccess(ctx, in.ID, in.Role, web.Guard(ctx, newStoreAccessResponse)))
}

func (s *Service) revokeAccess(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.RevokeAccess(ctx, in.ID, web.Guard(ctx, newStoreAccessResponse))
}
