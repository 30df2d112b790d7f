package sales

import (
	"context"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) marginOperations() []web.Operation {
	return []web.Operation{{
		Method: http.MethodGet, Path: detailPath + "margin/", ID: "sales_margin_retrieve", Tag: "sales",
		Summary: "Tell what a sale, a return or a void earned",
		Description: "Net of tax, less what the units cost: the oldest first (FIFO), or what the named pieces cost. For who may see cost in " +
			"that store. What came back and was written off is a loss of stock, not of margin.",
		Access: web.LoggedIn, Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.getMargin),
	}}
}

type marginResponse struct {
	Net    core.Total `json:"net" help:"What was to be paid, without tax. Like the others, below 0 in returns and voids."`
	Cost   core.Total `json:"cost" help:"What the units cost."`
	Margin core.Total `json:"margin" help:"net - cost"`
}

type lineMarginResponse struct {
	Line  int64 `json:"line"`
	Units int32 `json:"units"`
	marginResponse
}

type saleMarginResponse struct {
	Sale     int64  `json:"sale"`
	Currency string `json:"currency"`
	marginResponse
	Lines []lineMarginResponse `json:"lines"`
}

func newMarginResponse(m Margin) marginResponse {
	return marginResponse{Net: m.Net, Cost: m.Cost, Margin: m.earned()}
}

func (s *Service) getMargin(ctx context.Context, in saleIDRequest) (saleMarginResponse, error) {
	m, err := s.Margin(ctx, in.ID)
	if err != nil {
		return saleMarginResponse{}, err
	}
	res := saleMarginResponse{
		Sale: m.Sale.ID, Currency: m.Sale.Currency, marginResponse: newMarginResponse(m.Margin), Lines: make([]lineMarginResponse, len(m.Lines)),
	}
	for i, l := range m.Sale.Lines {
		res.Lines[i] = lineMarginResponse{l.ID, l.Units, newMarginResponse(m.Lines[i])}
	}
	return res, nil
}
