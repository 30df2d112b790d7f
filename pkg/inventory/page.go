package inventory

import (
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Page says which items of a list are wanted, in which order, and how many. An empty or nil filter does not narrow it.
type Page struct {
	Limit      int64
	Offset     int64  // how many items to leave out; 0 with a cursor
	Cursor     string // where the page before ended, as ListPage said; "" for the start
	Sort       Sort   // "" is by name
	Descending bool
	Filter
	Category  string // whatever the case
	Condition string // whatever the case
	StoreID   *int64
	MinPrice  *core.Money
	MaxPrice  *core.Money
	InStock   *bool
	Words     []string // each is in the name, the SKU or the description, whatever the case
}

// A Sort is a column by which a list may be ordered; the id breaks ties. None of these columns may be null.
type Sort string

// The columns, each with an index that starts with the vendor.
const (
	ByName      Sort = "name"
	BySKU       Sort = "sku"
	ByPrice     Sort = "price"
	ByQuantity  Sort = "quantity"
	ByCreatedAt Sort = "created_at"
	ByUpdatedAt Sort = "updated_at"
)

// Choices lists the columns.
func (Sort) Choices() []core.Choice {
	return []core.Choice{
		{Value: string(ByName), Label: "Name"},
		{Value: string(BySKU), Label: "SKU"},
		{Value: string(ByPrice), Label: "Price"},
		{Value: string(ByQuantity), Label: "Quantity"},
		{Value: string(ByCreatedAt), Label: "Created"},
		{Value: string(ByUpdatedAt), Label: "Updated"},
	}
}

// orDefault is the column that the list is ordered by.
func (s Sort) orDefault() Sort {
	if s == "" {
		return ByName
	}
	return s
}

// isPlain reports whether the page is one of the whole list.
func (p Page) isPlain() bool {
	return p.Filter == Filter{} && p.Category == "" && p.Condition == "" && p.StoreID == nil && p.MinPrice == nil &&
		p.MaxPrice == nil && p.InStock == nil && len(p.Words) == 0
}

// trigram is how many characters of a word the index of searches knows together. Shorter words are not in it.
const trigram = 3

// splitWords returns the words of a search, each once.
func splitWords(search string) (words []string) {
	for word := range strings.FieldsSeq(search) {
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// trigramsOf returns all sequences of three characters in the words, in capitals, each once.
func trigramsOf(words []string) (all []string) {
	for _, word := range words {
		letters := []rune(strings.ToUpper(word))
		for i := range len(letters) - trigram + 1 {
			if part := string(letters[i : i+trigram]); !slices.Contains(all, part) {
				all = append(all, part)
			}
		}
	}
	return all
}
