package sales

import "github.com/omni-stock/omnistock/pkg/core"

// A Margin is what was earned. Of returns and voids all of it has the opposite sign, so that sums are what is left.
type Margin struct {
	Net  core.Total // what was to be paid, without tax
	Cost core.Total // what the units cost
}

func (m Margin) earned() core.Total { return m.Net - m.Cost }

// A SaleMargin is the margin of a document, and of its lines in order.
type SaleMargin struct {
	Margin

	Sale  *Sale
	Lines []Margin
}

// newSaleMargin adds up the margins of a document's lines. The costs are those of its movements: below 0 where units left.
func newSaleMargin(sa *Sale, costs map[int64]core.Total) SaleMargin {
	m := SaleMargin{Sale: sa, Lines: make([]Margin, len(sa.Lines))}
	for i, l := range sa.Lines {
		m.Lines[i] = Margin{Net: core.Total(l.Total - l.Tax), Cost: -costs[l.MovementID]}
		m.Net += m.Lines[i].Net
		m.Cost += m.Lines[i].Cost
	}
	return m
}

// A StoreMargin is that of a store's documents in one currency.
type StoreMargin struct {
	Margin

	StoreID  int64
	Currency string // "" for none
}
