package users

import (
	"context"
	"net/http"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) passwordOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: "/api/v1/auth/password/change/", ID: "auth_password_change_create", Tag: tag,
			Summary: "Change the password", Description: "Tokens stay valid.",
			Access: web.LoggedIn, Limit: web.Rate{Calls: 20, Per: time.Minute}, Endpoint: web.JSON(s.postPasswordChange),
		},
	}
}

type changePasswordRequest struct {
	OldPassword string `json:"old_password" field:"required" help:"The current one."`
	NewPassword string `json:"new_password" field:"required,min=8,max=128"`
}

func (s *Service) postPasswordChange(ctx context.Context, in changePasswordRequest) (authMessageResponse, error) {
	err := s.changePassword(ctx, core.ActorFrom(ctx).UserID, in)
	return authMessageResponse{"Password changed successfully."}, err
}
