package stock

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A LedgerEntry is what Django's own ledger has of a change of a collectible's quantity, or of its way from one store to
// another. It goes with its collectible.
type LedgerEntry struct {
	bun.BaseModel `bun:"table:collectibles_stockledger,alias:sl"`

	ID            int64     `bun:"id,pk,autoincrement"`
	CollectibleID int64     `bun:"collectible_id"`
	Delta         int32     `bun:"delta"` // units; of a transfer, how many went
	Reason        *string   `bun:"reason"`
	Metadata      core.JSON `bun:"metadata"`
	PerformedByID *int64    `bun:"performed_by_id"`
	FromStoreID   *int64    `bun:"from_store_id"`
	ToStoreID     *int64    `bun:"to_store_id"`
	CreatedAt     time.Time `bun:"created_at"`
}

// The reasons of entries, as Django names them.
const (
	reasonIntake     = "intake"
	reasonAdjustment = "adjustment"
	reasonTransfer   = "transfer"
)

// entries says a transition in Django's words: a transfer of what was there, then a change of the quantity.
func (t Transition) entries(userID *int64, now time.Time) (entries []*LedgerEntry) {
	before, after := t.Before, t.After
	if after.ID == 0 {
		return nil
	}
	if before.ID != 0 && before.StoreID != after.StoreID && before.Quantity > 0 {
		entry := newEntry(after, before.Quantity, reasonTransfer, userID, now)
		entry.FromStoreID, entry.ToStoreID = &before.StoreID, &after.StoreID
		entries = append(entries, entry)
	}
	reason := reasonAdjustment
	if before.ID == 0 {
		reason = reasonIntake
	}
	if delta := after.Quantity - before.Quantity; delta != 0 {
		entries = append(entries, newEntry(after, delta, reason, userID, now))
	}
	return entries
}

// entry says a movement in Django's words.
func (m *Movement) entry() *LedgerEntry {
	reason := reasonAdjustment
	switch m.Kind {
	case Receive:
		reason = reasonIntake
	case Transfer:
		reason = reasonTransfer
	}
	return newEntry(Item{ID: m.ItemID, StoreID: m.StoreID}, int32(m.Delta), reason, m.UserID, m.CreatedAt) //nolint:gosec // it fits: so do both quantities
}

// newEntry makes an entry of units that come to an item's store, or leave it.
func newEntry(it Item, delta int32, reason string, userID *int64, now time.Time) *LedgerEntry {
	entry := &LedgerEntry{CollectibleID: it.ID, Delta: delta, Reason: &reason, PerformedByID: userID, CreatedAt: now}
	if delta > 0 {
		entry.ToStoreID = &it.StoreID
	} else {
		entry.FromStoreID = &it.StoreID
	}
	return entry
}
