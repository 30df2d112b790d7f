package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) storeImageOperations() []web.Operation {
	const logo, banner, tag = "/api/v1/vendor-stores/:id/logo/", "/api/v1/vendor-stores/:id/banner/", "vendor-stores"
	fails := []int{http.StatusForbidden, http.StatusServiceUnavailable}
	return []web.Operation{
		{
			Method: http.MethodPost, Path: logo, ID: "vendor_stores_logo_create", Tag: tag, Summary: "Upload a store's logo",
			Description: "It replaces an earlier one.", Access: web.LoggedIn, Accepts: web.MultipartBody, Fails: fails,
			Endpoint: web.JSON(s.postStoreLogo),
		},
		{
			Method: http.MethodDelete, Path: logo, ID: "vendor_stores_logo_destroy", Tag: tag, Summary: "Remove a store's logo",
			Access: web.LoggedIn, Accepts: web.MultipartBody, Status: http.StatusNoContent, Fails: fails[:1],
			Endpoint: web.JSON(s.deleteStoreLogo),
		},
		{
			Method: http.MethodPost, Path: banner, ID: "vendor_stores_banner_create", Tag: tag, Summary: "Upload a store's banner",
			Description: "It replaces an earlier one.", Access: web.LoggedIn, Accepts: web.MultipartBody, Fails: fails,
			Endpoint: web.JSON(s.postStoreBanner),
		},
		{
			Method: http.MethodDelete, Path: banner, ID: "vendor_stores_banner_destroy", Tag: tag,
			Summary: "Remove a store's banner", Access: web.LoggedIn, Accepts: web.MultipartBody,
			Status: http.StatusNoContent, Fails: fails[:1], Endpoint: web.JSON(s.deleteStoreBanner),
		},
	}
}

type storeImageUpload struct {
	File core.Upload `json:"file" field:"required" help:"A PNG, JPEG, WebP or GIF image."`
}

type storeImageRequest struct {
	ID int64 `path:"id"`
	storeImageUpload
}

func (s *Service) postStoreLogo(ctx context.Context, in storeImageRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.SetStoreLogo(ctx, in.ID, in.File))
}

func (s *Service) postStoreBanner(ctx context.Context, in storeImageRequest) (storeResponse, error) {
	return convert(newStoreResponse)(s.SetStoreBanner(ctx, in.ID, in.File))
}

// none clears a field.
var none = core.Optional[string]{Sent: true, Null: true}

func (s *Service) deleteStoreLogo(ctx context.Context, in idRequest) (web.Nothing, error) {
	_, err := s.ChangeStore(ctx, in.ID, StoreChange{LogoURL: none}, nil)
	return web.Nothing{}, err
}

func (s *Service) deleteStoreBanner(ctx context.Context, in idRequest) (web.Nothing, error) {
	_, err := s.ChangeStore(ctx, in.ID, StoreChange{BannerURL: none}, nil)
	return web.Nothing{}, err
}
