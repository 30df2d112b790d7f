package users

import (
	"context"
	"net/http"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) tokenOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: "/api/v1/auth/token/", ID: "auth_token_create", Tag: tag, Summary: "Log in",
			Description: "Gives a refresh token, valid for a day, and an access token, valid for 5 minutes.",
			Access:      web.Open, Fails: []int{http.StatusUnauthorized},
			Limit: web.Rate{Calls: 20, Per: time.Minute}, Endpoint: web.JSON(s.postToken),
		},
		{
			Method: http.MethodPost, Path: "/api/v1/auth/token/refresh/", ID: "auth_token_refresh_create", Tag: tag,
			Summary: "Exchange a refresh token for a new pair", Description: "A refresh token works once.",
			Access: web.Open, Fails: []int{http.StatusUnauthorized},
			Limit: web.Rate{Calls: 300, Per: time.Minute}, Endpoint: web.JSON(s.postTokenRefresh),
		},
		{
			Method: http.MethodPost, Path: "/api/v1/auth/token/verify/", ID: "auth_token_verify_create", Tag: tag,
			Summary: "Tell whether a token is valid", Description: "Answers an empty object if it is.",
			Access: web.Open, Fails: []int{http.StatusUnauthorized},
			Limit: web.Rate{Calls: 300, Per: time.Minute}, Endpoint: web.JSON(s.postTokenVerify),
		},
		{
			Method: http.MethodPost, Path: "/api/v1/auth/logout/", ID: "auth_logout_create", Tag: tag, Summary: "Log out",
			Description: "Makes a refresh token worthless. The access token stays valid for its few minutes.",
			Access:      web.LoggedIn, Endpoint: web.JSON(s.postLogout),
		},
	}
}

type tokenObtainPairRequest struct {
	Username string `json:"username" field:"required"`
	Password string `json:"password" field:"required"`
}

type tokenObtainPairResponse struct {
	Refresh string `json:"refresh"`
	Access  string `json:"access"`
}

func (s *Service) postToken(ctx context.Context, in tokenObtainPairRequest) (tokenObtainPairResponse, error) {
	pair, err := s.logIn(ctx, in.Username, in.Password)
	return tokenObtainPairResponse(pair), err
}

type tokenRefreshRequest struct {
	Refresh string `json:"refresh" field:"required"`
}

type tokenRefreshResponse struct {
	Access  string `json:"access"`
	Refresh string `json:"refresh"`
}

func (s *Service) postTokenRefresh(ctx context.Context, in tokenRefreshRequest) (tokenRefreshResponse, error) {
	pair, err := s.refresh(ctx, in.Refresh)
	return tokenRefreshResponse{Access: pair.Access, Refresh: pair.Refresh}, err
}

type tokenVerifyRequest struct {
	Token string `json:"token" field:"required"`
}

func (s *Service) postTokenVerify(ctx context.Context, in tokenVerifyRequest) (web.Nothing, error) {
	return web.Nothing{}, s.checkToken(ctx, in.Token)
}

type logoutRequest struct {
	Refresh string `json:"refresh" field:"required" help:"The refresh token to make worthless."`
}

func (s *Service) postLogout(ctx context.Context, in logoutRequest) (authMessageResponse, error) {
	return authMessageResponse{"Successfully logged out."}, s.logOut(ctx, in.Refresh)
}

// authMessageResponse tells people that it is done.
type authMessageResponse struct {
	Detail string `json:"detail"`
}
