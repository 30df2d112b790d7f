package stock

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	itemPath     = "/api/v1/collectibles/:id/movements/"
	ledgerPath   = "/api/v1/stock/movements/"
	defaultLimit = 100
)

const aboutPages = "The newest first. The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none."

func (s *Service) movementOperations() []web.Operation {
	const unreadable = " Movements of stores that you may not read are left out."
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: itemPath, ID: "collectibles_movements_list", Tag: "stock",
			Summary:     "List the movements of a collectible",
			Description: "Those of a collectible that is deleted are there still. " + aboutPages + unreadable, Access: web.LoggedIn,
			Fails: forbidden, Endpoint: web.JSONWithHeader(s.listHistory),
		},
		{
			Method: http.MethodPost, Path: itemPath, ID: "collectibles_movements_create", Tag: "stock",
			Summary: "Move units of a collectible", Description: "It is done as a whole or refused: 409 where there are too few units. " +
				"Sent again with the same `client_key`, at any time, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: forbidden, Endpoint: web.JSON(s.createMovement),
		},
		{
			Method: http.MethodGet, Path: ledgerPath, ID: "stock_movements_list", Tag: "stock",
			Summary: "List the movements of your vendor", Description: aboutPages + unreadable, Access: web.LoggedIn,
			Endpoint: web.JSONWithHeader(s.listMovements),
		},
		{
			Method: http.MethodPost, Path: ledgerPath + ":id/undo/", ID: "stock_movements_undo_create", Tag: "stock",
			Summary: "Undo a movement", Description: "Makes the opposite movement, once: 409 the second time. Opening balances, what other " +
				"programs did, and transfers are not undone.",
			Access: web.LoggedIn, Status: http.StatusCreated, Fails: forbidden, Endpoint: web.JSON(s.undoMovement),
		},
	}
}

type movementRequest struct {
	ID        int64                     `path:"id"`
	Kind      orderKind                 `json:"kind" field:"required"`
	Store     core.Optional[int64]      `json:"store" field:"pk" help:"Where; the item's own store unless it is given."`
	Delta     core.Optional[int32]      `json:"delta" help:"Units that come; negative for those that leave. Above 0 to receive and return, below 0 to sell and write off."`
	Quantity  core.Optional[int32]      `json:"quantity" field:"least=0" message:"Quantity cannot be negative." help:"Units that there are to be then, instead of a delta; for an adjustment or a count."`
	Reason    string                    `json:"reason" field:"blank,max=255"`
	Reference string                    `json:"reference" field:"blank,max=255" help:"What it belongs to elsewhere, such as an order."`
	UnitCost  core.Optional[core.Money] `json:"unit_cost" field:"null,least=0" message:"Unit cost cannot be negative." help:"What was paid for a unit that comes."`
	UnitPrice core.Optional[core.Money] `json:"unit_price" field:"null,least=0" message:"Unit price cannot be negative." help:"What a unit was sold for."`
	Currency  core.Optional[string]     `json:"currency" field:"null,blank,max=8" help:"Refused unless it is the store's."`
	ClientKey core.Optional[string]     `json:"client_key" field:"null,max=255" help:"Your own name for the movement, which no other one of the vendor's has."`
}

func (r movementRequest) order() Order {
	return Order{
		Kind: Kind(r.Kind), StoreID: r.Store, Delta: r.Delta, Quantity: r.Quantity, Reason: r.Reason, Reference: r.Reference,
		UnitCost: stored(r.UnitCost), UnitPrice: stored(r.UnitPrice), Currency: r.Currency.Value, ClientKey: r.ClientKey.Ptr(),
	}
}

// stored is the amount as the ledger keeps it: there, "-0" is 0.
func stored(amount core.Optional[core.Money]) *core.Money {
	amount.Value = amount.Value.Stored()
	return amount.Ptr()
}

type undoRequest struct {
	ID     int64  `path:"id"`
	Reason string `json:"reason" field:"blank,max=255"`
}

type historyRequest struct {
	ID int64 `path:"id"`
	pageRequest
}

type pageRequest struct {
	Limit  core.Optional[int64] `query:"limit" field:"least=1,most=500" help:"How many movements a page has: 100 unless given."`
	Cursor string               `query:"cursor" field:"max=100" help:"Where the page before ended: taken from its Link."`
}

type movementsRequest struct {
	Item  core.Optional[int64]     `query:"item" field:"pk" help:"Only movements of this collectible, by its id."`
	Store core.Optional[int64]     `query:"store" field:"pk" help:"Only movements in this store, by its id."`
	Kind  Kind                     `query:"kind"`
	Since core.Optional[time.Time] `query:"since" help:"Only movements at this moment or later."`
	Until core.Optional[time.Time] `query:"until" help:"Only movements before this moment."`
	pageRequest
}

// filters are the query's, for the next page.
func (r movementsRequest) filters() url.Values {
	query := url.Values{}
	for name, id := range map[string]core.Optional[int64]{"item": r.Item, "store": r.Store} {
		if id.HasValue() {
			query.Set(name, strconv.FormatInt(id.Value, 10))
		}
	}
	for name, moment := range map[string]core.Optional[time.Time]{"since": r.Since, "until": r.Until} {
		if moment.HasValue() {
			query.Set(name, moment.Value.UTC().Format(time.RFC3339Nano))
		}
	}
	if r.Kind != "" {
		query.Set("kind", string(r.Kind))
	}
	return query
}

type movementResponse struct {
	ID            int64          `json:"id"`
	Item          int64          `json:"item" help:"It may be deleted."`
	Store         int64          `json:"store"`
	SKU           string         `json:"sku" help:"The item's, as it was then."`
	Name          string         `json:"name" help:"The item's, as it was then."`
	Kind          Kind           `json:"kind"`
	Delta         int64          `json:"delta" help:"Units that came; negative for those that left."`
	QuantityAfter int64          `json:"quantity_after" help:"Units that there were in the store then."`
	UnitCost      *core.Money    `json:"unit_cost"`
	UnitPrice     *core.Money    `json:"unit_price"`
	Reason        string         `json:"reason"`
	Reference     string         `json:"reference"`
	User          *int64         `json:"user" help:"Who made it; null for commands and other programs."`
	ClientKey     *string        `json:"client_key"`
	Undoes        *int64         `json:"undoes" help:"The movement whose opposite it is."`
	Origin        *int64         `json:"origin" help:"The movement that brought these very units, or took them, before."`
	Document      *string        `json:"document" help:"What it is a line of, such as a transfer: it is undone through that."`
	DocumentID    *int64         `json:"document_id"`
	CreatedAt     core.Timestamp `json:"created_at"`

	isReplay bool
}

// IsReplay reports whether the movement was made before.
func (r movementResponse) IsReplay() bool { return r.isReplay }

func newMovementResponse(m *Movement) movementResponse {
	return movementResponse{
		ID: m.ID, Item: m.ItemID, Store: m.StoreID, SKU: m.SKU, Name: m.Name, Kind: m.Kind, Delta: m.Delta,
		QuantityAfter: m.QuantityAfter, UnitCost: m.UnitCost, UnitPrice: m.UnitPrice, Reason: m.Reason, Reference: m.Reference,
		User: m.UserID, ClientKey: m.ClientKey, Undoes: m.UndoesID, Origin: m.OriginID,
		Document: m.Document, DocumentID: m.DocumentID, CreatedAt: core.Timestamp(m.CreatedAt),
	}
}

func (s *Service) createMovement(ctx context.Context, in movementRequest) (movementResponse, error) {
	m, isNew, err := s.Move(ctx, in.ID, in.order())
	if err != nil {
		return movementResponse{}, err
	}
	res := newMovementResponse(m)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) undoMovement(ctx context.Context, in undoRequest) (movementResponse, error) {
	m, err := s.Undo(ctx, in.ID, in.Reason)
	if err != nil {
		return movementResponse{}, err
	}
	return newMovementResponse(m), nil
}

func (s *Service) listHistory(ctx context.Context, in historyRequest, header http.Header) ([]movementResponse, error) {
	ms, next, err := s.History(ctx, in.ID, in.Cursor, in.Limit.Or(defaultLimit))
	in.linkNext(header, "/api/v1/collectibles/"+strconv.FormatInt(in.ID, 10)+"/movements/", url.Values{}, next)
	return newMovementList(ms), err
}

func (s *Service) listMovements(ctx context.Context, in movementsRequest, header http.Header) ([]movementResponse, error) {
	f := Filter{ItemID: in.Item.Ptr(), StoreID: in.Store.Ptr(), Kind: in.Kind, Since: in.Since.Ptr(), Until: in.Until.Ptr()}
	ms, next, err := s.List(ctx, f, in.Cursor, in.Limit.Or(defaultLimit))
	in.linkNext(header, ledgerPath, in.filters(), next)
	return newMovementList(ms), err
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

func newMovementList(ms []*Movement) []movementResponse {
	list := make([]movementResponse, len(ms))
	for i, m := range ms {
		list[i] = newMovementResponse(m)
	}
	return list
}
