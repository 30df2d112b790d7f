package inventory

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// searchText is what words are looked for in, as the index of searches has it. A word holds no space, so that it is
// found in one of the three alone.
const searchText = "upper(c.name || ' ' || c.sku || ' ' || coalesce(c.description, ''))"

// withinReach is how many items are looked at in the order of the list for each one that is wanted, but at least and at
// most so many. Where filters and words let one item in 40 through, no page looks at more.
const (
	withinReach  = 40
	leastInReach = 2_000
	mostInReach  = 50_000
)

// likeEscape stands before a character that means itself in a LIKE pattern.
const likeEscape = "!"

// A narrowed page may be anywhere in the list. What many items fit is found soon along the order of the list (reach,
// near), and is sorted already; what few fit is found through the index of searches and sorted then (found, far). How
// many there are, nobody knows before, and estimates of an engine go wrong by minutes where the items that fit stand
// together at the end of the order: so the first way is tried for a bounded number of items, and the second one only
// where that did not fill the page.
func (p paging) selectNarrowed(ctx context.Context, vendorID int64, page Page, after *position) (items []*Collectible, err error) {
	n := narrowed{
		paging: p, page: page, order: newOrder(page.Sort, page.Descending), after: after, vendorID: vendorID,
		wanted: page.Offset + page.Limit + 1,
	}
	n.inReach = min(max(leastInReach, withinReach*n.wanted), mostInReach)
	q := p.db.NewSelect().Model(&items).Relation("Card").
		WithQuery(bun.NewWithQuery("reach", n.reach()).Materialized()).
		WithQuery(bun.NewWithQuery("near", n.first("reach").Where("fits")).Materialized()).
		WithQuery(bun.NewWithQuery("found", n.found()).Materialized()).
		WithQuery(bun.NewWithQuery("far", n.first("found")).Materialized()).
		Where("c.id IN (SELECT id FROM near UNION ALL SELECT id FROM far)")
	err = n.order.by(q, n.order.column).Limit(page.Limit + 1).Offset(page.Offset).Scan(ctx)
	return items, err
}

type narrowed struct {
	paging
	page     Page
	order    order
	after    *position
	vendorID int64
	wanted   int64 // items from the start of the page's list, its offset among them
	inReach  int64
}

// reach is the next items in the order of the list, and whether each fits.
func (n narrowed) reach() *bun.SelectQuery {
	q := n.columns(n.db.NewSelect().TableExpr("collectibles_collectible AS c")).ColumnExpr("(?) AS fits", n.fits())
	return n.order.by(n.of(q), n.order.column).Limit(n.inReach)
}

// found is all items that fit, unless those in reach fill the page or there are none beyond them.
func (n narrowed) found() *bun.SelectQuery {
	q := n.columns(n.source()).
		Where("(SELECT count(*) FROM reach) = ?", n.inReach).Where("(SELECT count(*) FROM near) < ?", n.wanted)
	return n.of(q).Where("?", n.fits())
}

// source is the items in which all that fit are: those that the index of searches names, or any.
func (n narrowed) source() *bun.SelectQuery {
	trigrams := trigramsOf(n.page.Words)
	if db.IsPostgres(n.db) || len(trigrams) == 0 { // PostgreSQL knows by itself when the index helps
		return n.db.NewSelect().TableExpr("collectibles_collectible AS c")
	}
	for i, part := range trigrams {
		trigrams[i] = `"` + strings.ReplaceAll(part, `"`, `""`) + `"`
	}
	const index = bun.Ident("omnistock_collectible_search")
	return n.db.NewSelect().TableExpr("? CROSS JOIN collectibles_collectible AS c", index). // in this order
												Where("c.id = ?.rowid", index).Where("? MATCH ?", index, strings.Join(trigrams, " AND "))
}

// columns are what the items that fit are sorted by.
func (n narrowed) columns(q *bun.SelectQuery) *bun.SelectQuery {
	return q.ColumnExpr("c.id, ? AS place", n.order.column)
}

// of narrows a query to the vendor's items from where the page starts, and joins what a filter is about.
func (n narrowed) of(q *bun.SelectQuery) *bun.SelectQuery {
	if n.page.Filter != (Filter{}) {
		q = q.Join("LEFT JOIN collectibles_carddetails AS card ON card.collectible_id = c.id")
	}
	q = q.Where("c.vendor_id = ?", n.vendorID)
	if n.after != nil {
		q = n.order.after(q, n.after.place, n.after.id)
	}
	return q
}

// first is as many items as are wanted, in order.
func (n narrowed) first(from string) *bun.SelectQuery {
	return n.order.by(n.db.NewSelect().Table(from).Column("id"), "place").Limit(n.wanted)
}

// fits is the condition of all filters and words. It is null, which is not true, for an item that lacks what a filter
// is about.
func (n narrowed) fits() schema.QueryAppender {
	var conditions []string
	var args []any
	and := func(condition string, values ...any) {
		conditions, args = append(conditions, condition), append(args, values...)
	}
	p := n.page
	for _, is := range []struct {
		column bun.Ident
		text   string
	}{
		{"card.language", p.Language},
		{"card.market_region", p.MarketRegion},
		{"c.category", p.Category},
		{"c.condition", p.Condition},
	} {
		if is.text != "" {
			and("? = ?", db.Upper(is.column), db.Upper(is.text))
		}
	}
	if p.StoreID != nil {
		and("c.store_id = ?", *p.StoreID)
	}
	if p.MinPrice != nil {
		and("c.price >= ?", *p.MinPrice)
	}
	if p.MaxPrice != nil {
		and("c.price <= ?", *p.MaxPrice)
	}
	if p.InStock != nil {
		and("(c.quantity > 0) = ?", *p.InStock)
	}
	for _, word := range p.Words {
		and("? LIKE ? ESCAPE ?", bun.Safe(searchText), db.Upper("%"+escapeLike(word)+"%"), likeEscape)
	}
	return bun.SafeQuery(strings.Join(conditions, " AND "), args...)
}

// escapeLike makes the characters that mean something in a LIKE pattern mean themselves.
func escapeLike(text string) string {
	return strings.NewReplacer(likeEscape, likeEscape+likeEscape, "%", likeEscape+"%", "_", likeEscape+"_").
		Replace(text)
}
