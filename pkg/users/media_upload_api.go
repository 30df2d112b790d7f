package users

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) avatarOperations() []web.Operation {
	const path = "/api/v1/auth/me/avatar/"
	return []web.Operation{
		{
			Method: http.MethodPost, Path: path, ID: "auth_me_avatar_create", Tag: tag, Summary: "Upload your avatar",
			Description: "It replaces an earlier one.", Access: web.LoggedIn, Accepts: web.MultipartBody,
			Status: http.StatusCreated, Fails: []int{http.StatusServiceUnavailable}, Endpoint: web.JSON(s.postAvatar),
		},
		{
			Method: http.MethodDelete, Path: path, ID: "auth_me_avatar_destroy", Tag: tag, Summary: "Remove your avatar",
			Access: web.LoggedIn, Accepts: web.MultipartBody, Status: http.StatusNoContent, Endpoint: web.JSON(s.removeAvatar),
		},
	}
}

type avatarUploadRequest struct {
	File core.Upload `json:"file" field:"required" help:"A PNG, JPEG, WebP or GIF image."`
}

type userMediaResponse struct {
	ID        int64          `json:"id"`
	MediaType MediaType      `json:"media_type"`
	URL       string         `json:"url"`
	Width     *int32         `json:"width" help:"Pixels."`
	Height    *int32         `json:"height" help:"Pixels."`
	SizeKB    *int32         `json:"size_kb"`
	Metadata  core.JSON      `json:"metadata"`
	CreatedAt core.Timestamp `json:"created_at"`
	UpdatedAt core.Timestamp `json:"updated_at"`
}

func newUserMediaResponse(m *Media) userMediaResponse {
	return userMediaResponse{
		ID: m.ID, MediaType: m.MediaType, URL: m.URL, Width: m.Width, Height: m.Height, SizeKB: m.SizeKB,
		Metadata: m.Metadata, CreatedAt: core.Timestamp(m.CreatedAt), UpdatedAt: core.Timestamp(m.UpdatedAt),
	}
}

func (s *Service) postAvatar(ctx context.Context, in avatarUploadRequest) (userMediaResponse, error) {
	m, err := s.setAvatar(ctx, core.ActorFrom(ctx).UserID, in.File)
	if err != nil {
		return userMediaResponse{}, err
	}
	return newUserMediaResponse(m), nil
}

func (s *Service) removeAvatar(ctx context.Context, _ web.Nothing) (web.Nothing, error) {
	return web.Nothing{}, s.deleteAvatar(ctx, core.ActorFrom(ctx).UserID)
}
