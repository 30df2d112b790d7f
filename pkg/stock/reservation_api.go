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

const reservationsPath = "/api/v1/stock/reservations/"

func (s *Service) reservationOperations() []web.Operation {
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: reservationsPath, ID: "stock_reservations_list", Tag: "stock", Summary: "List what is held for somebody",
			Description: "Reservations in stores that you may read. " + aboutPages, Access: web.LoggedIn, Endpoint: web.JSONWithHeader(s.listReservations),
		},
		{
			Method: http.MethodPost, Path: reservationsPath, ID: "stock_reservations_create", Tag: "stock", Summary: "Hold units for somebody",
			Description: "Until it expires, they are neither sold to others nor transferred: 409 where too few are free. Sent again with the same " +
				"`client_key`, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: forbidden, Endpoint: web.JSON(s.createReservation),
		},
		{
			Method: http.MethodPost, Path: reservationsPath + ":id/release/", ID: "stock_reservations_release_create", Tag: "stock",
			Summary: "Let held units go", Access: web.LoggedIn, Fails: []int{http.StatusForbidden, http.StatusConflict},
			Endpoint: web.JSON(s.releaseReservation),
		},
	}
}

type reservationRequest struct {
	Item      int64                 `json:"item" field:"required,pk"`
	Store     core.Optional[int64]  `json:"store" field:"pk" help:"The item's own unless it is given."`
	Units     int32                 `json:"units" field:"required,least=1"`
	Seconds   core.Optional[int64]  `json:"hold_seconds" field:"least=1,most=7776000" help:"How long they are held: 15 minutes unless given, 90 days at most."`
	Reference string                `json:"reference" field:"blank,max=255" help:"Whom they are held for, or why."`
	ClientKey core.Optional[string] `json:"client_key" field:"null,max=255" help:"Your own name for the reservation, which no other one of the vendor's has."`
}

// defaultHold is how long units are held unless it is said.
const defaultHold = 15 * time.Minute

type reservationIDRequest struct {
	ID int64 `path:"id"`
}

type reservationsRequest struct {
	Item  core.Optional[int64] `query:"item" field:"pk" help:"Only reservations of this collectible, by its id."`
	State ReservationState     `query:"state"`
	pageRequest
}

type reservationResponse struct {
	ID        int64            `json:"id"`
	Item      int64            `json:"item"`
	Store     int64            `json:"store"`
	Units     int32            `json:"units"`
	State     ReservationState `json:"state"`
	Reference string           `json:"reference"`
	User      *int64           `json:"user"`
	ClientKey *string          `json:"client_key"`
	ExpiresAt core.Timestamp   `json:"expires_at"`
	CreatedAt core.Timestamp   `json:"created_at"`
	ClosedAt  *core.Timestamp  `json:"closed_at"`

	isReplay bool
}

// IsReplay reports whether the reservation was made before.
func (r reservationResponse) IsReplay() bool { return r.isReplay }

func (s *Service) newReservationResponse(r *Reservation) reservationResponse {
	return reservationResponse{
		ID: r.ID, Item: r.ItemID, Store: r.StoreID, Units: r.Units, State: r.StateAt(s.now()), Reference: r.Reference, User: r.UserID,
		ClientKey: r.ClientKey, ExpiresAt: core.Timestamp(r.ExpiresAt), CreatedAt: core.Timestamp(r.CreatedAt),
		ClosedAt: (*core.Timestamp)(r.ClosedAt),
	}
}

func (s *Service) createReservation(ctx context.Context, in reservationRequest) (reservationResponse, error) {
	hold := defaultHold
	if in.Seconds.HasValue() {
		hold = time.Duration(in.Seconds.Value) * time.Second
	}
	r, isNew, err := s.Reserve(ctx, ReservationRequest{
		ItemID: in.Item, StoreID: in.Store, Units: in.Units, Hold: hold, Reference: in.Reference, ClientKey: in.ClientKey.Ptr(),
	})
	if err != nil {
		return reservationResponse{}, err
	}
	res := s.newReservationResponse(r)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) releaseReservation(ctx context.Context, in reservationIDRequest) (reservationResponse, error) {
	r, err := s.Release(ctx, in.ID)
	if err != nil {
		return reservationResponse{}, err
	}
	return s.newReservationResponse(r), nil
}

func (s *Service) listReservations(ctx context.Context, in reservationsRequest, header http.Header) ([]reservationResponse, error) {
	before, err := in.before()
	if err != nil {
		return nil, err
	}
	limit := in.Limit.Or(defaultLimit)
	list, err := s.Reservations(ctx, ReservationFilter{ItemID: in.Item.Ptr(), State: in.State}, before, limit+1)
	if err != nil {
		return nil, err
	}
	if int64(len(list)) > limit {
		list = list[:limit]
		query := url.Values{}
		if in.Item.HasValue() {
			query.Set("item", strconv.FormatInt(in.Item.Value, 10))
		}
		if in.State != "" {
			query.Set("state", string(in.State))
		}
		in.linkNext(header, reservationsPath, query, strconv.FormatInt(list[limit-1].ID, 10))
	}
	return convertList(list, s.newReservationResponse), nil
}
