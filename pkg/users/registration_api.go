package users

import (
	"context"
	"net/http"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) registrationOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: "/api/v1/auth/register/", ID: "auth_register_create", Tag: tag,
			Summary: "Register", Access: web.Public, Status: http.StatusCreated,
			Limit: web.Rate{Calls: 20, Per: 10 * time.Minute}, Endpoint: web.JSON(s.postRegister),
		},
		{
			Method: http.MethodPost, Path: "/api/v1/auth/register/check-email/", ID: "auth_register_check_email_create", Tag: tag,
			Summary: "Tell whether an e-mail address is free", Description: "Upper and lower case count as the same.",
			Access: web.Public, Limit: web.Rate{Calls: 30, Per: time.Minute}, Endpoint: web.JSON(s.postCheckEmail),
		},
	}
}

type registerResponse struct {
	Username string `json:"username"`
	ID       int64  `json:"id"`
}

func (s *Service) postRegister(ctx context.Context, in registerRequest) (registerResponse, error) {
	u, err := s.register(ctx, in)
	if err != nil {
		return registerResponse{}, err
	}
	return registerResponse{Username: u.Username, ID: u.ID}, nil
}

type checkEmailResponse struct {
	Available bool `json:"available"`
}

func (s *Service) postCheckEmail(ctx context.Context, in checkEmailRequest) (checkEmailResponse, error) {
	free, err := s.isEmailFree(ctx, in.Email)
	return checkEmailResponse{Available: free}, err
}
