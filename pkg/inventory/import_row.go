package inventory

import (
	"maps"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// An importForm reads rows by the rules that requests have: the types of requests are the one place where they stand.
type importForm struct {
	uses   []HeaderUse
	item   *web.Form[collectibleRequest]
	card   *web.Form[cardDetailsRequest]
	cells  map[string]int // place of a column in the row, by the column's name
	inItem map[string]int // the same by the field's name in requests
	inCard map[string]int
	stores storeNames
	// lacking is what a row hears that makes a new item of a table without a column for what is required.
	lacking core.Fields
}

// An importRow is a row that could be read.
type importRow struct {
	number int
	cells  []string
	change CollectibleChange // without images
}

func (r *importRow) sku() string { return r.change.SKU.Value }

func newImportForm(uses []HeaderUse, stores storeNames) *importForm {
	f := &importForm{
		uses: uses, item: web.NewForm[collectibleRequest](), card: web.NewForm[cardDetailsRequest](), stores: stores,
		cells: map[string]int{}, inItem: map[string]int{}, inCard: map[string]int{},
	}
	for i, use := range uses {
		column := findColumn(use.Column)
		if column == nil {
			continue
		}
		f.cells[column.name] = i
		switch {
		case column.ofCard:
			f.inCard[column.inRequest()] = i
		case column.name != columnStore: // which is an id in requests
			f.inItem[column.inRequest()] = i
		}
	}
	f.lacking = f.item.Missing(func(field string) bool { _, ok := f.inItem[field]; return ok })
	return f
}

// read makes a change of a row, or says what is wrong with its cells.
func (f *importForm) read(row sheet.Row) (*importRow, *BadRow) {
	cells := slices.Clone(row.Cells)
	in := collectibleRequest{}
	problems := f.problems(f.item.Fill(&in, textsOf(cells, f.inItem)), f.inItem)
	if len(f.inCard) > 0 {
		in.CardDetails.Sent = true
		problems = append(problems, f.problems(f.card.Fill(&in.CardDetails.Value, textsOf(cells, f.inCard)), f.inCard)...)
	}
	if i, ok := f.cells[columnStore]; ok && strings.TrimSpace(cells[i]) != "" {
		id, found := f.stores.find(cells[i])
		if !found {
			problems = append(problems, CellProblem{f.uses[i].Header, "No store is called so."})
		}
		in.Store = core.Some(id)
	}
	if len(problems) > 0 {
		return nil, &BadRow{Row: row.Number, SKU: f.skuOf(cells), Problems: problems, Cells: cells}
	}
	return &importRow{number: row.Number, cells: cells, change: in.change()}, nil
}

// skuOf is the SKU in a row, as it stands there.
func (f *importForm) skuOf(cells []string) string {
	if i := f.cells[columnSKU]; i < len(cells) {
		return cells[i]
	}
	return ""
}

// textsOf finds the cells of fields.
func textsOf(cells []string, places map[string]int) func(field string) (string, bool) {
	return func(field string) (string, bool) {
		i, ok := places[field]
		if !ok {
			return "", false
		}
		return cells[i], true
	}
}

// problems says what is wrong with fields under the headers of their columns, in the order of these.
func (f *importForm) problems(wrong core.Fields, places map[string]int) (problems []CellProblem) {
	if len(wrong) == 0 {
		return nil
	}
	byPlace := func(a, b string) int { return places[a] - places[b] }
	for _, field := range slices.SortedFunc(maps.Keys(wrong), byPlace) {
		header := field
		if i, ok := places[field]; ok {
			header = f.uses[i].Header
		}
		msgs, _ := wrong[field].([]string)
		problems = append(problems, CellProblem{header, strings.Join(msgs, " ")})
	}
	return problems
}

// bad is a row of which one column is wrong.
func (f *importForm) bad(row *importRow, column, reason string) *BadRow {
	if i, ok := f.cells[column]; ok {
		column = f.uses[i].Header
	}
	return &BadRow{Row: row.number, SKU: row.sku(), Problems: []CellProblem{{column, reason}}, Cells: row.cells}
}
