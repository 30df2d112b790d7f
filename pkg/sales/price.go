package sales

import (
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

const (
	hundredPercent core.Percent = 100_00
	// maxAmount is the most that a column holds, and a client reads.
	maxAmount core.Money = 99_999_999_99
)

// share is the part of an amount that a percentage stands for, rounded half up to the hundredth. Neither is below 0.
func share(amount core.Money, p core.Percent) core.Money {
	return (amount*core.Money(p) + core.Money(hundredPercent)/2) / core.Money(hundredPercent)
}

// of is what the discount takes off an amount; it may be more than that.
func (d Discount) of(amount core.Money) core.Money {
	if d.Percent != 0 {
		return share(amount, d.Percent)
	}
	return d.Amount
}

// price makes the lines of a sale, and their sums, from the prices of the lines' items and a rate of tax.
func (r Request) price(goods []stock.Item, rate core.Percent) (*Sale, error) {
	sa := &Sale{Lines: make([]*Line, len(r.Lines)), TaxRate: rate}
	wrong, nets, net, isWrong := make([]core.Fields, len(r.Lines)), make([]int64, len(r.Lines)), core.Money(0), false
	for i, q := range r.Lines {
		l := &Line{ItemID: goods[i].ID, Units: q.Units, UnitPrice: goods[i].Price, PieceIDs: q.Serials}
		if q.UnitPrice != nil {
			l.UnitPrice = *q.UnitPrice
		}
		wrong[i] = l.discount(q.Discount)
		isWrong = isWrong || len(wrong[i]) > 0
		sa.Lines[i], nets[i] = l, int64(l.Total)
		net += l.Total
	}
	if isWrong {
		return nil, core.InvalidFields(core.Fields{"lines": wrong})
	}
	if net > maxAmount { // so that what follows does not overflow
		return nil, core.InvalidField(core.NonField, msgTooMuch)
	}
	off := r.Discount.of(net)
	if off > net {
		return nil, core.InvalidField("discount", msgOverPrice)
	}
	for i, part := range off.Spread(nets) {
		l := sa.Lines[i]
		l.Discount += part
		l.Tax = share(l.Total-part, rate)
		l.Total += l.Tax - part
	}
	sa.addUp()
	if sa.Subtotal > maxAmount || sa.Total > maxAmount {
		return nil, core.InvalidField(core.NonField, msgTooMuch)
	}
	return sa, nil
}

// discount sets what the line comes to without tax, less its own discount, and says what is wrong with that.
func (l *Line) discount(d Discount) core.Fields {
	wrong := core.Fields{}
	if l.UnitPrice < 0 {
		wrong.Add("unit_price", msgNegative)
		return wrong
	}
	if l.UnitPrice > 0 && core.Money(l.Units) > maxAmount/l.UnitPrice {
		wrong.Add("units", msgTooMuch)
		return wrong
	}
	l.Discount = d.of(l.subtotal())
	l.Total = l.subtotal() - l.Discount
	if l.Total < 0 {
		wrong.Add("discount", msgOverPrice)
	}
	return wrong
}

// isReduced reports whether somebody pays another price than that of the items.
func (r Request) isReduced(goods []stock.Item) bool {
	for i, l := range r.Lines {
		if l.Discount != (Discount{}) || l.UnitPrice != nil && *l.UnitPrice != goods[i].Price {
			return true
		}
	}
	return r.Discount != Discount{}
}

// pay notes how a sale is paid. Change is given for cash alone: what is paid otherwise must not be more than the total.
func (sa *Sale) pay(tenders []TenderRequest) error {
	otherwise := core.Money(0)
	for _, t := range tenders {
		sa.Tenders = append(sa.Tenders, &Tender{Method: t.Method, Amount: t.Amount})
		if sa.Tendered += t.Amount; sa.Tendered > maxAmount {
			return core.InvalidField("tenders", msgTooMuch)
		}
		if t.Method != Cash {
			otherwise += t.Amount
		}
	}
	sa.ChangeDue = sa.Tendered - sa.Total
	switch {
	case otherwise > sa.Total:
		return core.InvalidField("tenders", fmt.Sprintf("Change is given for cash alone: %s were paid otherwise for %s.", otherwise, sa.Total))
	case sa.ChangeDue < 0:
		return core.InvalidField("tenders", fmt.Sprintf("The sale comes to %s, and %s were paid.", sa.Total, sa.Tendered))
	case sa.Total == 0 && sa.Tendered > 0:
		return core.InvalidField("tenders", "There is nothing to pay.")
	}
	return nil
}

// part returns a line that takes back units of this one, of which some came back before: of each amount the share of the
// units that are back by then, less that of those from before. So all parts together are the whole.
func (l *Line) part(units, before int32) *Line {
	id := l.ID
	back := &Line{ItemID: l.ItemID, SKU: l.SKU, Name: l.Name, Units: -units, UnitPrice: l.UnitPrice, OriginalLineID: &id}
	back.Discount = upTo(l.Discount, before, l.Units) - upTo(l.Discount, before+units, l.Units)
	back.Tax = upTo(l.Tax, before, l.Units) - upTo(l.Tax, before+units, l.Units)
	back.Total = back.subtotal() - back.Discount + back.Tax
	return back
}

// upTo is the share of some of all units in an amount, rounded down.
func upTo(amount core.Money, some, all int32) core.Money {
	return amount * core.Money(some) / core.Money(all)
}

// giveBack notes how the money of a return is given back: by one method, or as the tenders say.
func (sa *Sale) giveBack(method Method, tenders []TenderRequest) error {
	sa.Tendered = sa.Total
	if len(tenders) == 0 {
		if sa.Total != 0 {
			sa.Tenders = []*Tender{{Method: method, Amount: sa.Total}}
		}
		return nil
	}
	sum := core.Money(0)
	for _, t := range tenders {
		sa.Tenders = append(sa.Tenders, &Tender{Method: t.Method, Amount: t.Amount})
		if sum += t.Amount; sum < -maxAmount {
			break
		}
	}
	if sum != sa.Total {
		return core.InvalidField("tenders", fmt.Sprintf("The return comes to %s, not to %s.", sa.Total, sum))
	}
	return nil
}

// giveAllBack notes that all is given back as it was paid, less the change.
func (sa *Sale) giveAllBack(original *Sale) {
	sa.Tendered = sa.Total
	change := original.ChangeDue
	for _, t := range original.Tenders {
		amount := t.Amount
		if t.Method == Cash {
			kept := max(amount-change, 0)
			amount, change = kept, change-(amount-kept)
		}
		if amount != 0 {
			sa.Tenders = append(sa.Tenders, &Tender{Method: t.Method, Amount: -amount})
		}
	}
}
