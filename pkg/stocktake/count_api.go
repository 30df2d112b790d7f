package stocktake

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) countOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: path + ":id/scans/", ID: "stocktakes_scans_create", Tag: "stocktakes",
			Summary: "Enter scans into a stocktake",
			Description: "Up to 500, all of them or none. Scans of a collectible add up, whoever sends them. One whose `client_key` the " +
				"stocktake has already does nothing again, also once it is closed: a request of which no answer came is sent again as it was.",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.createScans),
		},
		{
			Method: http.MethodGet, Path: path + ":id/differences/", ID: "stocktakes_differences_list", Tag: "stocktakes",
			Summary: "List what was counted and what was expected",
			Description: "Expected is what the ledger had in the store when the collectible was scanned, so that sales since then make no " +
				"difference. Where units moved between the first and the last scan of it, each number of units that the ledger had meanwhile " +
				"is as good, and the nearest is taken. " + aboutPages,
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSONWithHeader(s.listDifferences),
		},
	}
}

type scansRequest struct {
	ID    int64         `path:"id"`
	Scans []scanRequest `json:"scans" field:"required"`
}

type scanRequest struct {
	Item      core.Optional[int64]     `json:"item" field:"pk" help:"The collectible's id; or give its SKU."`
	SKU       core.Optional[string]    `json:"sku" field:"max=50"`
	Units     core.Optional[int32]     `json:"units" help:"Units that were found; below 0 to take some back. 1 unless given."`
	ClientKey string                   `json:"client_key" field:"required,max=255" help:"Your own name for the scan, which no other one of the stocktake has."`
	ScannedAt core.Optional[time.Time] `json:"scanned_at" field:"null" help:"When it was scanned, for a scan that is sent later; now unless given."`
}

func (r scansRequest) scans() []ScanRequest {
	list := make([]ScanRequest, len(r.Scans))
	for i, sc := range r.Scans {
		list[i] = ScanRequest{
			ItemID: sc.Item.Ptr(), SKU: sc.SKU.Ptr(), Units: sc.Units.Or(1), ClientKey: sc.ClientKey, ScannedAt: sc.ScannedAt.Ptr(),
		}
	}
	return list
}

type countedResponse struct {
	New      int                   `json:"new" help:"Scans that count from now on."`
	Replayed int                   `json:"replayed" help:"Scans that the stocktake had already."`
	Items    []countedItemResponse `json:"items" help:"What is counted by now of the collectibles of new scans."`
}

type countedItemResponse struct {
	Item    int64  `json:"item"`
	SKU     string `json:"sku"`
	Name    string `json:"name"`
	Counted int32  `json:"counted"`
}

type differencesRequest struct {
	ID    int64 `path:"id"`
	Which Which `query:"which" help:"Which collectibles: different, scanned (also those that agree), or missing (in the scope and in the store, and never scanned: what posting with missing=zero would take). different unless given."`
	pageRequest
}

type differenceResponse struct {
	Item       int64       `json:"item"`
	SKU        string      `json:"sku"`
	Name       string      `json:"name"`
	Expected   int64       `json:"expected"`
	Counted    int32       `json:"counted"`
	Difference int64       `json:"difference" help:"Units that there are too many; negative for those that are missing."`
	Value      *core.Money `json:"value" help:"The difference at the intake price; null where it has more digits than an amount, or where you may not see costs."`
	Movement   *int64      `json:"movement" help:"The movement by which it was posted."`
}

func (s *Service) createScans(ctx context.Context, in scansRequest) (countedResponse, error) {
	c, err := s.Count(ctx, in.ID, in.scans())
	if err != nil {
		return countedResponse{}, err
	}
	res := countedResponse{New: c.New, Replayed: c.Replayed, Items: make([]countedItemResponse, len(c.Lines))}
	for i, l := range c.Lines {
		res.Items[i] = countedItemResponse{Item: l.ItemID, SKU: l.SKU, Name: l.Name, Counted: l.Counted}
	}
	return res, nil
}

func (s *Service) listDifferences(ctx context.Context, in differencesRequest, header http.Header) ([]differenceResponse, error) {
	ds, next, err := s.Differences(ctx, in.ID, in.Which, in.Cursor, in.Limit.Or(defaultLimit))
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	if in.Which != "" {
		query.Set("which", string(in.Which))
	}
	in.linkNext(header, path+strconv.FormatInt(in.ID, 10)+"/differences/", query, next)
	list := make([]differenceResponse, len(ds))
	for i, d := range ds {
		list[i] = newDifferenceResponse(d)
	}
	return list, nil
}

func newDifferenceResponse(d *Difference) differenceResponse {
	return differenceResponse{
		Item: d.ItemID, SKU: d.SKU, Name: d.Name, Expected: d.Expects, Counted: d.Counted, Difference: d.units(),
		Value: d.value(), Movement: d.MovementID,
	}
}
