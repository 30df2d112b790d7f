package costing

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const repacksPath = "/api/v1/stock/repacks/"

func (s *Service) repackOperations() []web.Operation {
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: repacksPath, ID: "stock_repacks_list", Tag: "costing", Summary: "List what was broken and assembled",
			Description: "The newest first. The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none.",
			Access:      web.LoggedIn, Endpoint: web.JSONWithHeader(s.listRepacks),
		},
		{
			Method: http.MethodPost, Path: repacksPath, ID: "stock_repacks_create", Tag: "costing", Summary: "Break a product, or assemble one",
			Description: "Takes units of some collectibles, and makes units of others of them: packs out of a box, a bundle out of singles. " +
				"What was taken cost so much, the oldest first (FIFO); what is made costs that, spread by weight, to the hundredth. It is done as a " +
				"whole or refused: 409 where there are too few units. Sent again with the same `client_key`, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: forbidden, Endpoint: web.JSON(s.createRepack),
		},
		{
			Method: http.MethodPost, Path: repacksPath + ":id/undo/", ID: "stock_repacks_undo_create", Tag: "costing", Summary: "Undo a repack",
			Description: "Takes back what it made and brings back what it took: 409 where not all that it made is there still (as many units that are not held, at " +
				"the same cost) or one of the collectibles is deleted, and the second time.",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.undoRepack),
		},
	}
}

type takenRequest struct {
	Item  int64 `json:"item" field:"required,pk"`
	Units int32 `json:"units" field:"required,least=1"`
}

type repackRequest struct {
	Kind      RepackKind            `json:"kind" field:"required"`
	Store     int64                 `json:"store" field:"required,pk"`
	Taken     []takenRequest        `json:"taken" field:"required" help:"At most 500, each of another collectible."`
	Made      []shareRequest        `json:"made" field:"required" help:"At most 500, of none that is taken."`
	Note      string                `json:"note" field:"blank,max=255"`
	ClientKey core.Optional[string] `json:"client_key" field:"null,max=255" help:"Your own name for it, which no other one of the vendor's has."`
}

type takenResponse struct {
	Item  int64       `json:"item" help:"It may be deleted."`
	SKU   string      `json:"sku"`
	Name  string      `json:"name"`
	Units int32       `json:"units"`
	Cost  *core.Money `json:"cost" help:"Of all units; null for who may not see it."`
}

type madeResponse struct {
	takenResponse
	Weight core.Money `json:"weight" help:"Of all units."`
}

type repackResponse struct {
	ID        int64           `json:"id"`
	Kind      RepackKind      `json:"kind"`
	Store     int64           `json:"store"`
	Cost      *core.Money     `json:"cost" help:"Of all that was taken; null for who may not see it."`
	Note      string          `json:"note"`
	User      *int64          `json:"user"`
	ClientKey *string         `json:"client_key"`
	Taken     []takenResponse `json:"taken"`
	Made      []madeResponse  `json:"made"`
	CreatedAt core.Timestamp  `json:"created_at"`
	UndoneAt  *core.Timestamp `json:"undone_at"`

	isReplay bool
}

// IsReplay reports whether the repack was made before.
func (r repackResponse) IsReplay() bool { return r.isReplay }

func newRepackResponse(rp *Repack) repackResponse {
	shown := func(cost core.Money) *core.Money {
		if rp.CostHidden {
			return nil
		}
		return &cost
	}
	res := repackResponse{
		ID: rp.ID, Kind: rp.Kind, Store: rp.StoreID, Cost: shown(rp.Cost), Note: rp.Note, User: rp.UserID, ClientKey: rp.ClientKey,
		CreatedAt: core.Timestamp(rp.CreatedAt), UndoneAt: core.NewTimestamp(rp.UndoneAt), Taken: []takenResponse{}, Made: []madeResponse{},
	}
	for _, l := range rp.Lines {
		line := takenResponse{Item: l.ItemID, SKU: l.SKU, Name: l.Name, Units: l.Units, Cost: shown(l.Cost)}
		if l.IsMade {
			res.Made = append(res.Made, madeResponse{line, l.Weight})
		} else {
			res.Taken = append(res.Taken, line)
		}
	}
	return res
}

func (s *Service) createRepack(ctx context.Context, in repackRequest) (repackResponse, error) {
	r := RepackRequest{
		Kind: in.Kind, StoreID: in.Store, Made: requestLines(in.Made), Note: in.Note, ClientKey: in.ClientKey.Ptr(),
		Taken: make([]stock.LineUnits, len(in.Taken)),
	}
	for i, l := range in.Taken {
		r.Taken[i] = stock.LineUnits{ItemID: l.Item, Units: l.Units}
	}
	rp, isNew, err := s.Repack(ctx, r)
	if err != nil {
		return repackResponse{}, err
	}
	res := newRepackResponse(rp)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) listRepacks(ctx context.Context, in pageRequest, header http.Header) ([]repackResponse, error) {
	list, err := s.Repacks(ctx, in.Cursor.Or(0), in.Limit.Or(defaultLimit)+1)
	if err != nil {
		return nil, err
	}
	list = page(in, header, repacksPath, list, func(rp *Repack) int64 { return rp.ID })
	res := make([]repackResponse, len(list))
	for i, rp := range list {
		res[i] = newRepackResponse(rp)
	}
	return res, nil
}

func (s *Service) undoRepack(ctx context.Context, in undoDocumentRequest) (repackResponse, error) {
	rp, err := s.UndoRepack(ctx, in.ID, in.Reason)
	if err != nil {
		return repackResponse{}, err
	}
	return newRepackResponse(rp), nil
}
