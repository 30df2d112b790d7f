package sales

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	listPath     = "/api/v1/sales/"
	detailPath   = listPath + ":id/"
	defaultLimit = 100
	mediaText    = "text/plain"
)

func (s *Service) operations() []web.Operation {
	const tag, aboutKeys = "sales", "Sent again with the same `client_key`, at any time, it is answered with 200 and not done again."
	forbidden, conflict := []int{http.StatusForbidden}, []int{http.StatusForbidden, http.StatusConflict}
	return []web.Operation{
		{
			Method: http.MethodPost, Path: listPath, ID: "sales_create", Tag: tag, Summary: "Sell",
			Description: "It is done as a whole or refused: 409 where there are too few units, 400 on `serials` where the pieces with " +
				"certificates would be more than the units that are left: name them. The store's tax rate is added to what the lines " +
				"come to after all discounts, line by line, rounded half up. " + aboutKeys,
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: conflict, Endpoint: web.JSON(s.createSale),
		},
		{
			Method: http.MethodGet, Path: listPath, ID: "sales_list", Tag: tag, Summary: "List sales, returns and voids",
			Description: "The newest first, without their lines. The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has " +
				"none. Those of stores that you may not read are left out.",
			Access: web.LoggedIn, Endpoint: web.JSONWithHeader(s.listSales),
		},
		{
			Method: http.MethodGet, Path: detailPath, ID: "sales_retrieve", Tag: tag, Summary: "Show a sale, a return or a void",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.getSale),
		},
		{
			Method: http.MethodPost, Path: detailPath + "return/", ID: "sales_return_create", Tag: tag, Summary: "Take back a part of a sale",
			Description: "Gives back what was paid for it: of each line the exact share of the units, the last of which gets what is left. Where " +
				"the collectible of a line is deleted, it is 409 unless `restock` is false: nothing moves then. " + aboutKeys,
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: conflict, Endpoint: web.JSON(s.createReturn),
		},
		{
			Method: http.MethodPost, Path: detailPath + "void/", ID: "sales_void_create", Tag: tag, Summary: "Make a sale void",
			Description: "As a whole, once, and only while nothing of it was returned: 409 else. Units of collectibles that are deleted do not come " +
				"back to stock: the `movement` of their lines is null.",
			Access: web.LoggedIn, Status: http.StatusCreated, Fails: conflict, Endpoint: web.JSON(s.createVoid),
		},
		{
			Method: http.MethodGet, Path: detailPath + "receipt/", ID: "sales_receipt_retrieve", Tag: tag,
			Summary: "Show the receipt as text, 40 columns wide", Access: web.LoggedIn, Plain: true,
			Fails:    []int{http.StatusForbidden, http.StatusNotFound},
			Endpoint: web.Download([]string{mediaText}, s.getReceipt),
		},
	}
}

type saleRequest struct {
	Store           core.Optional[int64]        `json:"store" field:"required,pk"`
	Lines           []saleLineRequest           `json:"lines" field:"required" help:"500 at most. An item may be in several."`
	Discount        core.Optional[core.Money]   `json:"discount" field:"null,least=0" help:"Taken off what the lines come to; spread over them."`
	DiscountPercent core.Optional[core.Percent] `json:"discount_percent" field:"null,least=0" help:"Instead of discount."`
	Tenders         []tenderRequest             `json:"tenders" help:"They cover the total. Change is given for cash alone."`
	Reservations    []int64                     `json:"reservations" field:"pk" help:"Whose units are sold, which are held otherwise."`
	Currency        core.Optional[string]       `json:"currency" field:"null,blank,max=8" help:"Refused unless it is the store's."`
	Note            string                      `json:"note" field:"blank,max=255"`
	ClientKey       core.Optional[string]       `json:"client_key" field:"null,max=255" help:"Your own name for the sale, which no other one of the vendor's has."`
}

type saleLineRequest struct {
	Item            core.Optional[int64]        `json:"item" field:"null,pk"`
	SKU             core.Optional[string]       `json:"sku" field:"null,max=50" help:"Instead of item."`
	Units           core.Optional[int32]        `json:"units" field:"required,least=1"`
	UnitPrice       core.Optional[core.Money]   `json:"unit_price" field:"null,least=0" help:"The item's price unless it is given."`
	Discount        core.Optional[core.Money]   `json:"discount" field:"null,least=0" help:"Taken off what the line comes to."`
	DiscountPercent core.Optional[core.Percent] `json:"discount_percent" field:"null,least=0" help:"Instead of discount."`
	Serials         []int64                     `json:"serials" field:"pk" help:"Which pieces some of the units are, by the ids of serial units. If all units of the line are named and came together, they cost what they cost; else what the oldest units cost."`
}

type tenderRequest struct {
	Method Method                    `json:"method" field:"required"`
	Amount core.Optional[core.Money] `json:"amount" field:"required" help:"Below 0 where money is given back."`
}

func (r saleRequest) request() Request {
	q := Request{
		StoreID: r.Store.Value, Lines: make([]LineRequest, len(r.Lines)), Discount: newDiscount(r.Discount, r.DiscountPercent),
		Tenders: newTenderRequests(r.Tenders), Reservations: r.Reservations, Currency: r.Currency.Value, Note: r.Note, ClientKey: r.ClientKey.Ptr(),
	}
	for i, l := range r.Lines {
		q.Lines[i] = LineRequest{
			ItemID: l.Item.Value, SKU: l.SKU.Value, Units: l.Units.Value, Discount: newDiscount(l.Discount, l.DiscountPercent), Serials: l.Serials,
		}
		if l.UnitPrice.HasValue() {
			price := l.UnitPrice.Value.Stored()
			q.Lines[i].UnitPrice = &price
		}
	}
	return q
}

func newDiscount(amount core.Optional[core.Money], percent core.Optional[core.Percent]) Discount {
	return Discount{Amount: amount.Value.Stored(), Percent: percent.Value}
}

func newTenderRequests(tenders []tenderRequest) (list []TenderRequest) {
	for _, t := range tenders {
		list = append(list, TenderRequest{Method: t.Method, Amount: t.Amount.Value.Stored()})
	}
	return list
}

type returnRequest struct {
	ID        int64                 `path:"id"`
	Lines     []returnLineRequest   `json:"lines" field:"required"`
	Method    core.Optional[Method] `json:"method" field:"null" help:"How money is given back: cash unless it is given."`
	Tenders   []tenderRequest       `json:"tenders" help:"How money is given back, if by several methods: amounts below 0 that come to the total."`
	Note      string                `json:"note" field:"blank,max=255"`
	ClientKey core.Optional[string] `json:"client_key" field:"null,max=255" help:"Your own name for the return, which no other sale or return of the vendor's has."`
}

type returnLineRequest struct {
	Line    core.Optional[int64] `json:"line" field:"required,pk" help:"The id of a line of the sale."`
	Units   core.Optional[int32] `json:"units" field:"required,least=1"`
	Restock core.Optional[bool]  `json:"restock" help:"Whether the units are for sale again, which they are unless it is false: then they are written off at once."`
	Serials []int64              `json:"serials" field:"pk" help:"Which pieces come back, by the ids of serial units. Where none is named and all that is left of the line comes back, those that are left."`
}

func (r returnRequest) request() ReturnRequest {
	q := ReturnRequest{
		SaleID: r.ID, Lines: make([]ReturnLineRequest, len(r.Lines)), Method: r.Method.Value, Tenders: newTenderRequests(r.Tenders),
		Note: r.Note, ClientKey: r.ClientKey.Ptr(),
	}
	for i, l := range r.Lines {
		q.Lines[i] = ReturnLineRequest{LineID: l.Line.Value, Units: l.Units.Value, WriteOff: !l.Restock.Or(true), Serials: l.Serials}
	}
	return q
}

type voidRequest struct {
	ID     int64  `path:"id"`
	Reason string `json:"reason" field:"required,max=255"`
}

type saleIDRequest struct {
	ID int64 `path:"id"`
}

type salesRequest struct {
	Store    core.Optional[int64]     `query:"store" field:"pk" help:"Only those of this store, by its id."`
	Since    core.Optional[time.Time] `query:"since" help:"Only those at this moment or later."`
	Until    core.Optional[time.Time] `query:"until" help:"Only those before this moment."`
	Kind     Kind                     `query:"kind"`
	Item     core.Optional[int64]     `query:"item" field:"pk" help:"Only those with a line of this collectible, by its id."`
	Receipt  core.Optional[int64]     `query:"receipt" field:"pk" help:"Only those with this receipt number: one a store."`
	Original core.Optional[int64]     `query:"original" field:"pk" help:"Only returns and voids of this sale, by its id."`
	Limit    core.Optional[int64]     `query:"limit" field:"least=1,most=500" help:"How many a page has: 100 unless given."`
	Cursor   string                   `query:"cursor" field:"max=100" help:"Where the page before ended: taken from its Link."`
}

func (r salesRequest) filter() Filter {
	return Filter{
		StoreID: r.Store.Ptr(), Kind: r.Kind, ItemID: r.Item.Ptr(), Receipt: r.Receipt.Ptr(), OriginalID: r.Original.Ptr(),
		Since: r.Since.Ptr(), Until: r.Until.Ptr(),
	}
}

// link leads to the page behind a cursor.
func (r salesRequest) link(cursor string) string {
	query := url.Values{"cursor": {cursor}}
	numbers := map[string]core.Optional[int64]{
		"store": r.Store, "item": r.Item, "receipt": r.Receipt, "original": r.Original, "limit": r.Limit,
	}
	for name, n := range numbers {
		if n.HasValue() {
			query.Set(name, strconv.FormatInt(n.Value, 10))
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
	return "<" + listPath + "?" + query.Encode() + `>; rel="next"`
}

func (s *Service) createSale(ctx context.Context, in saleRequest) (saleResponse, error) {
	return newReplayable(s.Sell(ctx, in.request()))
}

func (s *Service) createReturn(ctx context.Context, in returnRequest) (saleResponse, error) {
	return newReplayable(s.TakeBack(ctx, in.request()))
}

func newReplayable(sa *Sale, isNew bool, err error) (saleResponse, error) {
	if err != nil {
		return saleResponse{}, err
	}
	res := newSaleResponse(sa)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) createVoid(ctx context.Context, in voidRequest) (saleResponse, error) {
	return newReplayable(withNews(s.Cancel(ctx, in.ID, in.Reason)))
}

func (s *Service) getSale(ctx context.Context, in saleIDRequest) (saleResponse, error) {
	return newReplayable(withNews(s.Get(ctx, in.ID)))
}

// withNews says of what is no replay that it is none.
func withNews(sa *Sale, err error) (*Sale, bool, error) { return sa, true, err }

func (s *Service) listSales(ctx context.Context, in salesRequest, header http.Header) ([]saleHeadResponse, error) {
	list, next, err := s.List(ctx, in.filter(), in.Cursor, in.Limit.Or(defaultLimit))
	if next != "" {
		header.Set("Link", in.link(next))
	}
	heads := make([]saleHeadResponse, len(list))
	for i, sa := range list {
		heads[i] = newSaleHeadResponse(sa)
	}
	return heads, err
}

func (s *Service) getReceipt(ctx context.Context, in saleIDRequest) (web.Stream, error) {
	name, text, err := s.Receipt(ctx, in.ID)
	return web.Stream{Type: mediaText + "; charset=utf-8", Name: name, Write: func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}, err
}
