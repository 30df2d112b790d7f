package inventory

import (
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A LedgerEntry is one change of a collectible's quantity, or its way from one store to another.
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

// The reasons of ledger entries, as Django names them.
const (
	reasonIntake     = "intake"
	reasonAdjustment = "adjustment"
	reasonTransfer   = "transfer"
)

// newLedgerEntries says how a collectible got from before, which has the id 0 if there was none, to after: a transfer
// of what was there, then a change of the quantity.
func newLedgerEntries(before, after *Collectible, actorID int64, now time.Time) (entries []*LedgerEntry) {
	if before.ID != 0 && before.StoreID != after.StoreID && before.Quantity > 0 {
		entries = append(entries, newLedgerEntry(after.ID, before.Quantity, reasonTransfer, actorID, now))
		entries[0].FromStoreID, entries[0].ToStoreID = &before.StoreID, &after.StoreID
	}
	delta := after.Quantity - before.Quantity
	if delta == 0 {
		return entries
	}
	reason := reasonAdjustment
	if before.ID == 0 {
		reason = reasonIntake
	}
	entry := newLedgerEntry(after.ID, delta, reason, actorID, now)
	if delta > 0 {
		entry.ToStoreID = &after.StoreID
	} else {
		entry.FromStoreID = &after.StoreID
	}
	return append(entries, entry)
}

func newLedgerEntry(itemID int64, delta int32, reason string, actorID int64, now time.Time) *LedgerEntry {
	return &LedgerEntry{CollectibleID: itemID, Delta: delta, Reason: &reason, PerformedByID: orNil(actorID), CreatedAt: now}
}

// orNil is nil for nobody, whose id is 0: the operator of the command line.
func orNil(userID int64) *int64 {
	if userID == 0 {
		return nil
	}
	return &userID
}
