package users

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) onboardingOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: "/api/v1/auth/profile/complete/", ID: "auth_profile_complete_create", Tag: tag,
			Summary:     "Complete the account",
			Description: "The onboarding form: it gives the account a new user name and password.",
			Access:      web.LoggedIn, Endpoint: web.JSON(s.postComplete),
		},
	}
}

func (s *Service) postComplete(ctx context.Context, in completeProfileRequest) (currentUserResponse, error) {
	a, err := s.completeAccount(ctx, core.ActorFrom(ctx).UserID, in)
	return newCurrentUserResponse(a, err)
}
