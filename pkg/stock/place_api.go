package stock

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) placeOperations() []web.Operation {
	return []web.Operation{{
		Method: http.MethodGet, Path: "/api/v1/collectibles/:id/stock/", ID: "collectibles_stock_retrieve", Tag: "stock",
		Summary: "Show where the units of a collectible are", Description: "In the stores that you may read. The collectible's own `quantity` is " +
			"what lies in its own store.",
		Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.getPlaces),
	}}
}

type placesRequest struct {
	ID int64 `path:"id"`
}

type placeResponse struct {
	Store     int64 `json:"store"`
	Quantity  int64 `json:"quantity"`
	Held      int64 `json:"held" help:"Units of them that reservations hold."`
	Available int64 `json:"available"`
}

type placesResponse struct {
	Item      int64           `json:"item"`
	Quantity  int64           `json:"quantity" help:"Units in all stores that you may read."`
	Available int64           `json:"available"`
	InTransit int64           `json:"in_transit" help:"Units on their way to a store that you may read."`
	Places    []placeResponse `json:"places"`
}

func (s *Service) getPlaces(ctx context.Context, in placesRequest) (placesResponse, error) {
	places, err := s.Places(ctx, in.ID)
	if err != nil {
		return placesResponse{}, err
	}
	res := placesResponse{Item: in.ID, Places: []placeResponse{}}
	for _, p := range places {
		free := max(p.Quantity-p.Held, 0) // what is held may be gone
		res.Quantity, res.Available, res.InTransit = res.Quantity+p.Quantity, res.Available+free, res.InTransit+p.InTransit
		if p.Quantity > 0 || p.Held > 0 {
			res.Places = append(res.Places, placeResponse{Store: p.StoreID, Quantity: p.Quantity, Held: p.Held, Available: free})
		}
	}
	return res, nil
}
