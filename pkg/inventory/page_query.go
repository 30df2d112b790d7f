package inventory

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

// paging holds the statements of pages of the whole list, and of the images of a page.
type paging struct {
	db     *bun.DB
	plain  map[plainPage]*db.Statement // ?1 vendor, ?2 limit; to go on, ?3 place and ?4 id of the last item
	images *db.Statement               // ?1 ids of items, a JSON array
}

// A plainPage is a page of the whole list, but for its place in it.
type plainPage struct {
	sort       Sort
	descending bool
	goesOn     bool
}

func newPaging(bunDB *bun.DB) paging {
	images := bunDB.NewSelect().Model((*Image)(nil)).Where("im.item_id IN (?)", bun.Safe(idsOf(bunDB))).
		Order("im.item_id", "im.sort_order", "im.id")
	p := paging{db: bunDB, plain: map[plainPage]*db.Statement{}, images: db.NewStatement(bunDB, images.String())}
	for _, choice := range ByName.Choices() {
		for _, descending := range []bool{false, true} {
			for _, goesOn := range []bool{false, true} {
				page := plainPage{Sort(choice.Value), descending, goesOn}
				p.plain[page] = db.NewStatement(bunDB, page.query(bunDB).String()+" LIMIT ?2")
			}
		}
	}
	return p
}

// idsOf is a query for the numbers in the JSON array ?1.
func idsOf(bunDB *bun.DB) string {
	if db.IsPostgres(bunDB) {
		return "SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(?1 AS json))"
	}
	return "SELECT value FROM json_each(?1)"
}

func (p plainPage) query(bunDB *bun.DB) *bun.SelectQuery {
	order := newOrder(p.sort, p.descending)
	q := bunDB.NewSelect().Model((*Collectible)(nil)).Relation("Card").Where("c.vendor_id = ?", bun.Safe("?1"))
	if p.goesOn {
		q = order.after(q, bun.Safe("?3"), bun.Safe("?4"))
	}
	return order.by(q, order.column)
}

// An order is that of a list, and where its pages start. The same index leads through it in both directions.
type order struct {
	column    bun.Ident
	direction bun.Safe
	beyond    bun.Safe // compares what comes later with what comes earlier
}

func newOrder(sort Sort, descending bool) order {
	o := order{column: bun.Ident("c." + sort.orDefault()), direction: "ASC", beyond: ">"}
	if descending {
		o.direction, o.beyond = "DESC", "<"
	}
	return o
}

// by orders a query by a column, and by its id where that is equal.
func (o order) by(q *bun.SelectQuery, column bun.Ident) *bun.SelectQuery {
	id := bun.Ident("id")
	if column == o.column {
		id = "c.id"
	}
	return q.OrderExpr("? ?, ? ?", column, o.direction, id, o.direction)
}

// after narrows a query to the items that come after a place and an id.
func (o order) after(q *bun.SelectQuery, place, id any) *bun.SelectQuery {
	return q.Where("(?, c.id) ? (?, ?)", o.column, o.beyond, place, id)
}

// selectPage returns the items of a page with card details and images, and one item more if the list goes on.
func (p paging) selectPage(ctx context.Context, vendorID int64, page Page, after *position) (items []*Collectible, err error) {
	switch {
	case !page.isPlain():
		items, err = p.selectNarrowed(ctx, vendorID, page, after)
	case page.Offset > 0:
		items, err = p.selectByOffset(ctx, vendorID, page)
	default:
		items, err = p.selectPlain(ctx, vendorID, page, after)
	}
	if err != nil || len(items) == 0 {
		return items, err
	}
	return items, p.selectImages(ctx, items)
}

func (p paging) selectPlain(ctx context.Context, vendorID int64, page Page, after *position) (items []*Collectible, err error) {
	args := []any{vendorID, page.Limit + 1}
	if after != nil {
		args = append(args, p.argument(after.place), after.id)
	}
	statement := p.plain[plainPage{page.Sort.orDefault(), page.Descending, after != nil}]
	return items, statement.Scan(ctx, &items, args...)
}

// selectByOffset leaves items out by counting entries of the index, without a look at the items.
func (p paging) selectByOffset(ctx context.Context, vendorID int64, page Page) (items []*Collectible, err error) {
	order := newOrder(page.Sort, page.Descending)
	ids := p.db.NewSelect().TableExpr("collectibles_collectible AS c").ColumnExpr("c.id").Where("c.vendor_id = ?", vendorID).
		Limit(page.Limit + 1).Offset(page.Offset)
	q := p.db.NewSelect().Model(&items).Relation("Card").Where("c.id IN (?)", order.by(ids, order.column))
	return items, order.by(q, order.column).Scan(ctx)
}

// argument is a place as the driver binds it to a statement, in the form that the column keeps.
func (p paging) argument(place any) any {
	onPostgres := db.IsPostgres(p.db)
	switch v := place.(type) {
	case core.Money:
		if onPostgres {
			return v.String()
		}
		return int64(v)
	case time.Time:
		if !onPostgres {
			return v.UTC().Format("2006-01-02 15:04:05.999999-07:00")
		}
	}
	return place
}

func (p paging) selectImages(ctx context.Context, items []*Collectible) error {
	ids, byID := make([]int64, len(items)), make(map[int64]*Collectible, len(items))
	for i, c := range items {
		ids[i], byID[c.ID] = c.ID, c
	}
	array, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	var images []*Image
	if err := p.images.Scan(ctx, &images, string(array)); err != nil {
		return err
	}
	for _, image := range images {
		byID[image.ItemID].Images = append(byID[image.ItemID].Images, image)
	}
	return nil
}
