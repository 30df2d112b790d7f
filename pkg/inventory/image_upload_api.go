package inventory

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) imageOperations() []web.Operation {
	const list, detail, tag = "/api/v1/collectibles/:id/images/", "/api/v1/collectibles/:id/images/:image_id/", "collectibles"
	return []web.Operation{
		{
			Method: http.MethodPost, Path: list, ID: "collectibles_images_create", Tag: tag, Summary: "Upload an image",
			Description: "It is kept without its metadata, such as the place where it was taken, and upright. " +
				"The address of a small version stands in metadata.thumbnail.",
			Access: web.LoggedIn, Accepts: web.MultipartBody, Status: http.StatusCreated,
			Fails: []int{http.StatusForbidden, http.StatusServiceUnavailable}, Endpoint: web.JSON(s.postImage),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "collectibles_images_destroy", Tag: tag, Summary: "Delete an image",
			Access: web.LoggedIn, Accepts: web.MultipartBody, Status: http.StatusNoContent,
			Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.deleteImage),
		},
	}
}

type imageUpload struct {
	File      core.Upload          `json:"file" field:"required" help:"A PNG, JPEG, WebP or GIF image."`
	SortOrder core.Optional[int32] `json:"sort_order" field:"least=0" help:"From 0; unique for the item. Behind the others by default."`
	IsPrimary core.Optional[bool]  `json:"is_primary" help:"True by default where no other image is the primary one."`
}

type imageUploadRequest struct {
	ItemID int64 `path:"id"`
	imageUpload
}

type imagePath struct {
	ItemID  int64 `path:"id"`
	ImageID int64 `path:"image_id"`
}

func (s *Service) postImage(ctx context.Context, in imageUploadRequest) (imageResponse, error) {
	image, err := s.AddImage(ctx, in.ItemID, ImageUpload(in.imageUpload))
	if err != nil {
		return imageResponse{}, err
	}
	return newImageResponse(image), nil
}

func (s *Service) deleteImage(ctx context.Context, in imagePath) (web.Nothing, error) {
	return web.Nothing{}, s.DeleteImage(ctx, in.ItemID, in.ImageID)
}
