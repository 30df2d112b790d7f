package pricing

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// notes are prices on their way into the database.
type notes struct {
	vendorID int64
	userID   int64 // 0 for the operator
	mayWrite func(storeID int64) bool
	prices   []Price
	now      time.Time

	noted  []Noted       // in the order of the prices; empty for those that are wrong
	wrong  []core.Fields // in the order of the prices; empty for those that are good
	failed int           // how many are wrong
}

// settle finds out what becomes of each price. The items stay until the transaction ends.
func (n *notes) settle(ctx context.Context, tx bun.Tx) error {
	n.noted, n.wrong, n.failed = make([]Noted, len(n.prices)), make([]core.Fields, len(n.prices)), 0
	byID, bySKU, err := n.items(ctx, tx)
	if err != nil {
		return err
	}
	var news []*Observation
	for i, p := range n.prices {
		it, known := byID[p.ItemID]
		if p.ItemID == 0 {
			it, known = bySKU[p.SKU]
		}
		n.wrong[i] = n.check(p, it, known)
		if len(n.wrong[i]) == 0 {
			n.noted[i].Observation = p.observation(it, n.userID, n.now)
			news = append(news, n.noted[i].Observation)
		}
	}
	there, err := selectLike(ctx, tx, news)
	if err != nil {
		return err
	}
	n.compare(there)
	return nil
}

// items returns those that the prices name.
func (n *notes) items(ctx context.Context, tx bun.Tx) (byID map[int64]item, bySKU map[string]item, err error) {
	var ids []int64
	var skus []string
	for _, p := range n.prices {
		if p.ItemID != 0 {
			ids = append(ids, p.ItemID)
		} else {
			skus = append(skus, p.SKU)
		}
	}
	items, err := holdItems(ctx, tx, n.vendorID, ids, skus)
	byID, bySKU = map[int64]item{}, map[string]item{}
	for _, it := range items {
		byID[it.ID], bySKU[it.SKU] = it, it
	}
	return byID, bySKU, err
}

// check reports what is wrong with a price of an item.
func (n *notes) check(p Price, it item, known bool) core.Fields {
	wrong := p.validate(n.now)
	switch named := p.ItemID != 0; {
	case known && !n.mayWrite(it.StoreID):
		wrong.Add(core.NonField, errNoStoreAccess.Msg)
	case !known && named:
		wrong.Add("item", core.UnknownIDMessage(p.ItemID))
	case !known && p.SKU != "":
		wrong.Add("sku", "No item has this SKU.")
	}
	return wrong
}

// compare finds those of the prices that are noted already, by an earlier request or in front of them.
func (n *notes) compare(there []*Observation) {
	known := map[key]*Observation{}
	for _, o := range there {
		known[o.key()] = o
	}
	for i := range n.noted {
		o := n.noted[i].Observation
		if o == nil {
			n.failed++
			continue
		}
		before, isKnown := known[o.key()]
		switch {
		case !isKnown:
			known[o.key()], n.noted[i].IsNew = o, true
		case before.Amount != o.Amount:
			n.noted[i] = Noted{}
			n.wrong[i].Add("amount", otherAmount(before))
			n.failed++
		default:
			n.noted[i].Observation = before
		}
	}
}

// news are the observations to be inserted.
func (n *notes) news() (news []*Observation) {
	for _, one := range n.noted {
		if one.IsNew {
			news = append(news, one.Observation)
		}
	}
	return news
}
