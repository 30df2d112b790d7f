package costing

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	acquisitionsPath = "/api/v1/stock/acquisitions/"
	defaultLimit     = 100
)

func (s *Service) acquisitionOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodGet, Path: acquisitionsPath, ID: "stock_acquisitions_list", Tag: "costing", Summary: "List what was bought together",
			Description: "The newest first. The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none.",
			Access:      web.LoggedIn, Endpoint: web.JSONWithHeader(s.listAcquisitions),
		},
		{
			Method: http.MethodPost, Path: acquisitionsPath, ID: "stock_acquisitions_create", Tag: "costing", Summary: "Receive what was bought together",
			Description: "What was paid for all of it is spread over the lines by their weights, to the hundredth. Sent again with the same " +
				"`client_key`, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.createAcquisition),
		},
		{
			Method: http.MethodPost, Path: acquisitionsPath + ":id/undo/", ID: "stock_acquisitions_undo_create", Tag: "costing",
			Summary: "Undo an acquisition",
			Description: "Takes back what came by it, all of it or nothing: 409 where not all of it is there still (as many units at the " +
				"same cost) or one of the collectibles is deleted, and the second time.",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.undoAcquisition),
		},
	}
}

type shareRequest struct {
	Item   int64                     `json:"item" field:"required,pk"`
	Units  int32                     `json:"units" field:"required,least=1"`
	Weight core.Optional[core.Money] `json:"weight" field:"least=0" help:"Of one unit, such as what it sells for; without any, all units cost the same."`
}

func requestLines(in []shareRequest) []RequestLine {
	lines := make([]RequestLine, len(in))
	for i, l := range in {
		lines[i] = RequestLine{ItemID: l.Item, Units: l.Units, Weight: l.Weight.Value.Stored()}
	}
	return lines
}

type acquisitionRequest struct {
	Store     int64                     `json:"store" field:"required,pk"`
	Cost      core.Optional[core.Money] `json:"cost" field:"required,least=0" help:"What was paid for all of it."`
	Currency  core.Optional[string]     `json:"currency" field:"null,blank,max=8" help:"Refused unless it is the store's."`
	Lines     []shareRequest            `json:"lines" field:"required" help:"At most 500."`
	Supplier  string                    `json:"supplier" field:"blank,max=255"`
	Reference string                    `json:"reference" field:"blank,max=255" help:"What it belongs to elsewhere, such as an invoice."`
	ClientKey core.Optional[string]     `json:"client_key" field:"null,max=255" help:"Your own name for it, which no other one of the vendor's has."`
}

type undoDocumentRequest struct {
	ID     int64  `path:"id"`
	Reason string `json:"reason" field:"blank,max=255"`
}

type pageRequest struct {
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How many a page has: 100 unless given."`
	Cursor core.Optional[int64] `query:"cursor" field:"least=1" help:"Where the page before ended: taken from its Link."`
}

// page cuts a list, of which one more than the limit was asked for, to a page, and says where the next one is.
func page[T any](r pageRequest, header http.Header, path string, list []T, idOf func(T) int64) []T {
	limit := r.Limit.Or(defaultLimit)
	if int64(len(list)) <= limit {
		return list
	}
	list = list[:limit]
	query := url.Values{"cursor": {strconv.FormatInt(idOf(list[limit-1]), 10)}}
	if r.Limit.HasValue() {
		query.Set("limit", strconv.FormatInt(limit, 10))
	}
	header.Set("Link", "<"+path+"?"+query.Encode()+`>; rel="next"`)
	return list
}

type shareResponse struct {
	Item   int64      `json:"item" help:"It may be deleted."`
	SKU    string     `json:"sku"`
	Name   string     `json:"name"`
	Units  int32      `json:"units"`
	Weight core.Money `json:"weight" help:"Of all units."`
	Cost   core.Money `json:"cost" help:"Of all units."`
}

func newShareResponse(sh Share) shareResponse {
	return shareResponse{Item: sh.ItemID, SKU: sh.SKU, Name: sh.Name, Units: sh.Units, Weight: sh.Weight, Cost: sh.Cost}
}

type acquisitionResponse struct {
	ID        int64           `json:"id"`
	Store     int64           `json:"store"`
	Cost      core.Money      `json:"cost"`
	Supplier  string          `json:"supplier"`
	Reference string          `json:"reference"`
	User      *int64          `json:"user"`
	ClientKey *string         `json:"client_key"`
	Lines     []shareResponse `json:"lines"`
	CreatedAt core.Timestamp  `json:"created_at"`
	UndoneAt  *core.Timestamp `json:"undone_at"`

	isReplay bool
}

// IsReplay reports whether the acquisition was made before.
func (r acquisitionResponse) IsReplay() bool { return r.isReplay }

func newAcquisitionResponse(a *Acquisition) acquisitionResponse {
	res := acquisitionResponse{
		ID: a.ID, Store: a.StoreID, Cost: a.Cost, Supplier: a.Supplier, Reference: a.Reference, User: a.UserID, ClientKey: a.ClientKey,
		CreatedAt: core.Timestamp(a.CreatedAt), UndoneAt: core.NewTimestamp(a.UndoneAt), Lines: make([]shareResponse, len(a.Lines)),
	}
	for i, l := range a.Lines {
		res.Lines[i] = newShareResponse(l.Share)
	}
	return res
}

func (s *Service) createAcquisition(ctx context.Context, in acquisitionRequest) (acquisitionResponse, error) {
	r := AcquisitionRequest{
		StoreID: in.Store, Cost: in.Cost.Value, Currency: in.Currency.Value, Supplier: in.Supplier, Reference: in.Reference, ClientKey: in.ClientKey.Ptr(),
		Lines: requestLines(in.Lines),
	}
	a, isNew, err := s.Acquire(ctx, r)
	if err != nil {
		return acquisitionResponse{}, err
	}
	res := newAcquisitionResponse(a)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) undoAcquisition(ctx context.Context, in undoDocumentRequest) (acquisitionResponse, error) {
	acq, err := s.UndoAcquisition(ctx, in.ID, in.Reason)
	if err != nil {
		return acquisitionResponse{}, err
	}
	return newAcquisitionResponse(acq), nil
}

func (s *Service) listAcquisitions(ctx context.Context, in pageRequest, header http.Header) ([]acquisitionResponse, error) {
	list, err := s.Acquisitions(ctx, in.Cursor.Or(0), in.Limit.Or(defaultLimit)+1)
	if err != nil {
		return nil, err
	}
	list = page(in, header, acquisitionsPath, list, func(acq *Acquisition) int64 { return acq.ID })
	res := make([]acquisitionResponse, len(list))
	for i, acq := range list {
		res[i] = newAcquisitionResponse(acq)
	}
	return res, nil
}
