package overview

import (
	"cmp"
	"slices"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Sums are what some items come to. No item counts with more than 10,000,000,000.00 in an amount.
type Sums struct {
	Items     int64      `bun:"items"` // also those that are sold out; each counts in its own store alone
	Units     int64      `bun:"units"`
	Cost      core.Total `bun:"cost"`      // units times intake price
	Worth     core.Total `bun:"worth"`     // units times price
	Projected core.Total `bun:"projected"` // units times projected price
}

// Margin is what the items bring if they are sold for their prices.
func (s Sums) Margin() core.Total { return s.Worth - s.Cost }

func (s *Sums) add(other Sums) {
	s.Items += other.Items
	s.Units += other.Units
	s.Cost += other.Cost
	s.Worth += other.Worth
	s.Projected += other.Projected
}

// An Overview is what the stock of a vendor comes to, in the stores that somebody may read.
type Overview struct {
	Sums
	Currency   *string // of all the stores, "" for none; nil where they have several, whose amounts are added up as they are
	HidesCost  bool    // it is not for the actor to see in each of the stores
	SoldOut    int64   // items without units in their own store
	Stores     []StoreSums
	Categories []CategorySums // those of the greatest worth
	Others     CategoryRest
	Low        LowStock
	Slow       SlowStock
}

// StoreSums are those of a store.
type StoreSums struct {
	Place
	Sums
}

// A Place is a store.
type Place struct {
	StoreID        int64
	Name, Currency string // "" for none
}

// CategorySums are those of a category.
type CategorySums struct {
	Category string // "" for the items without one
	Sums
}

// A CategoryRest is the sum of the categories that are not listed.
type CategoryRest struct {
	Categories int64
	Sums
}

// LowStock tells of the items that have units in their own store, but not more than a threshold.
type LowStock struct {
	Count int64
	Items []Item // the first ones, those with the fewest units in front
}

// SlowStock tells of the items that have units in their own store, and of which nothing has changed for some days.
type SlowStock struct {
	Items []Item // the first ones, the oldest change in front
	More  bool   // there are others
}

// An Item is one of the vendor's.
type Item struct {
	ID        int64     `bun:"id"`
	SKU       string    `bun:"sku"`
	Name      string    `bun:"name"`
	StoreID   int64     `bun:"store_id"`
	Quantity  int64     `bun:"quantity"`
	UpdatedAt time.Time `bun:"updated_at"`
}

const (
	maxCategories = 50
	maxItems      = 20
	maxThreshold  = 10 // up to it, the summary tells one number of units from another
)

// groupBy says of which items a group is the sum.
type groupBy string

const (
	byStore    groupBy = "store"
	byCategory groupBy = "category"
	byLevel    groupBy = "level" // units of each item; 0 for those without, maxThreshold+1 for all that are more
)

// A group is a part of the summary, by one of its columns.
type group struct {
	By       groupBy `bun:"by"`
	Number   int64   `bun:"number"`   // of a store or a level
	Category string  `bun:"category"` // of a category
	Sums
}

// newOverview puts the groups of a summary together; the places are the stores, which count also if nothing lies there.
func newOverview(groups []group, places map[int64]Place, threshold int64) *Overview {
	o := &Overview{Currency: commonCurrency(places)}
	stores := map[int64]*StoreSums{}
	for id, place := range places {
		stores[id] = &StoreSums{Place: place}
	}
	for _, g := range groups {
		switch g.By {
		case byStore:
			o.add(g.Sums)
			place := places[g.Number]
			place.StoreID = g.Number
			stores[g.Number] = &StoreSums{place, g.Sums}
		case byCategory:
			o.Categories = append(o.Categories, CategorySums{Category: g.Category, Sums: g.Sums})
		case byLevel:
			if g.Number == 0 {
				o.SoldOut = g.Items
			} else if g.Number > 0 && g.Number <= threshold {
				o.Low.Count += g.Items
			}
		}
	}
	for _, st := range stores {
		o.Stores = append(o.Stores, *st)
	}
	slices.SortFunc(o.Stores, func(a, b StoreSums) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.StoreID, b.StoreID))
	})
	o.cutCategories()
	return o
}

// commonCurrency is that of all stores, nil where they have several.
func commonCurrency(places map[int64]Place) *string {
	found := map[string]bool{}
	for _, place := range places {
		found[place.Currency] = true
	}
	for currency := range found {
		if len(found) == 1 {
			return &currency
		}
	}
	return nil
}

// cutCategories leaves the categories of the greatest worth, and sums up the others.
func (o *Overview) cutCategories() {
	slices.SortFunc(o.Categories, func(a, b CategorySums) int {
		return cmp.Or(cmp.Compare(b.Worth, a.Worth), cmp.Compare(b.Items, a.Items), cmp.Compare(a.Category, b.Category))
	})
	if len(o.Categories) <= maxCategories {
		return
	}
	for _, c := range o.Categories[maxCategories:] {
		o.Others.Categories++
		o.Others.add(c.Sums)
	}
	o.Categories = o.Categories[:maxCategories]
}
