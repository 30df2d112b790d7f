package pricing

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
	itemsPath    = "/api/v1/collectibles/"
	pricesPath   = "/api/v1/prices/"
	defaultLimit = 100
)

func (s *Service) priceOperations() []web.Operation {
	const ofItem = itemsPath + ":id/prices/"
	const again = "An item has one observation of a source, a currency and a moment: told again, nothing changes"
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: ofItem, ID: "collectibles_prices_list", Tag: "prices",
			Summary: "List the observed prices of a collectible", Description: "The newest first. " +
				"The header `Link: <…>; rel=\"next\"` leads to the next page; the last one has none.",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSONWithHeader(s.listPrices),
		},
		{
			Method: http.MethodPost, Path: ofItem, ID: "collectibles_prices_create", Tag: "prices",
			Summary: "Note an observed price of a collectible", Description: again + ", and it is answered with 200. The prices of " +
				"the collectible itself stay as they are.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: forbidden, Endpoint: web.JSON(s.createPrice),
		},
		{
			Method: http.MethodGet, Path: ofItem + "current/", ID: "collectibles_prices_current_list", Tag: "prices",
			Summary: "List the current prices of a collectible", Description: "The newest observation by each source in each currency.",
			Access: web.LoggedIn, Fails: forbidden, Endpoint: web.JSON(s.listCurrentPrices),
		},
		{
			Method: http.MethodPost, Path: pricesPath, ID: "prices_create", Tag: "prices",
			Summary: "Note observed prices of many collectibles", Description: "Up to 1000, all of them or none: what is wrong with one " +
				"stands in its place in a list under `prices`. " + again + ".",
			Access: web.LoggedIn, Status: http.StatusCreated, Endpoint: web.JSON(s.createPrices),
		},
		{
			Method: http.MethodDelete, Path: pricesPath + ":id/", ID: "prices_destroy", Tag: "prices",
			Summary: "Delete an observed price", Description: "For those who manage the store of the collectible or run the vendor.",
			Access: web.LoggedIn, Status: http.StatusNoContent, Fails: forbidden, Endpoint: web.JSON(s.deletePrice),
		},
	}
}

// priceRequest are the fields that every price has.
type priceRequest struct {
	Source     string                   `json:"source" field:"required,max=50" help:"Who asks or gets the price, in small letters, digits and hyphens, such as tcgplayer, ebay-sold or own."`
	Amount     core.Money               `json:"amount" field:"required,least=0" message:"Amount cannot be negative." help:"Price of a unit."`
	Currency   string                   `json:"currency" field:"required,max=3" help:"Code of ISO 4217, such as USD."`
	ObservedAt core.Optional[time.Time] `json:"observed_at" help:"When it was seen: now unless given, and not in the future."`
}

func (r priceRequest) price() Price {
	return Price{Source: r.Source, Amount: r.Amount, Currency: r.Currency, ObservedAt: r.ObservedAt.Value}
}

type itemPriceRequest struct {
	ID int64 `path:"id"`
	priceRequest
}

type bulkRequest struct {
	Prices []bulkPriceRequest `json:"prices" field:"required"`
}

type bulkPriceRequest struct {
	Item core.Optional[int64]  `json:"item" field:"pk" help:"The collectible's id; or else give its SKU."`
	SKU  core.Optional[string] `json:"sku" field:"max=50"`
	priceRequest
}

func (r bulkPriceRequest) price() Price {
	p := r.priceRequest.price()
	p.ItemID, p.SKU = r.Item.Value, r.SKU.Value
	return p
}

type pricesRequest struct {
	ID     int64                    `path:"id"`
	Source string                   `query:"source" field:"max=50" help:"Only prices of this source."`
	Since  core.Optional[time.Time] `query:"since" help:"Only prices seen at this moment or later."`
	Until  core.Optional[time.Time] `query:"until" help:"Only prices seen before this moment."`
	Limit  core.Optional[int64]     `query:"limit" field:"least=1,most=500" help:"How many prices a page has: 100 unless given."`
	Cursor string                   `query:"cursor" field:"max=100" help:"Where the page before ended: taken from its Link."`
}

// linkNext says where the next page is, if there is one.
func (r pricesRequest) linkNext(header http.Header, cursor string) {
	if cursor == "" {
		return
	}
	query := url.Values{"cursor": {cursor}}
	for name, moment := range map[string]core.Optional[time.Time]{"since": r.Since, "until": r.Until} {
		if moment.HasValue() {
			query.Set(name, moment.Value.UTC().Format(time.RFC3339Nano))
		}
	}
	if r.Source != "" {
		query.Set("source", r.Source)
	}
	if r.Limit.HasValue() {
		query.Set("limit", strconv.FormatInt(r.Limit.Value, 10))
	}
	header.Set("Link", "<"+itemsPath+strconv.FormatInt(r.ID, 10)+"/prices/?"+query.Encode()+`>; rel="next"`)
}

type idRequest struct {
	ID int64 `path:"id"`
}

type priceResponse struct {
	ID         int64          `json:"id"`
	Item       int64          `json:"item"`
	Source     string         `json:"source"`
	Amount     core.Money     `json:"amount"`
	Currency   string         `json:"currency"`
	ObservedAt core.Timestamp `json:"observed_at"`
	User       *int64         `json:"user" help:"Who noted it; null for commands."`
	CreatedAt  core.Timestamp `json:"created_at" help:"When it was noted."`

	isReplay bool
}

// IsReplay reports whether the price was noted before.
func (r priceResponse) IsReplay() bool { return r.isReplay }

func newPriceResponse(o *Observation) priceResponse {
	return priceResponse{
		ID: o.ID, Item: o.ItemID, Source: o.Source, Amount: o.Amount, Currency: o.Currency,
		ObservedAt: core.Timestamp(o.ObservedAt), User: o.UserID, CreatedAt: core.Timestamp(o.CreatedAt),
	}
}

func newPriceList(all []*Observation) []priceResponse {
	list := make([]priceResponse, len(all))
	for i, o := range all {
		list[i] = newPriceResponse(o)
	}
	return list
}

type bulkResponse struct {
	Created   int64           `json:"created"`
	Unchanged int64           `json:"unchanged" help:"Prices that were noted before."`
	Prices    []priceResponse `json:"prices" help:"In the order of the request."`
}

func (s *Service) listPrices(ctx context.Context, in pricesRequest, header http.Header) ([]priceResponse, error) {
	f := Filter{Source: in.Source, Since: in.Since.Ptr(), Until: in.Until.Ptr()}
	all, next, err := s.List(ctx, in.ID, f, in.Cursor, in.Limit.Or(defaultLimit))
	in.linkNext(header, next)
	return newPriceList(all), err
}

func (s *Service) listCurrentPrices(ctx context.Context, in idRequest) ([]priceResponse, error) {
	all, err := s.Current(ctx, in.ID)
	return newPriceList(all), err
}

func (s *Service) createPrice(ctx context.Context, in itemPriceRequest) (priceResponse, error) {
	p := in.price()
	p.ItemID = in.ID
	noted, err := s.RecordOne(ctx, p)
	if err != nil {
		return priceResponse{}, err
	}
	res := newPriceResponse(noted.Observation)
	res.isReplay = !noted.IsNew
	return res, nil
}

func (s *Service) createPrices(ctx context.Context, in bulkRequest) (bulkResponse, error) {
	if len(in.Prices) == 0 {
		return bulkResponse{}, core.InvalidField("prices", "Give one price at least.")
	}
	prices := make([]Price, len(in.Prices))
	for i, p := range in.Prices {
		prices[i] = p.price()
	}
	noted, err := s.Record(ctx, prices)
	res := bulkResponse{Prices: make([]priceResponse, len(noted))}
	for i, one := range noted {
		res.Prices[i] = newPriceResponse(one.Observation)
		if one.IsNew {
			res.Created++
		} else {
			res.Unchanged++
		}
	}
	return res, err
}

func (s *Service) deletePrice(ctx context.Context, in idRequest) (web.Nothing, error) {
	return web.Nothing{}, s.Delete(ctx, in.ID)
}
