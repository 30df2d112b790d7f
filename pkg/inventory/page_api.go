package inventory

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const listPath = "/api/v1/collectibles/"

// aboutPages is what a client has to know of the list.
const aboutPages = `The whole list, in the order of names, unless a ` + "`limit`" + ` is given without ` + "`page`" + ` and ` +
	"`page_size`" + `: then a page of it. All other parameters but ` + "`language`" + ` and ` + "`market_region`" +
	` count with such a limit only.

The header ` + "`Link: <…>; rel=\"next\"`" + ` leads to the next page; the last one has none. By ` + "`cursor`" + `, which
that link brings along, each item is seen once even if others come and go between two pages, and a page deep in the list
costs no more than the first. By ` + "`offset`" + ` any place can be gone to, at a cost that grows.`

type listRequest struct {
	Language     string                    `query:"language" help:"Only items whose card has this language, whatever the case."`
	MarketRegion string                    `query:"market_region" help:"Only items whose card has this market region, whatever the case."`
	Limit        core.Optional[int64]      `query:"limit" field:"least=1,most=500" help:"How many items a page has. Without it the list is whole."`
	Cursor       string                    `query:"cursor" field:"max=2000" help:"Where the page before ended: taken from its Link. Counts with limit only."`
	Offset       core.Optional[int64]      `query:"offset" field:"least=0,most=2147483647" help:"How many items to leave out, instead of a cursor. Counts with limit only."`
	SortBy       Sort                      `query:"sort_by" help:"By name unless given; the id breaks ties. Counts with limit only."`
	SortOrder    sortOrder                 `query:"sort_order" help:"Ascending unless given. Counts with limit only."`
	Search       string                    `query:"search" field:"blank,max=200" help:"Words, each of which is in the name, the SKU or the description, in whole or in part, whatever the case. Counts with limit only."`
	Category     string                    `query:"category" help:"Only items of this category, whatever the case. Counts with limit only."`
	Condition    string                    `query:"condition" help:"Only items in this condition, whatever the case. Counts with limit only."`
	Store        core.Optional[int64]      `query:"store" field:"pk" help:"Only items in this store, by its id. Counts with limit only."`
	MinPrice     core.Optional[core.Money] `query:"min_price" help:"Only items at this price or above. Counts with limit only."`
	MaxPrice     core.Optional[core.Money] `query:"max_price" help:"Only items at this price or below. Counts with limit only."`
	InStock      core.Optional[bool]       `query:"in_stock" help:"Only items of which there are any (true) or none (false). Counts with limit only."`
}

// sortOrder is the direction of an order.
type sortOrder string

// Choices lists the directions.
func (sortOrder) Choices() []core.Choice {
	return []core.Choice{{Value: "asc", Label: "Ascending"}, {Value: "desc", Label: "Descending"}}
}

// Sift leaves the parameters that count. Clients of the first hour send some that never did; they get the whole list.
func (r *listRequest) Sift(query url.Values) {
	limits := query["limit"]
	if len(limits) > 0 && limits[len(limits)-1] != "" && !query.Has("page") && !query.Has("page_size") {
		return
	}
	for name := range query {
		if name != "language" && name != "market_region" {
			query.Del(name)
		}
	}
}

// mostWords is how many words a search may have.
const mostWords = 10

// Validate says what no single field shows.
func (r *listRequest) Validate() core.Fields {
	wrong := core.Fields{}
	if r.Cursor != "" && r.Offset.Sent {
		wrong.Add("cursor", "Give either a cursor or an offset.")
	}
	if len(splitWords(r.Search)) > mostWords {
		wrong.Add("search", "Ensure this field has no more than "+strconv.Itoa(mostWords)+" words.")
	}
	return wrong
}

func (r *listRequest) page() Page {
	return Page{
		Limit: r.Limit.Value, Offset: r.Offset.Value, Cursor: r.Cursor, Sort: r.SortBy, Descending: r.SortOrder == "desc",
		Filter:   Filter{Language: r.Language, MarketRegion: r.MarketRegion},
		Category: r.Category, Condition: r.Condition, StoreID: r.Store.Ptr(), MinPrice: r.MinPrice.Ptr(),
		MaxPrice: r.MaxPrice.Ptr(), InStock: r.InStock.Ptr(), Words: splitWords(r.Search),
	}
}

func (s *Service) listCollectibles(ctx context.Context, in listRequest, header http.Header) (web.List[collectibleResponse], error) {
	if !in.Limit.Sent {
		items, err := s.List(ctx, Filter{Language: in.Language, MarketRegion: in.MarketRegion})
		return newCollectibleList(items), err
	}
	items, next, err := s.ListPage(ctx, in.page())
	if next != "" {
		header.Set("Link", "<"+listPath+"?"+in.next(next)+`>; rel="next"`)
	}
	return newCollectibleList(items), err
}

func newCollectibleList(items []*Collectible) web.List[collectibleResponse] {
	list := make(web.List[collectibleResponse], len(items))
	for i, c := range items {
		list[i] = newCollectibleResponse(c)
	}
	return list
}

// next is the query for the page that follows: by offset if that is how the client pages, else by cursor.
func (r *listRequest) next(cursor string) string {
	query := url.Values{}
	set := func(name, value string, sent bool) {
		if sent {
			query.Set(name, value)
		}
	}
	number := func(n core.Optional[int64]) string { return strconv.FormatInt(n.Value, 10) }
	set("language", r.Language, r.Language != "")
	set("market_region", r.MarketRegion, r.MarketRegion != "")
	set("limit", number(r.Limit), true)
	set("cursor", cursor, !r.Offset.Sent)
	set("offset", strconv.FormatInt(r.Offset.Value+r.Limit.Value, 10), r.Offset.Sent)
	set("sort_by", string(r.SortBy), r.SortBy != "")
	set("sort_order", string(r.SortOrder), r.SortOrder != "")
	set("search", r.Search, r.Search != "")
	set("category", r.Category, r.Category != "")
	set("condition", r.Condition, r.Condition != "")
	set("store", number(r.Store), r.Store.Sent)
	set("min_price", r.MinPrice.Value.String(), r.MinPrice.Sent)
	set("max_price", r.MaxPrice.Value.String(), r.MaxPrice.Sent)
	set("in_stock", strconv.FormatBool(r.InStock.Value), r.InStock.Sent)
	return query.Encode()
}
