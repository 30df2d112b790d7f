package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) capabilityOperations() []web.Operation {
	const path, tag = "/api/v1/vendor-store-access/:id/permissions/", "vendor-store-access"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: path, ID: "vendor_store_access_permissions_retrieve", Tag: tag,
			Summary: "Show what a member may do in a store", Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getPermissions),
		},
		{
			Method: http.MethodPut, Path: path, ID: "vendor_store_access_permissions_update", Tag: tag,
			Summary:     "Change what a member may do in a store",
			Description: "What is null, or not sent, is as the role has it.",
			Access:      web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.changePermissions),
		},
	}
}

type permissionsRequest struct {
	ID       int64               `path:"id"`
	SeeCost  core.Optional[bool] `json:"see_cost" field:"null" help:"See what was paid for items."`
	Adjust   core.Optional[bool] `json:"adjust" field:"null" help:"Change quantities otherwise than by selling and receiving."`
	Discount core.Optional[bool] `json:"discount" field:"null" help:"Sell at another price than the item's."`
	Void     core.Optional[bool] `json:"void" field:"null" help:"Void sales."`
}

type permissionsResponse struct {
	SeeCost   *bool               `json:"see_cost" help:"null where it is as the role has it."`
	Adjust    *bool               `json:"adjust"`
	Discount  *bool               `json:"discount"`
	Void      *bool               `json:"void"`
	Effective effectiveCapability `json:"effective"`
}

type effectiveCapability struct {
	SeeCost  bool `json:"see_cost"`
	Adjust   bool `json:"adjust"`
	Discount bool `json:"discount"`
	Void     bool `json:"void"`
}

func newPermissionsResponse(sa *StoreAccess) permissionsResponse {
	own := overrides(sa.Permissions)
	overridden := func(c Capability) *bool {
		if has, ok := own[c]; ok {
			return &has
		}
		return nil
	}
	effective := func(c Capability) bool { return may(sa.Role, sa.Permissions, c) }
	return permissionsResponse{
		SeeCost: overridden(SeeCost), Adjust: overridden(Adjust), Discount: overridden(GiveDiscount), Void: overridden(Void),
		Effective: effectiveCapability{
			SeeCost: effective(SeeCost), Adjust: effective(Adjust), Discount: effective(GiveDiscount), Void: effective(Void),
		},
	}
}

func (s *Service) getPermissions(ctx context.Context, in idRequest) (permissionsResponse, error) {
	return convert(newPermissionsResponse)(s.Access(ctx, in.ID))
}

func (s *Service) changePermissions(ctx context.Context, in permissionsRequest) (permissionsResponse, error) {
	return convert(newPermissionsResponse)(s.ChangePermissions(ctx, in.ID, map[Capability]*bool{
		SeeCost: in.SeeCost.Ptr(), Adjust: in.Adjust.Ptr(), GiveDiscount: in.Discount.Ptr(), Void: in.Void.Ptr(),
	}))
}
