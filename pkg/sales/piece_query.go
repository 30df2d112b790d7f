package sales

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/serial"
)

// selectPieces returns those of the vendor's pieces that are there.
func selectPieces(ctx context.Context, tx bun.Tx, vendorID int64, ids []int64) (pieces []*serial.Unit, err error) {
	return pieces, tx.NewSelect().Model(&pieces).Where("u.id IN (?)", bun.List(ids)).Where("u.vendor_id = ?", vendorID).Scan(ctx)
}

// insertSerials notes which pieces lines moved. For none it asks the database nothing.
func insertSerials(ctx context.Context, tx bun.Tx, lines []*Line) error {
	var serials []*LineSerial
	for _, l := range lines {
		for _, ls := range l.Serials {
			ls.LineID = l.ID
			serials = append(serials, ls)
		}
	}
	if len(serials) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&serials).Exec(ctx)
	return err
}

// selectGone returns the ids of the pieces that went with lines, by the movements of those.
func selectGone(ctx context.Context, tx bun.Tx, vendorID int64, lines []*Line) (map[int64][]int64, error) {
	movementIDs := make([]int64, len(lines))
	for i, l := range lines {
		movementIDs[i] = l.MovementID
	}
	var pieces []*serial.Unit
	err := tx.NewSelect().Model(&pieces).Column("id", "went_by_id").Where("u.went_by_id IN (?)", bun.List(movementIDs)).
		Where("u.vendor_id = ?", vendorID).OrderExpr("u.id").Scan(ctx)
	gone := map[int64][]int64{}
	for _, u := range pieces {
		gone[*u.WentByID] = append(gone[*u.WentByID], u.ID)
	}
	return gone, err
}
