package stock

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const transfersPath = "/api/v1/stock/transfers/"

func (s *Service) transferOperations() []web.Operation {
	forbidden := []int{http.StatusForbidden}
	return []web.Operation{
		{
			Method: http.MethodGet, Path: transfersPath, ID: "stock_transfers_list", Tag: "stock", Summary: "List transfers between stores",
			Description: "Those from or to stores that you may read. " + aboutPages, Access: web.LoggedIn,
			Endpoint: web.JSONWithHeader(s.listTransfers),
		},
		{
			Method: http.MethodPost, Path: transfersPath, ID: "stock_transfers_create", Tag: "stock", Summary: "Send stock to another store",
			Description: "It leaves the one store at once, all of it or none: 409 where there are too few units. It comes to the other one when it " +
				"is received. Sent again with the same `client_key`, it is answered with 200 and not done again.",
			Access: web.LoggedIn, Status: http.StatusCreated, Replays: true, Fails: forbidden, Endpoint: web.JSON(s.createTransfer),
		},
		{
			Method: http.MethodGet, Path: transfersPath + ":id/", ID: "stock_transfers_retrieve", Tag: "stock", Summary: "Show a transfer",
			Access: web.LoggedIn, Endpoint: web.JSON(s.getTransfer),
		},
		{
			Method: http.MethodPost, Path: transfersPath + ":id/receive/", ID: "stock_transfers_receive_create", Tag: "stock",
			Summary: "Receive what comes of a transfer", Description: "All that is on its way unless lines say what has come.",
			Access: web.LoggedIn, Fails: []int{http.StatusForbidden, http.StatusConflict}, Endpoint: web.JSON(s.receiveTransfer),
		},
		{
			Method: http.MethodPost, Path: transfersPath + ":id/cancel/", ID: "stock_transfers_cancel_create", Tag: "stock",
			Summary: "Bring back what of a transfer is on its way", Access: web.LoggedIn,
			Fails: []int{http.StatusForbidden, http.StatusConflict}, Endpoint: web.JSON(s.cancelTransfer),
		},
	}
}

type lineRequest struct {
	Item  int64 `json:"item" field:"required,pk"`
	Units int32 `json:"units" field:"required,least=1"`
}

func newLineUnits(in []lineRequest) []LineUnits {
	lines := make([]LineUnits, len(in))
	for i, l := range in {
		lines[i] = LineUnits{ItemID: l.Item, Units: l.Units}
	}
	return lines
}

type transferRequest struct {
	From      int64                 `json:"from_store" field:"required,pk"`
	To        int64                 `json:"to_store" field:"required,pk"`
	Lines     []lineRequest         `json:"lines" field:"required" help:"At most 500, each of another item."`
	Received  bool                  `json:"received" help:"It is there at once, as from one shelf to the next."`
	Note      string                `json:"note" field:"blank,max=255"`
	ClientKey core.Optional[string] `json:"client_key" field:"null,max=255" help:"Your own name for the transfer, which no other one of the vendor's has."`
}

type receiptRequest struct {
	ID    int64                        `path:"id"`
	Lines core.Optional[[]lineRequest] `json:"lines" field:"null" help:"What has come; all of it unless they are given."`
}

type transferIDRequest struct {
	ID int64 `path:"id"`
}

type transfersRequest struct {
	Store core.Optional[int64] `query:"store" field:"pk" help:"Only transfers from or to this store, by its id."`
	State TransferState        `query:"state"`
	pageRequest
}

type transferLineResponse struct {
	Item     int64  `json:"item" help:"It may be deleted."`
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Units    int32  `json:"units"`
	Received int32  `json:"received"`
	Returned int32  `json:"returned"`
}

type transferResponse struct {
	ID        int64                  `json:"id"`
	From      int64                  `json:"from_store"`
	To        int64                  `json:"to_store"`
	State     TransferState          `json:"state"`
	Note      string                 `json:"note"`
	User      *int64                 `json:"user"`
	ClientKey *string                `json:"client_key"`
	Lines     []transferLineResponse `json:"lines"`
	CreatedAt core.Timestamp         `json:"created_at"`
	ClosedAt  *core.Timestamp        `json:"closed_at"`

	isReplay bool
}

// IsReplay reports whether the transfer was made before.
func (r transferResponse) IsReplay() bool { return r.isReplay }

func newTransferResponse(t *TransferOrder) transferResponse {
	res := transferResponse{
		ID: t.ID, From: t.FromStoreID, To: t.ToStoreID, State: t.State, Note: t.Note, User: t.UserID, ClientKey: t.ClientKey,
		CreatedAt: core.Timestamp(t.CreatedAt), ClosedAt: (*core.Timestamp)(t.ClosedAt), Lines: make([]transferLineResponse, len(t.Lines)),
	}
	for i, l := range t.Lines {
		res.Lines[i] = transferLineResponse{Item: l.ItemID, SKU: l.SKU, Name: l.Name, Units: l.Units, Received: l.Received, Returned: l.Returned}
	}
	return res
}

func (s *Service) createTransfer(ctx context.Context, in transferRequest) (transferResponse, error) {
	t, isNew, err := s.Transfer(ctx, TransferRequest{
		FromStoreID: in.From, ToStoreID: in.To, Lines: newLineUnits(in.Lines), IsThere: in.Received, Note: in.Note, ClientKey: in.ClientKey.Ptr(),
	})
	if err != nil {
		return transferResponse{}, err
	}
	res := newTransferResponse(t)
	res.isReplay = !isNew
	return res, nil
}

func (s *Service) getTransfer(ctx context.Context, in transferIDRequest) (transferResponse, error) {
	return convertTransfer(s.TransferByID(ctx, in.ID))
}

func (s *Service) receiveTransfer(ctx context.Context, in receiptRequest) (transferResponse, error) {
	if !in.Lines.HasValue() {
		return convertTransfer(s.ReceiveTransfer(ctx, in.ID, nil))
	}
	return convertTransfer(s.ReceiveTransfer(ctx, in.ID, newLineUnits(in.Lines.Value)))
}

func (s *Service) cancelTransfer(ctx context.Context, in transferIDRequest) (transferResponse, error) {
	return convertTransfer(s.CancelTransfer(ctx, in.ID))
}

func convertTransfer(t *TransferOrder, err error) (transferResponse, error) {
	if err != nil {
		return transferResponse{}, err
	}
	return newTransferResponse(t), nil
}

func (s *Service) listTransfers(ctx context.Context, in transfersRequest, header http.Header) ([]transferResponse, error) {
	before, err := in.before()
	if err != nil {
		return nil, err
	}
	limit := in.Limit.Or(defaultLimit)
	list, err := s.Transfers(ctx, TransferFilter{StoreID: in.Store.Ptr(), State: in.State}, before, limit+1)
	if err != nil {
		return nil, err
	}
	if int64(len(list)) > limit {
		list = list[:limit]
		query := url.Values{}
		if in.Store.HasValue() {
			query.Set("store", strconv.FormatInt(in.Store.Value, 10))
		}
		if in.State != "" {
			query.Set("state", string(in.State))
		}
		in.linkNext(header, transfersPath, query, strconv.FormatInt(list[limit-1].ID, 10))
	}
	return convertList(list, newTransferResponse), nil
}

// before is the id behind which the page begins, 0 for the first one.
func (r pageRequest) before() (int64, error) {
	if r.Cursor == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(r.Cursor, 10, 64)
	if err != nil || id <= 0 {
		return 0, errCursor
	}
	return id, nil
}

func convertList[T, R any](list []T, convert func(T) R) []R {
	out := make([]R, len(list))
	for i, v := range list {
		out[i] = convert(v)
	}
	return out
}
