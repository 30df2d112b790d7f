package users

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) accountOperations() []web.Operation {
	const path, accepts = "/api/v1/auth/me/", web.JSONBody | web.FormBody
	return []web.Operation{
		{
			Method: http.MethodGet, Path: path, ID: "auth_me_retrieve", Tag: tag, Summary: "Show the account",
			Access: web.LoggedIn, Accepts: accepts, Endpoint: web.JSON(s.getMe),
		},
		{
			Method: http.MethodPut, Path: path, ID: "auth_me_update", Tag: tag, Summary: "Change the account",
			Description: "Fields that are not sent stay as they are.",
			Access:      web.LoggedIn, Accepts: accepts, Endpoint: web.JSON(s.patchMe),
		},
		{
			Method: http.MethodPatch, Path: path, ID: "auth_me_partial_update", Tag: tag, Summary: "Change fields of the account",
			Access: web.LoggedIn, Accepts: accepts, Endpoint: web.JSON(s.patchMe),
		},
	}
}

type currentUserResponse struct {
	ID               int64                 `json:"id"`
	Username         string                `json:"username"`
	Email            string                `json:"email"`
	FirstName        string                `json:"first_name"`
	LastName         string                `json:"last_name"`
	FullName         string                `json:"full_name"`
	Role             Role                  `json:"role" help:"What the user is. It grants nothing."`
	ProfileCompleted bool                  `json:"profile_completed" help:"Whether the onboarding form was filled in."`
	CompanyName      *string               `json:"company_name"`
	CompanyCode      *string               `json:"company_code"`
	CompanySite      *string               `json:"company_site"`
	PhoneNumber      *string               `json:"phone_number"`
	Birthdate        *core.Date            `json:"birthdate"`
	TosAcceptedAt    *core.Timestamp       `json:"tos_accepted_at" help:"When the user accepted the terms of service."`
	Profile          userProfileResponse   `json:"profile"`
	ActiveVendor     *activeVendorResponse `json:"active_vendor"`
	ActiveStore      *activeStoreResponse  `json:"active_store"`
}

type userProfileResponse struct {
	ID             int64          `json:"id"`
	Phone          *string        `json:"phone"`
	Bio            *string        `json:"bio"`
	ProfilePicture *string        `json:"profile_picture"`
	VendorID       *int64         `json:"vendor_id"`
	VendorName     *string        `json:"vendor_name"`
	CreatedAt      core.Timestamp `json:"created_at"`
	UpdatedAt      core.Timestamp `json:"updated_at"`
}

// activeVendorResponse is the vendor that the user's requests are about.
type activeVendorResponse struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

// activeStoreResponse is the store that the user's requests are about.
type activeStoreResponse struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	VendorID int64  `json:"vendor_id"`
}

func (s *Service) getMe(ctx context.Context, _ web.Nothing) (currentUserResponse, error) {
	a, err := s.Account(ctx, core.ActorFrom(ctx).UserID)
	return newCurrentUserResponse(a, err)
}

func (s *Service) patchMe(ctx context.Context, in updateProfileRequest) (currentUserResponse, error) {
	a, err := s.changeAccount(ctx, core.ActorFrom(ctx).UserID, &in)
	return newCurrentUserResponse(a, err)
}

// newCurrentUserResponse passes an error on.
func newCurrentUserResponse(a *Account, err error) (currentUserResponse, error) {
	if err != nil {
		return currentUserResponse{}, err
	}
	u := a.User
	return currentUserResponse{
		ID: u.ID, Username: u.Username, Email: u.Email,
		FirstName: u.FirstName, LastName: u.LastName, FullName: u.FullName(),
		Role: u.Role, ProfileCompleted: u.ProfileCompleted,
		CompanyName: u.CompanyName, CompanyCode: u.CompanyCode, CompanySite: u.CompanySite,
		PhoneNumber: u.PhoneNumber, Birthdate: u.Birthdate, TosAcceptedAt: core.NewTimestamp(u.TosAcceptedAt),
		Profile:      newUserProfileResponse(a.Profile, a.Workplace.ProfileVendorName),
		ActiveVendor: (*activeVendorResponse)(a.Workplace.Vendor),
		ActiveStore:  (*activeStoreResponse)(a.Workplace.Store),
	}, nil
}

func newUserProfileResponse(p *Profile, vendorName *string) userProfileResponse {
	return userProfileResponse{
		ID: p.ID, Phone: p.Phone, Bio: p.Bio, ProfilePicture: p.ProfilePicture,
		VendorID: p.VendorID, VendorName: vendorName,
		CreatedAt: core.Timestamp(p.CreatedAt), UpdatedAt: core.Timestamp(p.UpdatedAt),
	}
}
