package inventory

import (
	"context"
	"database/sql"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// Filter narrows a list of collectibles; an empty field does not.
type Filter struct {
	Language     string // of the card details, whatever the case
	MarketRegion string // of the card details, whatever the case
}

// listing holds the statements of the hottest answer.
type listing struct {
	items  *db.Statement // ?1 vendor, ?2 language, ?3 market region
	images *db.Statement // the same
	pages  paging
}

func newListing(bunDB *bun.DB) listing {
	items := ofVendor(bunDB.NewSelect().Model((*Collectible)(nil)).Relation("Card")).Order("c.name", "c.id")
	images := ofVendor(bunDB.NewSelect().Model((*Image)(nil)).
		Join("JOIN collectibles_collectible AS c ON c.id = im.item_id").
		Join("LEFT JOIN collectibles_carddetails AS card ON card.collectible_id = c.id")).
		Order("im.item_id", "im.sort_order", "im.id")
	return listing{
		items: db.NewStatement(bunDB, items.String()), images: db.NewStatement(bunDB, images.String()), pages: newPaging(bunDB),
	}
}

// ofVendor narrows a query on c and card to a vendor's items, and to those with a language and a market region where
// these are not empty.
func ofVendor(q *bun.SelectQuery) *bun.SelectQuery {
	language, region := bun.Safe("?2"), bun.Safe("?3")
	return q.Where("c.vendor_id = ?", bun.Safe("?1")).
		Where("? = '' OR ? = ?", language, db.Upper(bun.Ident("card.language")), db.Upper(language)).
		Where("? = '' OR ? = ?", region, db.Upper(bun.Ident("card.market_region")), db.Upper(region))
}

// selectCollectibles returns a vendor's collectibles by name, with card details and images.
func (l listing) selectCollectibles(ctx context.Context, vendorID int64, f Filter) (items []*Collectible, err error) {
	if err := l.items.Scan(ctx, &items, vendorID, f.Language, f.MarketRegion); err != nil {
		return nil, err
	}
	byID := make(map[int64]*Collectible, len(items))
	for _, c := range items {
		byID[c.ID] = c
	}
	var images []*Image
	if err := l.images.Scan(ctx, &images, vendorID, f.Language, f.MarketRegion); err != nil {
		return nil, err
	}
	for _, image := range images {
		if c := byID[image.ItemID]; c != nil { // else the item came between the two queries
			c.Images = append(c.Images, image)
		}
	}
	return items, nil
}

func orderImages(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("im.sort_order", "im.id") }

// selectCollectible returns one of the vendor's collectibles with card details and images, or NotFound.
func selectCollectible(ctx context.Context, idb bun.IDB, vendorID, id int64) (*Collectible, error) {
	var rows []collectibleRow
	err := idb.NewSelect().Model(&rows).Relation("Card").Relation("Image").Order("image.sort_order", "image.id").
		Where("c.id = ?", id).Where("c.vendor_id = ?", vendorID).Scan(ctx)
	if err == nil && len(rows) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return nil, collectibleError(err)
	}
	c := &rows[0].Collectible
	for _, row := range rows {
		if row.Image != nil {
			c.Images = append(c.Images, row.Image)
		}
	}
	return c, nil
}

// A collectibleRow is a collectible with one of its images: as many rows as there are images, one where there is none.
type collectibleRow struct {
	Collectible `bun:",extend"`

	Image *Image `bun:"rel:has-one,join:id=item_id"`
}

// lockCollectible is selectCollectible for a transaction that changes it: nobody else does until the end.
func lockCollectible(ctx context.Context, tx bun.Tx, vendorID, id int64) (*Collectible, error) {
	c := &Collectible{}
	err := db.ForUpdate(tx.NewSelect().Model(c), "c").Relation("Card").Relation("Images", orderImages).
		Where("c.id = ?", id).Where("c.vendor_id = ?", vendorID).Scan(ctx)
	return c, collectibleError(err)
}

// msgSKUTaken is the contract's. It does not say whose item has the SKU.
const msgSKUTaken = "Collectible Item with this sku already exists."

// collectibleError gives absence the contract's words, and a taken SKU its field.
func collectibleError(err error) error {
	err = db.Error(err, "Collectible")
	if core.KindOf(err) == core.NotFound {
		return core.Errorf(core.NotFound, "Collectible matching query does not exist.")
	}
	if db.IsUniqueViolation(err, "collectibles_collectible", "sku") {
		return &core.Error{Kind: core.Invalid, Msg: "invalid input", Fields: core.Fields{"sku": []string{msgSKUTaken}}, Err: err}
	}
	return err
}

func insertCollectible(ctx context.Context, tx bun.Tx, c *Collectible) error {
	_, err := tx.NewInsert().Model(c).Exec(ctx)
	return collectibleError(err)
}

func updateCollectible(ctx context.Context, tx bun.Tx, c *Collectible, columns ...string) error {
	_, err := tx.NewUpdate().Model(c).Column(columns...).WherePK().Exec(ctx)
	return collectibleError(err)
}

func insertCard(ctx context.Context, tx bun.Tx, d *CardDetails) error {
	_, err := tx.NewInsert().Model(d).Exec(ctx)
	return err
}

func updateCard(ctx context.Context, tx bun.Tx, d *CardDetails, columns ...string) error {
	_, err := tx.NewUpdate().Model(d).Column(columns...).WherePK().Exec(ctx)
	return err
}

// replaceImages deletes an item's images and inserts others.
func replaceImages(ctx context.Context, tx bun.Tx, itemID int64, images []*Image) error {
	if _, err := tx.NewDelete().Model((*Image)(nil)).Where("item_id = ?", itemID).Exec(ctx); err != nil {
		return err
	}
	if len(images) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&images).Exec(ctx)
	return err
}

// deleteCollectibles deletes the items that a condition names, with all that hangs on them, and returns what they were.
func deleteCollectibles(ctx context.Context, tx bun.Tx, where string, arg any) (gone []stock.Item, err error) {
	ids := tx.NewSelect().Model((*Collectible)(nil)).Column("id").Where(where, arg)
	for _, child := range []struct {
		model  any
		column bun.Ident
	}{
		{(*CardDetails)(nil), "collectible_id"}, {(*Image)(nil), "item_id"}, {(*stock.LedgerEntry)(nil), "collectible_id"},
	} {
		if _, err := tx.NewDelete().Model(child.model).Where("? IN (?)", child.column, ids).Exec(ctx); err != nil {
			return nil, err
		}
	}
	err = tx.NewDelete().Model((*stock.Item)(nil)).Where(where, arg).Returning(stock.ItemColumns).Scan(ctx, &gone)
	return gone, err
}
