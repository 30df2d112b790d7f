package sales_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/sales"
)

// TestSale_moneyAddsUpWhateverIsSold draws baskets, sells them and takes them back in parts: sums are those of the lines,
// tax is off by no more than half a hundredth a line, and all returns together are the sale.
func TestSale_moneyAddsUpWhateverIsSold(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		items := make([]int64, 4)
		for i := range items {
			items[i] = s.add(t, fmt.Sprint("M-", i), 1_000_000, fmt.Sprintf("%d.%02d", i*7, i*31))
		}
		rapid.Check(t, func(rt *rapid.T) {
			r := drawRequest(rt, s.Store, items)
			sold, _, err := s.Sales.Sell(s.Ctx, r)
			if core.KindOf(err) == core.Invalid { // the discount is more than the price
				return
			}
			if err != nil {
				rt.Fatal(err)
			}
			checkSums(rt, r, sold)
			for key := 0; ; key++ {
				back := drawReturn(rt, sold)
				if len(back.Lines) == 0 {
					break
				}
				returned, _, err := s.Sales.TakeBack(s.Ctx, back)
				if err != nil {
					rt.Fatal(err)
				}
				if returned.Total > 0 {
					rt.Fatalf("a return gives %v", returned.Total)
				}
				if sold, err = s.Sales.Get(s.Ctx, sold.ID); err != nil {
					rt.Fatal(err)
				}
			}
			var left string
			s.Scan(t, &left, `SELECT sum(discount) || ' ' || sum(total) || ' ' || sum(tax)
				FROM omnistock_sale WHERE id = ?0 OR original_id = ?0`, sold.ID)
			if left != "0 0 0" && left != "0.00 0.00 0.00" {
				rt.Fatalf("after all returns %s are left", left)
			}
		})
		for _, item := range items {
			if s.Quantity(t, item) != 1_000_000 {
				t.Errorf("quantity = %d", s.Quantity(t, item))
			}
		}
		s.mustVerify(t)
	})
}

func drawRequest(rt *rapid.T, store int64, items []int64) sales.Request {
	r := sales.Request{StoreID: store, Discount: drawDiscount(rt, 5), Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 99_999_999_99}}}
	for range rapid.IntRange(1, 5).Draw(rt, "lines") {
		l := sales.LineRequest{ItemID: rapid.SampledFrom(items).Draw(rt, "item"), Units: rapid.Int32Range(1, 9).Draw(rt, "units"), Discount: drawDiscount(rt, 3)}
		if rapid.Bool().Draw(rt, "has price") {
			l.UnitPrice = new(core.Money(rapid.Int64Range(0, 1_000_00).Draw(rt, "price")))
		}
		r.Lines = append(r.Lines, l)
	}
	return r
}

func drawDiscount(rt *rapid.T, most int64) (d sales.Discount) {
	switch rapid.IntRange(0, 2).Draw(rt, "sort of discount") {
	case 1:
		d.Amount = core.Money(rapid.Int64Range(0, most*100).Draw(rt, "discount"))
	case 2:
		d.Percent = core.Percent(rapid.Int64Range(0, 100_00).Draw(rt, "percent"))
	}
	return d
}

// checkSums holds a sale of 8.25 % of tax against exact arithmetic.
func checkSums(rt *rapid.T, r sales.Request, sold *sales.Sale) {
	var subtotal, discount, tax, total core.Money
	exact := new(big.Rat)
	for i, l := range sold.Lines {
		net := core.Money(l.Units)*l.UnitPrice - l.Discount
		if l.Units != r.Lines[i].Units || l.Discount < 0 || net < 0 || l.Total != net+l.Tax || l.MovementID == 0 {
			rt.Fatalf("line %d = %+v", i, l)
		}
		exact.Add(exact, big.NewRat(int64(net)*825, 10000))
		subtotal, discount, tax, total = subtotal+core.Money(l.Units)*l.UnitPrice, discount+l.Discount, tax+l.Tax, total+l.Total
	}
	if sold.Subtotal != subtotal || sold.Discount != discount || sold.Tax != tax || sold.Total != total || sold.Total != subtotal-discount+tax {
		rt.Fatalf("sale = %+v", sold)
	}
	off := exact.Sub(exact, new(big.Rat).SetInt64(int64(tax)))
	if off.Abs(off).Cmp(big.NewRat(int64(len(sold.Lines)), 2)) > 0 {
		rt.Fatalf("tax %v is off by %s hundredths", tax, off.FloatString(3))
	}
	if sold.ChangeDue != 99_999_999_99-total {
		rt.Fatalf("change = %v of %v", sold.ChangeDue, total)
	}
}

// drawReturn returns some of what has not come back; nothing if all has.
func drawReturn(rt *rapid.T, sold *sales.Sale) sales.ReturnRequest {
	r := sales.ReturnRequest{SaleID: sold.ID}
	for _, l := range sold.Lines {
		if left := l.Units - l.Returned; left > 0 && (len(r.Lines) == 0 || rapid.Bool().Draw(rt, "this too")) {
			r.Lines = append(r.Lines, sales.ReturnLineRequest{LineID: l.ID, Units: rapid.Int32Range(1, left).Draw(rt, "back")})
		}
	}
	return r
}

// A shelf is what a simple model knows of an item and what became of sales of it.
type shelf struct {
	there int64
	sold  map[int64]*sale // by id
}

type sale struct {
	units, back int32
	void        bool
	line        int64
}

// TestSale_modelOfAShelf sends random sequences of commands, and compares units and what is refused with a model.
func TestSale_modelOfAShelf(t *testing.T) {
	each(t, func(t *testing.T, s *system) {
		serial := 0
		rapid.Check(t, func(rt *rapid.T) {
			serial++
			item := s.add(t, fmt.Sprint("S-", serial), 10, "1.00")
			m, ids := shelf{there: 10, sold: map[int64]*sale{}}, []int64{}
			check := func(rt *rapid.T, err error, want bool) bool {
				if (err == nil) != want || err != nil && core.KindOf(err) != core.Conflict {
					rt.Fatalf("error = %v, want success %v", err, want)
				}
				return err == nil
			}
			pick := func(rt *rapid.T) (int64, *sale) {
				if len(ids) == 0 {
					rt.Skip("nothing was sold")
				}
				id := rapid.SampledFrom(ids).Draw(rt, "sale")
				return id, m.sold[id]
			}
			rt.Repeat(map[string]func(*rapid.T){
				"sell": func(rt *rapid.T) {
					units := rapid.Int32Range(1, 6).Draw(rt, "units")
					sold, _, err := s.Sales.Sell(s.Ctx, sales.Request{
						StoreID: s.Store, Lines: []sales.LineRequest{{ItemID: item, Units: units}}, Tenders: []sales.TenderRequest{{Method: sales.Cash, Amount: 100_00}},
					})
					if check(rt, err, int64(units) <= m.there) {
						m.there -= int64(units)
						ids = append(ids, sold.ID)
						m.sold[sold.ID] = &sale{units: units, line: sold.Lines[0].ID}
					}
				},
				"return": func(rt *rapid.T) {
					id, of := pick(rt)
					units, writeOff := rapid.Int32Range(1, 3).Draw(rt, "units"), rapid.Bool().Draw(rt, "write off")
					_, _, err := s.Sales.TakeBack(s.Ctx, sales.ReturnRequest{
						SaleID: id, Lines: []sales.ReturnLineRequest{{LineID: of.line, Units: units, WriteOff: writeOff}},
					})
					if check(rt, err, !of.void && of.back+units <= of.units) {
						of.back += units
						if !writeOff {
							m.there += int64(units)
						}
					}
				},
				"void": func(rt *rapid.T) {
					id, of := pick(rt)
					_, err := s.Sales.Cancel(s.Ctx, id, "model")
					if check(rt, err, !of.void && of.back == 0) {
						of.void = true
						m.there += int64(of.units)
					}
				},
				"": func(rt *rapid.T) {
					if got := s.Quantity(t, item); got != m.there {
						rt.Fatalf("quantity = %d, want %d", got, m.there)
					}
				},
			})
		})
		s.mustVerify(t)
	})
}
