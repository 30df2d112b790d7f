package catalog

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	apiPath      = "/api/v1/reference/"
	defaultLimit = 100
)

// pageRequest is what every list takes.
type pageRequest struct {
	Search string               `query:"q" field:"max=200" help:"Part of the name, the slug or the code, whatever the case."`
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How many rows a page has: 100 unless given."`
	Cursor string               `query:"cursor" field:"max=1200" help:"Where the page before ended: taken from its Link."`
}

func (r pageRequest) page() pageRequest { return r }

func (r pageRequest) filter() Filter { return Filter{Search: r.Search} }

// A listRequest is a pageRequest with filters.
type listRequest interface {
	page() pageRequest
	filter() Filter
}

type idRequest struct {
	ID int64 `path:"id"`
}

func (r idRequest) id() int64 { return r.ID }

// A changeRequest is a change of the row that its path names.
type changeRequest[R any] interface {
	change[R]
	id() int64
}

// words are how a kind of row is spoken of.
type words struct {
	path   string // such as axes
	noun   string // such as Axis
	one    string // such as an axis
	many   string // such as axes
	remark string
}

// operations are those on one kind of row: L lists, Q makes, C changes, and Res shows.
func operations[R any, P model[R], L listRequest, Q change[R], C changeRequest[R], Res any](
	s *Service, w words, newResponse func(*R) Res,
) []web.Operation {
	h := handlers[R, P, L, Q, C, Res]{shelf[R, P]{s, w.noun}, apiPath + w.path + "/", newResponse}
	list, detail, id := h.path, h.path+":id/", "reference_"+w.path
	const aboutLists = "By name: everybody's, and what your vendor added. The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none."
	const own = "Only of those that your vendor added; for its owners, admins and managers."
	writing := []int{http.StatusForbidden, http.StatusConflict}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: list, ID: id + "_list", Tag: "reference", Summary: "List " + w.many,
			Description: w.remark + aboutLists, Access: web.LoggedIn, Endpoint: web.JSONWithHeader(h.list),
		},
		{
			Method: http.MethodPost, Path: list, ID: id + "_create", Tag: "reference", Summary: "Add " + w.one,
			Description: "Your vendor alone sees it. For owners, admins and managers.", Access: web.LoggedIn,
			Status: http.StatusCreated, Fails: writing, Endpoint: web.JSON(h.create),
		},
		{
			Method: http.MethodGet, Path: detail, ID: id + "_retrieve", Tag: "reference", Summary: "Show " + w.one,
			Access: web.LoggedIn, Endpoint: web.JSON(h.retrieve),
		},
		{
			Method: http.MethodPatch, Path: detail, ID: id + "_partial_update", Tag: "reference", Summary: "Change fields of " + w.one,
			Description: own, Access: web.LoggedIn, IfMatch: true, Fails: writing, Endpoint: web.JSON(h.update),
		},
		{
			Method: http.MethodDelete, Path: detail, ID: id + "_destroy", Tag: "reference", Summary: "Delete " + w.one,
			Description: own + " 409 where something names it.", Access: web.LoggedIn, IfMatch: true, Status: http.StatusNoContent,
			Fails: writing, Endpoint: web.JSON(h.destroy),
		},
	}
}

// handlers serve one kind of row.
type handlers[R any, P model[R], L listRequest, Q change[R], C changeRequest[R], Res any] struct {
	shelf       shelf[R, P]
	path        string
	newResponse func(*R) Res
}

func (h handlers[R, P, L, Q, C, Res]) list(ctx context.Context, in L, header http.Header) ([]Res, error) {
	page := in.page()
	rows, next, err := h.shelf.page(ctx, in.filter(), page.Cursor, page.Limit.Or(defaultLimit))
	if next != "" {
		page.linkNext(header, h.path, in.filter().query(), next)
	}
	list := make([]Res, len(rows))
	for i, r := range rows {
		list[i] = h.newResponse(r)
	}
	return list, err
}

// linkNext says where the next page is.
func (r pageRequest) linkNext(header http.Header, path string, query url.Values, cursor string) {
	if r.Limit.HasValue() {
		query.Set("limit", strconv.FormatInt(r.Limit.Value, 10))
	}
	query.Set("cursor", cursor)
	header.Set("Link", "<"+path+"?"+query.Encode()+`>; rel="next"`)
}

func (h handlers[R, P, L, Q, C, Res]) create(ctx context.Context, in Q) (Res, error) {
	return h.respond(h.shelf.create(ctx, in))
}

func (h handlers[R, P, L, Q, C, Res]) retrieve(ctx context.Context, in idRequest) (Res, error) {
	return h.respond(h.shelf.get(ctx, in.ID))
}

func (h handlers[R, P, L, Q, C, Res]) update(ctx context.Context, in C) (Res, error) {
	return h.respond(h.shelf.change(ctx, in.id(), in, web.Guard(ctx, h.newResponse)))
}

func (h handlers[R, P, L, Q, C, Res]) destroy(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, h.shelf.remove(ctx, in.ID, web.Guard(ctx, h.newResponse))
}

// respond makes a use case's result a response, unless it failed.
func (h handlers[R, P, L, Q, C, Res]) respond(r *R, err error) (res Res, _ error) {
	if err != nil {
		return res, err
	}
	return h.newResponse(r), nil
}
