package overview

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const (
	defaultThreshold = 2
	defaultSlowDays  = 90
)

func (s *Service) overviewOperations() []web.Operation {
	return []web.Operation{{
		Method: http.MethodGet, Path: "/api/v1/inventory/overview/", ID: "inventory_overview_retrieve", Tag: "inventory",
		Summary: "Show what the stock of your vendor comes to",
		Description: "All of it at one moment, in the stores that you may read. An item counts with its units times its intake price " +
			"(cost), its price (worth) and its projected price (projected), each up to 10,000,000,000.00. Units in other stores than the " +
			"item's count where they lie; those on their way between stores do not.",
		Access: web.LoggedIn, Endpoint: web.JSON(s.showOverview),
	}}
}

type overviewRequest struct {
	Threshold core.Optional[int64] `query:"low_stock" field:"least=1,most=10" help:"Items with units, but not more than so many, are low: 2 unless given."`
	SlowDays  core.Optional[int64] `query:"slow_days" field:"least=1,most=3650" help:"Items with units of which nothing has changed for so many days are slow: 90 unless given."`
}

type sumsResponse struct {
	Items     int64       `json:"items" help:"Items, also those that are sold out. Each counts in its own store."`
	Units     int64       `json:"units"`
	Cost      *core.Total `json:"cost" help:"Units times intake price; null for who may not see it in each store."`
	Worth     core.Total  `json:"worth" help:"Units times price."`
	Projected core.Total  `json:"projected" help:"Units times projected price."`
	Margin    *core.Total `json:"margin" help:"Worth less cost; null where that is."`
}

func (o *Overview) newSumsResponse(s Sums) sumsResponse {
	res := sumsResponse{Items: s.Items, Units: s.Units, Worth: s.Worth, Projected: s.Projected}
	if margin := s.Margin(); !o.HidesCost {
		res.Cost, res.Margin = &s.Cost, &margin
	}
	return res
}

type overviewResponse struct {
	sumsResponse
	Currency   *string                `json:"currency" help:"What all of it is in, empty for none; null where the stores have several currencies, whose amounts are added up as they are."`
	SoldOut    int64                  `json:"sold_out" help:"Items without units in their own store."`
	Stores     []storeSumsResponse    `json:"stores" help:"By name; also stores in which nothing lies."`
	Categories []categorySumsResponse `json:"categories" help:"The 50 of the greatest worth, in that order."`
	Others     otherSumsResponse      `json:"other_categories" help:"All other categories together."`
	Low        lowStockResponse       `json:"low_stock"`
	Slow       slowStockResponse      `json:"slow_stock"`
}

type storeSumsResponse struct {
	Store    int64  `json:"store"`
	Name     string `json:"name"`
	Currency string `json:"currency" help:"Empty for none."`
	sumsResponse
}

type categorySumsResponse struct {
	Category string `json:"category" help:"Empty for the items without one."`
	sumsResponse
}

type otherSumsResponse struct {
	Categories int64 `json:"categories" help:"How many they are."`
	sumsResponse
}

type lowStockResponse struct {
	Threshold int64          `json:"threshold" help:"Units up to which an item is low."`
	Count     int64          `json:"count" help:"Items that are low; those without units are sold out instead."`
	Items     []itemResponse `json:"items" help:"The first 20, those with the fewest units in front."`
}

type slowStockResponse struct {
	Days  int64          `json:"days" help:"Days after which an item is slow. A change of anything about it counts: whoever prices an item anew has looked at it."`
	Items []itemResponse `json:"items" help:"The first 20, the oldest change in front."`
	More  bool           `json:"more" help:"There are others."`
}

type itemResponse struct {
	ID        int64          `json:"id"`
	SKU       string         `json:"sku"`
	Name      string         `json:"name"`
	Store     int64          `json:"store"`
	Quantity  int64          `json:"quantity"`
	UpdatedAt core.Timestamp `json:"updated_at" help:"When anything about it changed last."`
}

func newItemList(items []Item) []itemResponse {
	list := make([]itemResponse, len(items))
	for i, it := range items {
		list[i] = itemResponse{it.ID, it.SKU, it.Name, it.StoreID, it.Quantity, core.Timestamp(it.UpdatedAt)}
	}
	return list
}

func (s *Service) showOverview(ctx context.Context, in overviewRequest) (overviewResponse, error) {
	opts := Options{Threshold: in.Threshold.Or(defaultThreshold), SlowDays: in.SlowDays.Or(defaultSlowDays)}
	o, err := s.Get(ctx, opts)
	if err != nil {
		return overviewResponse{}, err
	}
	res := overviewResponse{
		sumsResponse: o.newSumsResponse(o.Sums), Currency: o.Currency, SoldOut: o.SoldOut, Stores: []storeSumsResponse{}, Categories: []categorySumsResponse{},
		Others: otherSumsResponse{o.Others.Categories, o.newSumsResponse(o.Others.Sums)},
		Low:    lowStockResponse{opts.Threshold, o.Low.Count, newItemList(o.Low.Items)},
		Slow:   slowStockResponse{opts.SlowDays, newItemList(o.Slow.Items), o.Slow.More},
	}
	for _, st := range o.Stores {
		res.Stores = append(res.Stores, storeSumsResponse{st.StoreID, st.Name, st.Currency, o.newSumsResponse(st.Sums)})
	}
	for _, c := range o.Categories {
		res.Categories = append(res.Categories, categorySumsResponse{c.Category, o.newSumsResponse(c.Sums)})
	}
	return res, nil
}
