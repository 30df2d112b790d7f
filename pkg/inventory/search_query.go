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

// selectNarrowed returns a page of the items that fit filters and words. What many items fit is found soon along the
// order of the list (near), and is sorted already; what few fit is found through the index of searches, and sorted then
// (found, far). How many there are, nobody knows before, and an engine that goes by its estimates takes minutes where
// the items that fit stand together at the end of the order: so the first way is tried for a bounded number of items,
// and the second one only where that did not fill the page.
func (p paging) selectNarrowed(ctx context.Context, vendorID int64, page Page, after *position) (items []*Collectible, err error) {
	n := narrowed{
		paging: p, page: page, order: newOrder(page.Sort, page.Descending), after: after, vendorID: vendorID,
		wanted: page.Offset + page.Limit + 1,
	}
	n.inReach = min(max(leastInReach, withinReach*n.wanted), mostInReach)
	q := p.db.NewSelect().Model(&items).Relation("Card").
		WithQuery(bun.NewWithQuery("near", n.near()).Materialized()).
		WithQuery(bun.NewWithQuery("lacking", n.lacking()).Materialized()).
		WithQuery(bun.NewWithQuery("found", n.found()).Materialized()).
		WithQuery(bun.NewWithQuery("far", n.far()).Materialized()).
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

// near is the first items in reach that fit. It has no order of its own: both engines take the rows of reach as they
// come, which is in order, and leave off when there are enough. (With an ORDER BY, SQLite would look at all of them.)
func (n narrowed) near() *bun.SelectQuery {
	reach := n.join(n.items().ColumnExpr("c.id, (?) AS fits", n.fits()))
	reach = n.order.by(n.fromHere(reach), n.order.column).Limit(n.inReach)
	return n.db.NewSelect().TableExpr("(?) AS reach", reach).Column("id").Where("fits").Limit(n.wanted)
}

// lacking is one row if the items in reach did not fill the page and there are more, else none.
func (n narrowed) lacking() *bun.SelectQuery {
	beyond := n.order.by(n.fromHere(n.items().ColumnExpr("c.id")), n.order.column).Limit(1).Offset(n.inReach)
	return n.db.NewSelect().ColumnExpr("1 AS yes").
		Where("(SELECT count(*) FROM near) < ?", n.wanted).Where("(?) IS NOT NULL", beyond)
}

// found is all items that fit, if any are lacking.
func (n narrowed) found() *bun.SelectQuery {
	q := n.join(n.source().ColumnExpr("c.id, ? AS place", n.order.column))
	return n.fromHere(q).Where("?", n.fits())
}

// far is the first ones of those found.
func (n narrowed) far() *bun.SelectQuery {
	return n.order.by(n.db.NewSelect().Table("found").Column("id"), "place").Limit(n.wanted)
}

func (n narrowed) items() *bun.SelectQuery {
	return n.db.NewSelect().TableExpr("collectibles_collectible AS c")
}

// source is items among which all that are lacking are. PostgreSQL sees for itself that none is, and when the index of
// searches helps. SQLite has to be led: by the order of a CROSS JOIN, which it keeps, and by name to that index.
func (n narrowed) source() *bun.SelectQuery {
	if db.IsPostgres(n.db) {
		return n.items().Where("EXISTS (SELECT 1 FROM lacking)")
	}
	trigrams := trigramsOf(n.page.Words)
	if len(trigrams) == 0 {
		return n.db.NewSelect().TableExpr("lacking CROSS JOIN collectibles_collectible AS c")
	}
	for i, part := range trigrams {
		trigrams[i] = `"` + strings.ReplaceAll(part, `"`, `""`) + `"`
	}
	const index = bun.Ident("omnistock_collectible_search")
	return n.db.NewSelect().TableExpr("lacking CROSS JOIN ? CROSS JOIN collectibles_collectible AS c", index).
		Where("c.id = ?.rowid", index).Where("? MATCH ?", index, strings.Join(trigrams, " AND "))
}

// fromHere narrows a query to the vendor's items that come after the page before.
func (n narrowed) fromHere(q *bun.SelectQuery) *bun.SelectQuery {
	q = q.Where("c.vendor_id = ?", n.vendorID)
	if n.after == nil {
		return q
	}
	return n.order.after(q, n.after.place, n.after.id)
}

// join adds the card details if a filter is about them.
func (n narrowed) join(q *bun.SelectQuery) *bun.SelectQuery {
	if n.page.Filter == (Filter{}) {
		return q
	}
	return q.Join("LEFT JOIN collectibles_carddetails AS card ON card.collectible_id = c.id")
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

// So many segments of one size SQLite's index of searches merges into one: usually, and while many items are loaded, which
// makes a segment of each batch and would move each word three times
// (https://www.sqlite.org/fts5.html#the_automerge_configuration_option).
const (
	usualSegments  = 4
	loadedSegments = 16
)

// mergeSearchAfter says after how many segments SQLite's index of searches merges them.
func mergeSearchAfter(ctx context.Context, tx bun.Tx, segments int) error {
	if db.IsPostgres(tx) {
		return nil
	}
	const index = bun.Ident("omnistock_collectible_search")
	_, err := tx.NewRaw("INSERT INTO ?0 (?0, rank) VALUES ('automerge', ?1)", index, segments).Exec(ctx)
	return err
}
