package vendors

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) memberOperations() []web.Operation {
	const list, detail, tag = "/api/v1/vendor-members/", "/api/v1/vendor-members/:id/", "vendor-members"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "vendor_members_list", Tag: tag, Summary: "List your vendor's members",
			Description: "Also those who are invited, have declined or were revoked.",
			Access:      web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.listMembers),
		},
		{
			Method: http.MethodPost, Path: list, ID: "vendor_members_create", Tag: tag, Summary: "Invite a person",
			Description: "Who has no account gets one without a password.",
			Access:      web.LoggedIn, Status: http.StatusCreated, Fails: forbidden, Endpoint: web.JSON(s.inviteMember),
		},
		{
			Method: http.MethodPost, Path: list + "select/", ID: "vendor_members_select_create", Tag: tag,
			Summary: "Choose the vendor for which you work", Access: web.LoggedIn, Fails: forbidden,
			Endpoint: web.JSON(s.selectVendorOf),
		},
		{
			Method: http.MethodGet, Path: detail, ID: "vendor_members_retrieve", Tag: tag, Summary: "Show a member",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getMember),
		},
		{
			Method: http.MethodPut, Path: detail, ID: "vendor_members_update", Tag: tag, Summary: "Change a member",
			Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeMember),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: "vendor_members_partial_update", Tag: tag,
			Summary: "Change fields of a member", Access: web.LoggedIn, IfMatch: true, Fails: forbidden, Endpoint: web.JSON(s.changeMember),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: "vendor_members_destroy", Tag: tag, Summary: "Revoke a membership",
			Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent, Fails: []int{http.StatusForbidden, http.StatusBadRequest},
			Endpoint: web.JSON(s.revokeMember),
		},
	}
}

func (s *Service) inviteOperations() []web.Operation {
	const list, tag = "/api/v1/vendor-invites/", "vendor-invites"
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: "vendor_invites_list", Tag: tag,
			Summary: "List the invites that wait for your answer", Access: web.LoggedIn, Endpoint: web.JSON(s.listInvites),
		},
		{
			Method: http.MethodPost, Path: list + ":id/accept/", ID: "vendor_invites_accept_create", Tag: tag,
			Summary: "Accept an invite", Access: web.LoggedIn, Endpoint: web.JSON(s.acceptInvite),
		},
		{
			Method: http.MethodPost, Path: list + ":id/decline/", ID: "vendor_invites_decline_create", Tag: tag,
			Summary: "Decline an invite", Access: web.LoggedIn, Endpoint: web.JSON(s.declineInvite),
		},
	}
}

type vendorMemberInviteRequest struct {
	Email core.Optional[string] `json:"email" field:"required,email,max=254"`
	Role  core.Optional[Role]   `json:"role" help:"member, if it is absent."`
	Title core.Optional[string] `json:"title" field:"null,blank,max=255"`
}

type vendorSelectionRequest struct {
	Vendor core.Optional[int64] `json:"vendor" field:"required,pk"`
}

type vendorMemberUpdateRequest struct {
	Role     core.Optional[Role]   `json:"role"`
	Title    core.Optional[string] `json:"title" field:"null,blank,max=255"`
	IsActive core.Optional[bool]   `json:"is_active" help:"false ends the membership; true does nothing."`
}

type memberChangeRequest struct {
	ID int64 `path:"id"`
	vendorMemberUpdateRequest
}

type vendorMemberResponse struct {
	ID           int64           `json:"id"`
	User         int64           `json:"user"`
	Email        string          `json:"email"`
	Role         Role            `json:"role"`
	Title        *string         `json:"title"`
	IsActive     bool            `json:"is_active"`
	JoinedAt     core.Timestamp  `json:"joined_at"`
	InviteStatus InviteStatus    `json:"invite_status"`
	InvitedAt    core.Timestamp  `json:"invited_at"`
	RespondedAt  *core.Timestamp `json:"responded_at"`
	RevokedAt    *core.Timestamp `json:"revoked_at"`
	ActiveStore  *storeResponse  `json:"active_store"`
}

func newVendorMemberResponse(m *Member) vendorMemberResponse {
	res := vendorMemberResponse{
		ID: m.ID, User: m.UserID, Email: m.User.Email, Role: m.Role, Title: m.Title, IsActive: m.IsActive,
		JoinedAt: core.Timestamp(m.JoinedAt), InviteStatus: m.InviteStatus, InvitedAt: core.Timestamp(m.InvitedAt),
		RespondedAt: core.NewTimestamp(m.RespondedAt), RevokedAt: core.NewTimestamp(m.RevokedAt),
	}
	if m.ActiveStore != nil {
		st := newStoreResponse(m.ActiveStore)
		res.ActiveStore = &st
	}
	return res
}

type vendorMemberUpdateResponse struct {
	Role     Role    `json:"role"`
	Title    *string `json:"title"`
	IsActive bool    `json:"is_active"`
}

func newVendorMemberUpdateResponse(m *Member) vendorMemberUpdateResponse {
	return vendorMemberUpdateResponse{Role: m.Role, Title: m.Title, IsActive: m.IsActive}
}

func (s *Service) listMembers(ctx context.Context, _ web.Nothing) ([]vendorMemberResponse, error) {
	members, err := s.Members(ctx)
	return convertList(members, newVendorMemberResponse), err
}

func (s *Service) inviteMember(ctx context.Context, in vendorMemberInviteRequest) (vendorMemberResponse, error) {
	invite := Invite{Email: in.Email.Value, Role: in.Role.Value, Title: in.Title}
	return convert(newVendorMemberResponse)(s.Invite(ctx, invite))
}

func (s *Service) selectVendorOf(ctx context.Context, in vendorSelectionRequest) (vendorMemberResponse, error) {
	return convert(newVendorMemberResponse)(s.SelectVendor(ctx, in.Vendor.Value))
}

func (s *Service) getMember(ctx context.Context, in idRequest) (vendorMemberResponse, error) {
	return convert(newVendorMemberResponse)(s.Member(ctx, in.ID))
}

func (s *Service) changeMember(ctx context.Context, in memberChangeRequest) (vendorMemberUpdateResponse, error) {
	return convert(newVendorMemberUpdateResponse)(s.ChangeMember(ctx, in.ID, MemberChange(in.vendorMemberUpdateRequest), web.Guard(ctx, newVendorMemberResponse)))
}

func (s *Service) revokeMember(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.RevokeMember(ctx, in.ID, web.Guard(ctx, newVendorMemberResponse))
}

func (s *Service) listInvites(ctx context.Context, _ web.Nothing) ([]vendorMemberResponse, error) {
	invites, err := s.Invites(ctx)
	return convertList(invites, newVendorMemberResponse), err
}

func (s *Service) acceptInvite(ctx context.Context, in idRequest) (vendorMemberResponse, error) {
	return convert(newVendorMemberResponse)(s.Answer(ctx, in.ID, InviteAccepted))
}

func (s *Service) declineInvite(ctx context.Context, in idRequest) (vendorMemberResponse, error) {
	return convert(newVendorMemberResponse)(s.Answer(ctx, in.ID, InviteDeclined))
}
