package pricing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/inventory"
)

// tableRequest is a row of a table of prices.
type tableRequest struct {
	SKU string `json:"sku" field:"required,max=50"`
	priceRequest
}

// A tableForm reads rows by the rules that requests have.
type tableForm struct {
	form    *web.Form[tableRequest]
	headers []string
	places  map[string]int // of a field in the row
}

// newTableForm finds the columns of a table by their headers: sku, source, amount, currency and observed_at, which no table
// may lack. Others are left out.
func newTableForm(headers []string) (*tableForm, error) {
	f := &tableForm{form: web.NewForm[tableRequest](), headers: headers, places: map[string]int{}}
	for i, header := range headers {
		name := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(header)), " ", "_")
		if _, twice := f.places[name]; twice && slices.Contains(columns, name) {
			return nil, core.Errorf(core.Invalid, "there are two columns %q", header)
		}
		f.places[name] = i
	}
	for _, name := range columns {
		if _, ok := f.places[name]; !ok {
			return nil, core.Errorf(core.Invalid, "there is no column %q: a table of prices has the columns %s", name, strings.Join(columns, ", "))
		}
	}
	return f, nil
}

// columns are those of a table of prices.
var columns = []string{"sku", "source", "amount", "currency", "observed_at"}

// read makes a price of a row, or says what is wrong with its cells.
func (f *tableForm) read(row sheet.Row) (Price, *inventory.BadRow) {
	in := tableRequest{}
	wrong := f.form.Fill(&in, func(field string) (string, bool) {
		i, ok := f.places[field]
		return row.Cells[i], ok
	})
	for _, name := range columns {
		if strings.TrimSpace(row.Cells[f.places[name]]) == "" && wrong[name] == nil {
			wrong.Add(name, "This field may not be blank.")
		}
	}
	if len(wrong) > 0 {
		return Price{}, f.bad(row.Number, row.Cells, wrong)
	}
	p := in.price()
	p.SKU = in.SKU
	return p, nil
}

// bad is a row with what is wrong in it, under the headers of the table.
func (f *tableForm) bad(number int, cells []string, wrong core.Fields) *inventory.BadRow {
	bad := &inventory.BadRow{Row: number, SKU: cells[f.places["sku"]], Cells: slices.Clone(cells)}
	for _, field := range slices.Sorted(maps.Keys(wrong)) {
		header := ""
		if i, ok := f.places[field]; ok {
			header = f.headers[i]
		}
		msgs, _ := wrong[field].([]string)
		bad.Problems = append(bad.Problems, inventory.CellProblem{Column: header, Reason: strings.Join(msgs, " ")})
	}
	return bad
}

// reasons are the problems of a row in one text.
func reasons(bad *inventory.BadRow) string {
	texts := make([]string, len(bad.Problems))
	for i, problem := range bad.Problems {
		texts[i] = problem.Reason
		if problem.Column != "" {
			texts[i] = fmt.Sprintf("%s: %s", problem.Column, problem.Reason)
		}
	}
	return strings.Join(texts, "; ")
}
