package costing

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) valuationOperations() []web.Operation {
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: "/api/v1/stock/valuation/", ID: "stock_valuation_retrieve", Tag: "costing",
			Summary:     "Tell what the stock cost, now or at a moment",
			Description: "By the ledger: what came, at its cost, less what left, the oldest first (FIFO). Of the stores whose cost you may see.",
			Access:      web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getValuation),
		},
		{
			Method: http.MethodGet, Path: "/api/v1/collectibles/:id/lots/", ID: "collectibles_lots_list", Tag: "costing",
			Summary: "List what is there of a collectible, by when it came and what it cost", Access: web.LoggedIn, Fails: forbidden,
			Endpoint: web.JSON(s.listLots),
		},
	}
}

type valuationRequest struct {
	At    string               `query:"at" help:"A day, such as 2025-12-31, as it ended in UTC, or a moment, such as 2025-12-31T18:00:00Z; now unless it is given."`
	Store core.Optional[int64] `query:"store" field:"pk" help:"Only this store, by its id."`
}

type totalResponse struct {
	Units int64      `json:"units"`
	Cost  core.Total `json:"cost"`
}

type storeTotalResponse struct {
	Store int64 `json:"store"`
	totalResponse
}

type valuationResponse struct {
	At core.Timestamp `json:"at"`
	totalResponse
	Stores    []storeTotalResponse `json:"stores"`
	InTransit totalResponse        `json:"in_transit" help:"On its way between stores, for who may see all of them."`
}

func (s *Service) getValuation(ctx context.Context, in valuationRequest) (valuationResponse, error) {
	at, ok := parseMoment(in.At, s.now())
	if !ok {
		return valuationResponse{}, core.InvalidField("at", "Give a day, such as 2025-12-31, or a moment, such as 2025-12-31T18:00:00Z.")
	}
	v, err := s.Valuation(ctx, at, in.Store.Ptr())
	if err != nil {
		return valuationResponse{}, err
	}
	return newValuationResponse(v), nil
}

func newValuationResponse(v Valuation) valuationResponse {
	res := valuationResponse{
		At: core.Timestamp(v.At), totalResponse: totalResponse(v.Total), InTransit: totalResponse(v.InTransit),
		Stores: make([]storeTotalResponse, len(v.Stores)),
	}
	for i, t := range v.Stores {
		res.Stores[i] = storeTotalResponse{t.StoreID, totalResponse(t.Total)}
	}
	return res
}

type lotsRequest struct {
	ID int64 `path:"id"`
}

type lotResponse struct {
	Store      *int64         `json:"store" help:"null for what is on its way."`
	Units      int64          `json:"units" help:"That are left."`
	Cost       core.Total     `json:"cost" help:"Of all of them."`
	Movement   int64          `json:"movement" help:"That brought them to the store."`
	ReceivedAt core.Timestamp `json:"received_at" help:"By the vendor: it stays when they go to another store."`
}

func (s *Service) listLots(ctx context.Context, in lotsRequest) ([]lotResponse, error) {
	lots, err := s.Lots(ctx, in.ID)
	list := make([]lotResponse, len(lots))
	for i, l := range lots {
		list[i] = lotResponse{Store: l.StoreID, Units: l.Units, Cost: l.Cost, Movement: l.MovementID, ReceivedAt: core.Timestamp(l.ReceivedAt)}
	}
	return list, err
}
