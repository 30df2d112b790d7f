package costing

import (
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// A Repack makes units of some items out of units of others, in one store: a sealed box becomes packs, singles become a
// bundle. What was taken cost so much, and that is what was made costs, spread over it by weight.
type Repack struct {
	bun.BaseModel `bun:"table:omnistock_repack,alias:rp"`

	ID        int64      `bun:"id,pk,autoincrement"`
	VendorID  int64      `bun:"vendor_id"`
	StoreID   int64      `bun:"store_id"`
	Kind      RepackKind `bun:"kind"`
	Cost      core.Money `bun:"cost"` // of what was taken
	Note      string     `bun:"note"`
	UserID    *int64     `bun:"user_id"`
	ClientKey *string    `bun:"client_key"` // unique among the vendor's repacks
	CreatedAt time.Time  `bun:"created_at"`
	UndoneAt  *time.Time `bun:"undone_at"`

	Lines []*RepackLine `bun:"rel:has-many,join:id=repack_id"`

	CostHidden bool `bun:"-"` // from who asked for it
}

// A RepackLine is units of one item that were taken, or made.
type RepackLine struct {
	bun.BaseModel `bun:"table:omnistock_repack_line,alias:rpl"`

	ID       int64 `bun:"id,pk,autoincrement"`
	RepackID int64 `bun:"repack_id"`
	IsMade   bool  `bun:"is_made"`
	Share
}

// RepackKind is which way a repack goes.
type RepackKind string

// The kinds of repacks, which are those of their movements.
const (
	Break    = RepackKind(stock.Break)
	Assemble = RepackKind(stock.Assemble)
)

// Choices lists the kinds.
func (RepackKind) Choices() []core.Choice {
	return []core.Choice{{Value: string(Break), Label: "Break"}, {Value: string(Assemble), Label: "Assemble"}}
}

// A RepackRequest asks for a repack.
type RepackRequest struct {
	Kind      RepackKind
	StoreID   int64
	Taken     []stock.LineUnits // of different items
	Made      []RequestLine     // of others
	Note      string
	ClientKey *string
}

// validate reports what is wrong with a request.
func (r RepackRequest) validate() error {
	wrong := core.Fields{}
	validateLines(wrong, "made", r.Made)
	validateLines(wrong, "taken", r.takenLines())
	seen := map[int64]bool{}
	for _, l := range r.Taken {
		if seen[l.ItemID] {
			wrong.Add("taken", fmt.Sprintf("Collectible %d is named twice.", l.ItemID))
		}
		seen[l.ItemID] = true
	}
	if slices.ContainsFunc(r.Made, func(l RequestLine) bool { return seen[l.ItemID] }) {
		wrong.Add("made", "What is taken cannot be made.")
	}
	return core.InvalidFields(wrong)
}

// takenLines are those that are taken, without any weight.
func (r RepackRequest) takenLines() []RequestLine {
	lines := make([]RequestLine, len(r.Taken))
	for i, l := range r.Taken {
		lines[i] = RequestLine{ItemID: l.ItemID, Units: l.Units}
	}
	return lines
}

// isMetBy reports whether a repack is what was asked for.
func (r RepackRequest) isMetBy(rp *Repack) bool {
	return rp.Kind == r.Kind && rp.StoreID == r.StoreID && rp.Note == r.Note &&
		areMetBy(r.takenLines(), rp.Shares(false)) && areMetBy(r.Made, rp.Shares(true))
}

// Shares returns what was made, or what was taken.
func (rp *Repack) Shares(made bool) (shares []Share) {
	for _, l := range rp.Lines {
		if l.IsMade == made {
			shares = append(shares, l.Share)
		}
	}
	return shares
}

// posting is what the movements of a repack have in common.
func (rp *Repack) posting() stock.Posting {
	d := stock.Document{Kind: "repack", ID: rp.ID}
	return stock.Posting{Kind: stock.Kind(rp.Kind), Reason: rp.Note, Reference: fmt.Sprintf("%s %d", d.Kind, d.ID), Document: d}
}

// add enters what was made, or taken, into the lines.
func (rp *Repack) add(isMade bool, shares []Share) {
	for _, sh := range shares {
		rp.Lines = append(rp.Lines, &RepackLine{RepackID: rp.ID, IsMade: isMade, Share: sh})
	}
}
