package users

import (
	"context"
	"net/http"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) resetOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: "/api/v1/auth/password/reset/", ID: "auth_password_reset_create", Tag: tag,
			Summary:     "Ask for a link to set a new password",
			Description: "The answer does not tell whether there is such an account. Each account gets one mail in 5 minutes.",
			Access:      web.Public, Limit: web.Rate{Calls: 10, Per: 10 * time.Minute}, Endpoint: web.JSON(s.postReset),
		},
		{
			Method: http.MethodPost, Path: "/api/v1/auth/password/reset/confirm/", ID: "auth_password_reset_confirm_create", Tag: tag,
			Summary: "Set a new password with the token of a reset link", Description: "A token works once.",
			Access: web.Public, Limit: web.Rate{Calls: 20, Per: 10 * time.Minute}, Endpoint: web.JSON(s.postResetConfirm),
		},
	}
}

type passwordResetRequest struct {
	Email string `json:"email" field:"required,email,max=254" help:"Address of the account."`
}

func (s *Service) postReset(ctx context.Context, in passwordResetRequest) (authMessageResponse, error) {
	return authMessageResponse{"If an account with that email exists, a password reset link has been sent."},
		s.requestReset(ctx, in.Email)
}

type passwordResetConfirmRequest struct {
	UID         int64  `json:"uid" field:"required" help:"The uid of the link."`
	Token       string `json:"token" field:"required" help:"The token of the link."`
	NewPassword string `json:"new_password" field:"required,min=8,max=128"`
}

func (s *Service) postResetConfirm(ctx context.Context, in passwordResetConfirmRequest) (authMessageResponse, error) {
	return authMessageResponse{"Password has been reset successfully."}, s.confirmReset(ctx, in)
}
