package inventory

import (
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A tableColumn is a column of stock as a table: what import reads and export writes.
type tableColumn struct {
	name     string   // of the column, and of its field in requests unless field says otherwise
	field    string   // in requests
	ofCard   bool     // the field is one of the card details
	isNumber bool     // for spreadsheets
	synonyms []string // other headers, as normalHeader writes them

	// text is the value in a table; of the store, which has another name there, see storeNames.
	text func(c *Collectible) string
}

// The columns that the code speaks of.
const (
	columnSKU   = "sku"
	columnStore = "store"
	columnCost  = "intake_price"
)

// tableColumns are all columns, in the order of an export.
var tableColumns = []tableColumn{
	{
		name: columnSKU, synonyms: []string{"stockkeepingunit", "itemsku", "productsku", "code", "itemcode", "productcode", "articlenumber", "itemnumber", "partnumber"},
		text: func(c *Collectible) string { return c.SKU },
	},
	{
		name: "name", synonyms: []string{"title", "item", "itemname", "product", "productname", "cardname"},
		text: func(c *Collectible) string { return c.Name },
	},
	{
		name: "quantity", isNumber: true, synonyms: []string{"qty", "stock", "count", "units", "onhand", "instock", "available"},
		text: func(c *Collectible) string { return strconv.Itoa(int(c.Quantity)) },
	},
	{
		name: "price", isNumber: true, synonyms: []string{"sellingprice", "saleprice", "retailprice", "listprice", "unitprice", "marketprice", "marketvalue"},
		text: func(c *Collectible) string { return c.Price.Stored().String() },
	},
	{
		name: columnCost, isNumber: true, synonyms: []string{"cost", "costprice", "unitcost", "purchaseprice", "buyprice", "buyingprice", "paid"},
		text: func(c *Collectible) string { return c.IntakePrice.Stored().String() },
	},
	{
		name: "projected_price", isNumber: true, synonyms: []string{"expectedprice", "targetprice", "projectedvalue"},
		text: func(c *Collectible) string { return c.ProjectedPrice.Stored().String() },
	},
	{
		name: "category", synonyms: []string{"producttype", "type", "department"},
		text: func(c *Collectible) string { return deref(c.Category) },
	},
	{
		name: "condition", synonyms: []string{"itemcondition", "state"},
		text: func(c *Collectible) string { return deref(c.Condition) },
	},
	{
		name: "description", synonyms: []string{"desc", "details", "body"},
		text: func(c *Collectible) string { return deref(c.Description) },
	},
	{
		name: "image_url", synonyms: []string{"image", "imagelink", "imagesrc", "picture", "pictureurl", "photo", "photourl"},
		text: func(c *Collectible) string { return deref(c.ImageURL) },
	},
	{name: columnStore, synonyms: []string{"location", "shop", "branch", "warehouse", "storeslug", "storename"}},
	{
		name: "psa_grade", ofCard: true, isNumber: true, synonyms: []string{"grade", "psa"},
		text: ofCard(func(d *CardDetails) string { return textOrEmpty(d.PSAGrade) }),
	},
	{
		name: "card_condition", field: "condition", ofCard: true,
		text: ofCard(func(d *CardDetails) string { return deref(d.Condition) }),
	},
	{
		name: "language", ofCard: true, synonyms: []string{"lang", "cardlanguage"},
		text: ofCard(func(d *CardDetails) string { return deref(d.Language) }),
	},
	{
		name: "release_date", ofCard: true, synonyms: []string{"released", "releaseday"},
		text: ofCard(func(d *CardDetails) string { return textOrEmpty(d.ReleaseDate) }),
	},
	{
		name: "print_run", ofCard: true, synonyms: []string{"printing", "edition"},
		text: ofCard(func(d *CardDetails) string { return deref(d.PrintRun) }),
	},
	{
		name: "market_region", ofCard: true, synonyms: []string{"region", "market"},
		text: ofCard(func(d *CardDetails) string { return deref(d.MarketRegion) }),
	},
	{
		name: "external_ids", ofCard: true, synonyms: []string{"externalid"},
		text: ofCard(func(d *CardDetails) string { return deref(d.ExternalIDs) }),
	},
	{
		name: "last_estimated_at", ofCard: true, synonyms: []string{"estimatedat", "lastestimate"},
		text: ofCard(func(d *CardDetails) string { return textOrEmpty(core.NewTimestamp(d.LastEstimatedAt)) }),
	},
	{
		name: "notes", ofCard: true, synonyms: []string{"note", "remarks", "comment", "comments"},
		text: ofCard(func(d *CardDetails) string { return deref(d.Notes) }),
	},
}

// inRequest is the column's field in requests.
func (c *tableColumn) inRequest() string {
	if c.field != "" {
		return c.field
	}
	return c.name
}

// findColumn returns the column with the name, or nil.
func findColumn(name string) *tableColumn {
	for i := range tableColumns {
		if tableColumns[i].name == name {
			return &tableColumns[i]
		}
	}
	return nil
}

// columnNames lists all columns.
func columnNames() []string {
	names := make([]string, len(tableColumns))
	for i := range tableColumns {
		names[i] = tableColumns[i].name
	}
	return names
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func textOrEmpty[T interface {
	AppendText(b []byte) ([]byte, error)
}](value *T) string {
	if value == nil {
		return ""
	}
	text, _ := (*value).AppendText(nil) // never fails
	return string(text)
}

// ofCard is "" for a collectible without card details.
func ofCard(text func(d *CardDetails) string) func(c *Collectible) string {
	return func(c *Collectible) string {
		if c.Card == nil {
			return ""
		}
		return text(c.Card)
	}
}
