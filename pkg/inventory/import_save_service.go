package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// settle finds out what becomes of a batch.
func (run *importRun) settle(ctx context.Context, idb bun.IDB, b *batch) ([]outcome, []*BadRow, error) {
	known, err := selectKnown(ctx, idb, skusOf(b.rows))
	if err != nil {
		return nil, nil, err
	}
	items, ids := map[string]*Collectible{}, []int64(nil)
	for _, one := range known {
		items[one.SKU] = nil
		if one.VendorID != nil && *one.VendorID == run.who.vendorID {
			ids = append(ids, one.ID)
		}
	}
	ours, err := selectForImport(ctx, idb, run.who.vendorID, ids)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range ours {
		items[c.SKU] = c
	}
	outcomes, bad := run.decide(b, items, run.service.now())
	return outcomes, bad, nil
}

// saveBatch writes what becomes of a batch.
func (run *importRun) saveBatch(ctx context.Context, tx db.LoadTx, b *batch) ([]outcome, []*BadRow, error) {
	if err := db.Recorded(ctx, tx.Tx); err != nil {
		return nil, nil, err
	}
	outcomes, bad, err := run.settle(ctx, tx.Tx, b)
	if err != nil {
		return nil, nil, err
	}
	var created, changed []outcome
	for _, o := range outcomes {
		switch o.action() {
		case ActionCreate:
			created = append(created, o)
		case ActionChange:
			changed = append(changed, o)
		case ActionNone:
		}
	}
	if err := run.holdStores(ctx, tx, created, changed); err != nil {
		return nil, nil, err
	}
	if err := run.saveCreated(ctx, tx, created); err != nil {
		return nil, nil, err
	}
	return outcomes, bad, run.saveChanged(ctx, tx, changed)
}

// holdStores makes the stores stay into which items go.
func (run *importRun) holdStores(ctx context.Context, tx db.LoadTx, created, changed []outcome) error {
	held := map[int64]bool{}
	for _, outcomes := range [][]outcome{created, changed} {
		for _, o := range outcomes {
			id := o.after.StoreID
			if held[id] || o.before != nil && o.before.StoreID == id {
				continue
			}
			ours, err := run.service.vendors.HasStore(ctx, tx.Tx, run.who.vendorID, id)
			if err != nil {
				return err
			}
			if !ours {
				return core.Errorf(core.Conflict, "the store %s was deleted just now", run.who.stores.slugs[id])
			}
			held[id] = true
		}
	}
	return nil
}

// saveCreated inserts new items with their card details, and enters them into the ledger.
func (run *importRun) saveCreated(ctx context.Context, tx db.LoadTx, outcomes []outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	items := make([]*Collectible, len(outcomes))
	for i := range outcomes {
		items[i] = outcomes[i].after
	}
	if err := loadCollectibles(ctx, tx, items); err != nil {
		return err
	}
	var cards []*CardDetails
	ids := make([]int64, len(items))
	for i, c := range items {
		ids[i] = c.ID
		if c.Card != nil {
			c.Card.CollectibleID = c.ID
			cards = append(cards, c.Card)
		}
	}
	if err := loadCards(ctx, tx, cards); err != nil {
		return err
	}
	return run.service.stock.EnterCreated(ctx, tx.Tx, run.who.userID, ids)
}

// saveChanged writes what changed of items and their card details, and enters it into the ledger. The items are locked.
func (run *importRun) saveChanged(ctx context.Context, tx db.LoadTx, outcomes []outcome) error {
	var items []*Collectible
	var newCards, cards []*CardDetails
	var transitions []stock.Transition
	for _, o := range outcomes {
		items = append(items, o.after)
		switch {
		case o.after.Card == nil:
		case o.before.Card == nil:
			o.after.Card.CollectibleID = o.after.ID
			newCards = append(newCards, o.after.Card)
		default:
			cards = append(cards, o.after.Card)
		}
		transitions = append(transitions, stock.Transition{Before: o.before.item(), After: o.after.item()})
	}
	if err := upsertCollectibles(ctx, tx.Tx, items, setColumns(outcomes, false)); err != nil {
		return err
	}
	if columns := setColumns(outcomes, true); len(columns) > 1 {
		if err := upsertCards(ctx, tx.Tx, cards, columns); err != nil {
			return err
		}
	}
	if err := loadCards(ctx, tx, newCards); err != nil {
		return err
	}
	if err := run.replaceImages(ctx, tx, outcomes); err != nil {
		return err
	}
	return run.service.stock.EnterLoaded(ctx, tx, run.who.userID, transitions)
}

// replaceImages has the stored images removed that changed items no longer show.
func (run *importRun) replaceImages(ctx context.Context, tx db.LoadTx, outcomes []outcome) error {
	replaced := map[int64]*outcome{}
	var ids []int64
	for i, o := range outcomes {
		if o.before.ImageURL != nil && deref(o.before.ImageURL) != deref(o.after.ImageURL) {
			replaced[o.before.ID] = &outcomes[i]
			ids = append(ids, o.before.ID)
		}
	}
	images, err := selectImagesOf(ctx, tx.Tx, ids)
	if err != nil {
		return err
	}
	for _, image := range images { // the gallery stays
		o := replaced[image.ItemID]
		o.before.Images, o.after.Images = append(o.before.Images, image), append(o.after.Images, image)
	}
	for _, o := range replaced {
		run.service.images.Replace(ctx, owner(o.before.ID), o.before.addresses(), o.after.addresses())
	}
	return nil
}
