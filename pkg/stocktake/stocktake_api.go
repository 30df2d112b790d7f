package stocktake

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	path         = "/api/v1/stocktakes/"
	defaultLimit = 100
	aboutPages   = "The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none."
)

func (s *Service) stocktakeOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodGet, Path: path, ID: "stocktakes_list", Tag: "stocktakes", Summary: "List the stocktakes of your vendor",
			Description: "Those of stores that you may read, the newest first. " + aboutPages, Access: web.LoggedIn,
			Endpoint: web.JSONWithHeader(s.listStocktakes),
		},
		{
			Method: http.MethodPost, Path: path, ID: "stocktakes_create", Tag: "stocktakes", Summary: "Open a stocktake",
			Description: "Of a whole store or of one category in it: 409 while another one there counts the same items. " +
				"Sent again with the same `client_key`, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.createStocktake),
		},
		{
			Method: http.MethodGet, Path: path + ":id/", ID: "stocktakes_retrieve", Tag: "stocktakes", Summary: "Get a stocktake",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.getStocktake),
		},
		{
			Method: http.MethodPost, Path: path + ":id/post/", ID: "stocktakes_post_create", Tag: "stocktakes",
			Summary: "Post the differences of a stocktake",
			Description: "Each difference becomes a movement of the kind `count`, all of them or none, and the stocktake is closed. " +
				"What was sold or came after an item was scanned stays sold or there.",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.postStocktake),
		},
		{
			Method: http.MethodPost, Path: path + ":id/cancel/", ID: "stocktakes_cancel_create", Tag: "stocktakes",
			Summary: "Cancel a stocktake", Description: "It is closed, and changes nothing.", Access: web.LoggedIn,
			Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.cancelStocktake),
		},
		{
			Method: http.MethodPost, Path: path + ":id/undo/", ID: "stocktakes_undo_create", Tag: "stocktakes",
			Summary:     "Undo a posted stocktake",
			Description: "Makes the opposite of each of its movements, all of them or none: 409 where too few of what it found are there still, or one of the collectibles is deleted.",
			Access:      web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.undoStocktake),
		},
	}
}

type stocktakeRequest struct {
	Store     int64                 `json:"store" field:"required,pk"`
	Category  core.Optional[string] `json:"category" field:"null,max=100" help:"Only collectibles of this category, whatever the case; all of the store without it."`
	Note      string                `json:"note" field:"blank,max=255"`
	ClientKey core.Optional[string] `json:"client_key" field:"null,max=255" help:"Your own name for the stocktake, which no other one of the vendor's has."`
}

type postRequest struct {
	ID      int64     `path:"id"`
	Missing OfMissing `json:"missing" help:"What becomes of collectibles in the scope that nobody scanned: keep leaves them alone, zero posts them away, but for what came since the stocktake was opened. keep unless given."`
}

type stocktakeIDRequest struct {
	ID int64 `path:"id"`
}

type undoStocktakeRequest struct {
	ID     int64  `path:"id"`
	Reason string `json:"reason" field:"blank,max=255"`
}

type stocktakesRequest struct {
	Store core.Optional[int64] `query:"store" field:"pk" help:"Only stocktakes of this store, by its id."`
	State State                `query:"state"`
	pageRequest
}

type pageRequest struct {
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How long a page is: 100 unless given."`
	Cursor string               `query:"cursor" field:"max=100" help:"Where the page before ended: taken from its Link."`
}

// linkNext says where the next page is, if there is one.
func (r pageRequest) linkNext(header http.Header, path string, query url.Values, cursor string) {
	if cursor == "" {
		return
	}
	if r.Limit.HasValue() {
		query.Set("limit", strconv.FormatInt(r.Limit.Value, 10))
	}
	query.Set("cursor", cursor)
	header.Set("Link", "<"+path+"?"+query.Encode()+`>; rel="next"`)
}

type stocktakeResponse struct {
	ID        int64           `json:"id"`
	Store     int64           `json:"store"`
	State     State           `json:"state"`
	Category  *string         `json:"category" help:"Null for all collectibles of the store."`
	Note      string          `json:"note"`
	User      *int64          `json:"user" help:"Who opened it."`
	ClientKey *string         `json:"client_key"`
	CreatedAt core.Timestamp  `json:"created_at"`
	ClosedAt  *core.Timestamp `json:"closed_at" help:"When it was posted, cancelled or undone."`

	isReplay bool
}

// IsReplay reports whether the stocktake was opened before.
func (r stocktakeResponse) IsReplay() bool { return r.isReplay }

func newStocktakeResponse(t *Stocktake) stocktakeResponse {
	return stocktakeResponse{
		ID: t.ID, Store: t.StoreID, State: t.State, Category: t.Category, Note: t.Note, User: t.UserID, ClientKey: t.ClientKey,
		CreatedAt: core.Timestamp(t.CreatedAt), ClosedAt: core.NewTimestamp(t.ClosedAt),
	}
}

type stocktakeDetailResponse struct {
	stocktakeResponse
	Items int64 `json:"items" help:"Collectibles that were scanned."`
	Units int64 `json:"units" help:"Units that were counted."`
}

func (s *Service) listStocktakes(ctx context.Context, in stocktakesRequest, header http.Header) ([]stocktakeResponse, error) {
	before, err := parseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	limit := in.Limit.Or(defaultLimit)
	ts, err := s.List(ctx, Filter{StoreID: in.Store.Ptr(), State: in.State}, before, limit+1)
	if err != nil {
		return nil, err
	}
	if int64(len(ts)) > limit {
		ts = ts[:limit]
		query := url.Values{}
		if in.Store.HasValue() {
			query.Set("store", strconv.FormatInt(in.Store.Value, 10))
		}
		if in.State != "" {
			query.Set("state", string(in.State))
		}
		in.linkNext(header, path, query, strconv.FormatInt(ts[limit-1].ID, 10))
	}
	list := make([]stocktakeResponse, len(ts))
	for i, t := range ts {
		list[i] = newStocktakeResponse(t)
	}
	return list, nil
}

func (s *Service) createStocktake(ctx context.Context, in stocktakeRequest) (stocktakeResponse, error) {
	t, isNew, err := s.Begin(ctx, Request{StoreID: in.Store, Category: in.Category.Ptr(), Note: in.Note, ClientKey: in.ClientKey.Ptr()})
	if err != nil {
		return stocktakeResponse{}, err
	}
	res := newStocktakeResponse(t)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) getStocktake(ctx context.Context, in stocktakeIDRequest) (stocktakeDetailResponse, error) {
	t, p, err := s.Get(ctx, in.ID)
	if err != nil {
		return stocktakeDetailResponse{}, err
	}
	return stocktakeDetailResponse{stocktakeResponse: newStocktakeResponse(t), Items: p.Items, Units: p.Units}, nil
}

func (s *Service) postStocktake(ctx context.Context, in postRequest) (stocktakeResponse, error) {
	t, err := s.Post(ctx, in.ID, in.Missing)
	if err != nil {
		return stocktakeResponse{}, err
	}
	return newStocktakeResponse(t), nil
}

func (s *Service) cancelStocktake(ctx context.Context, in stocktakeIDRequest) (stocktakeResponse, error) {
	t, err := s.Cancel(ctx, in.ID)
	if err != nil {
		return stocktakeResponse{}, err
	}
	return newStocktakeResponse(t), nil
}

func (s *Service) undoStocktake(ctx context.Context, in undoStocktakeRequest) (stocktakeResponse, error) {
	t, err := s.Undo(ctx, in.ID, in.Reason)
	if err != nil {
		return stocktakeResponse{}, err
	}
	return newStocktakeResponse(t), nil
}
