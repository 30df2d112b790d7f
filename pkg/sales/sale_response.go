package sales

import "github.com/omni-stock/omnistock/pkg/core"

type saleHeadResponse struct {
	ID            int64          `json:"id"`
	Store         int64          `json:"store"`
	ReceiptNumber int64          `json:"receipt_number" help:"From 1 on in each store, without gaps."`
	Kind          Kind           `json:"kind" help:"Amounts of returns and voids are below 0."`
	Original      *int64         `json:"original" help:"The sale, of a return or a void."`
	Currency      string         `json:"currency" help:"The store's then; empty for none."`
	Subtotal      core.Money     `json:"subtotal" help:"What the lines come to at their prices."`
	Discount      core.Money     `json:"discount"`
	Tax           core.Money     `json:"tax"`
	TaxRate       core.Percent   `json:"tax_rate" help:"The store's then."`
	Total         core.Money     `json:"total" help:"subtotal - discount + tax"`
	Tendered      core.Money     `json:"tendered"`
	Change        core.Money     `json:"change" help:"tendered - total"`
	Note          string         `json:"note" help:"Of a void, why."`
	User          *int64         `json:"user"`
	ClientKey     *string        `json:"client_key"`
	CreatedAt     core.Timestamp `json:"created_at"`
}

func newSaleHeadResponse(sa *Sale) saleHeadResponse {
	return saleHeadResponse{
		ID: sa.ID, Store: sa.StoreID, ReceiptNumber: sa.ReceiptNumber, Kind: sa.Kind, Original: sa.OriginalID, Currency: sa.Currency,
		Subtotal: sa.Subtotal, Discount: sa.Discount, Tax: sa.Tax, TaxRate: sa.TaxRate, Total: sa.Total, Tendered: sa.Tendered,
		Change: sa.ChangeDue, Note: sa.Note, User: sa.UserID, ClientKey: sa.ClientKey, CreatedAt: core.Timestamp(sa.CreatedAt),
	}
}

type saleResponse struct {
	saleHeadResponse

	Lines   []saleLineResponse `json:"lines"`
	Tenders []tenderResponse   `json:"tenders"`
	Void    *int64             `json:"void" help:"The void of this sale. Like returned, it tells what became of a sale where that is shown; the answer to a request that is sent again is as it was the first time."`

	isReplay bool
}

// IsReplay reports whether the document was made before.
func (r saleResponse) IsReplay() bool { return r.isReplay }

type saleLineResponse struct {
	ID           int64      `json:"id"`
	Item         int64      `json:"item" help:"It may be deleted."`
	SKU          string     `json:"sku" help:"The item's, as it was then."`
	Name         string     `json:"name" help:"The item's, as it was then."`
	Units        int32      `json:"units" help:"Below 0 in returns and voids."`
	UnitPrice    core.Money `json:"unit_price"`
	Discount     core.Money `json:"discount" help:"The line's own, and its share of the basket's."`
	Tax          core.Money `json:"tax"`
	Total        core.Money `json:"total" help:"units * unit_price - discount + tax"`
	Movement     *int64     `json:"movement" help:"By which the units left, or came back; null in a return or a void where their item was deleted, and nothing came back."`
	OriginalLine *int64     `json:"original_line" help:"The line of the sale, in a return or a void."`
	Returned     int32      `json:"returned" help:"Units that came back."`

	Serials []lineSerialResponse `json:"serials" help:"Which pieces were sold, or came back, as they were then: those of its units that were named. None in documents of versions that did not keep them."`
}

type lineSerialResponse struct {
	Unit        int64       `json:"unit" help:"The serial unit."`
	Grader      string      `json:"grader"`
	Certificate string      `json:"certificate"`
	Grade       *core.Grade `json:"grade"`
	Qualifiers  string      `json:"qualifiers" help:"What restricts the grade, such as OC."`
}

type tenderResponse struct {
	Method Method     `json:"method"`
	Amount core.Money `json:"amount"`
}

func newSaleResponse(sa *Sale) saleResponse {
	res := saleResponse{
		saleHeadResponse: newSaleHeadResponse(sa), Lines: make([]saleLineResponse, len(sa.Lines)), Tenders: make([]tenderResponse, len(sa.Tenders)),
		Void: sa.VoidID,
	}
	for i, l := range sa.Lines {
		res.Lines[i] = saleLineResponse{
			ID: l.ID, Item: l.ItemID, SKU: l.SKU, Name: l.Name, Units: l.Units, UnitPrice: l.UnitPrice, Discount: l.Discount, Tax: l.Tax,
			Total: l.Total, Movement: l.movement(), OriginalLine: l.OriginalLineID, Returned: l.Returned, Serials: newLineSerialResponses(l.Serials),
		}
	}
	for i, t := range sa.Tenders {
		res.Tenders[i] = tenderResponse{Method: t.Method, Amount: t.Amount}
	}
	return res
}

func newLineSerialResponses(serials []*LineSerial) []lineSerialResponse {
	list := make([]lineSerialResponse, len(serials))
	for i, ls := range serials {
		list[i] = lineSerialResponse{Unit: ls.UnitID, Grader: ls.Grader, Certificate: ls.Certificate, Grade: ls.Grade, Qualifiers: ls.Qualifiers}
	}
	return list
}
