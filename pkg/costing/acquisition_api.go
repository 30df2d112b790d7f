package costing

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const acquisitionsPath = "/api/v1/stock/acquisitions/"

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
	}
}

type acquisitionLineRequest struct {
	Item   int64                     `json:"item" field:"required,pk"`
	Units  int32                     `json:"units" field:"required,least=1"`
	Weight core.Optional[core.Money] `json:"weight" field:"least=0" help:"Of one unit, such as what it sells for; without any, all units cost the same."`
}

type acquisitionRequest struct {
	Store     int64                     `json:"store" field:"required,pk"`
	Cost      core.Optional[core.Money] `json:"cost" field:"required,least=0" help:"What was paid for all of it."`
	Lines     []acquisitionLineRequest  `json:"lines" field:"required" help:"At most 500."`
	Supplier  string                    `json:"supplier" field:"blank,max=255"`
	Reference string                    `json:"reference" field:"blank,max=255" help:"What it belongs to elsewhere, such as an invoice."`
	ClientKey core.Optional[string]     `json:"client_key" field:"null,max=255" help:"Your own name for it, which no other one of the vendor's has."`
}

type acquisitionsRequest struct {
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How many a page has: 100 unless given."`
	Cursor core.Optional[int64] `query:"cursor" field:"least=1" help:"Where the page before ended: taken from its Link."`
}

type acquisitionLineResponse struct {
	Item   int64      `json:"item" help:"It may be deleted."`
	SKU    string     `json:"sku"`
	Name   string     `json:"name"`
	Units  int32      `json:"units"`
	Weight core.Money `json:"weight" help:"Of all units."`
	Cost   core.Money `json:"cost" help:"Of all units."`
}

type acquisitionResponse struct {
	ID        int64                     `json:"id"`
	Store     int64                     `json:"store"`
	Cost      core.Money                `json:"cost"`
	Supplier  string                    `json:"supplier"`
	Reference string                    `json:"reference"`
	User      *int64                    `json:"user"`
	ClientKey *string                   `json:"client_key"`
	Lines     []acquisitionLineResponse `json:"lines"`
	CreatedAt core.Timestamp            `json:"created_at"`

	isReplay bool
}

// IsReplay reports whether the acquisition was made before.
func (r acquisitionResponse) IsReplay() bool { return r.isReplay }

func newAcquisitionResponse(a *Acquisition) acquisitionResponse {
	res := acquisitionResponse{
		ID: a.ID, Store: a.StoreID, Cost: a.Cost, Supplier: a.Supplier, Reference: a.Reference, User: a.UserID, ClientKey: a.ClientKey,
		CreatedAt: core.Timestamp(a.CreatedAt), Lines: make([]acquisitionLineResponse, len(a.Lines)),
	}
	for i, l := range a.Lines {
		res.Lines[i] = acquisitionLineResponse{Item: l.ItemID, SKU: l.SKU, Name: l.Name, Units: l.Units, Weight: l.Weight, Cost: l.Cost}
	}
	return res
}

func (s *Service) createAcquisition(ctx context.Context, in acquisitionRequest) (acquisitionResponse, error) {
	r := AcquisitionRequest{
		StoreID: in.Store, Cost: in.Cost.Value, Supplier: in.Supplier, Reference: in.Reference, ClientKey: in.ClientKey.Ptr(),
		Lines: make([]RequestLine, len(in.Lines)),
	}
	for i, l := range in.Lines {
		r.Lines[i] = RequestLine{ItemID: l.Item, Units: l.Units, Weight: l.Weight.Value}
	}
	a, isNew, err := s.Acquire(ctx, r)
	if err != nil {
		return acquisitionResponse{}, err
	}
	res := newAcquisitionResponse(a)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) listAcquisitions(ctx context.Context, in acquisitionsRequest, header http.Header) ([]acquisitionResponse, error) {
	limit := in.Limit.Or(100)
	list, err := s.Acquisitions(ctx, in.Cursor.Or(0), limit+1)
	if err != nil {
		return nil, err
	}
	if int64(len(list)) > limit {
		list = list[:limit]
		query := url.Values{"cursor": {strconv.FormatInt(list[limit-1].ID, 10)}}
		if in.Limit.HasValue() {
			query.Set("limit", strconv.FormatInt(limit, 10))
		}
		header.Set("Link", "<"+acquisitionsPath+"?"+query.Encode()+`>; rel="next"`)
	}
	res := make([]acquisitionResponse, len(list))
	for i, a := range list {
		res[i] = newAcquisitionResponse(a)
	}
	return res, nil
}
