package sales

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// Verify proves of all receipts of a vendor, or of all where that is 0, that their numbers have no gap, that sums are those
// of lines and tenders, that each line has its movement (but for what was taken back of a deleted item, which has none) and
// names no more pieces than units, and that no more came back than was sold. It looks at one moment of the database, and
// returns what does not add up, at most 1000 flaws of a sort, and how many receipts there are.
func (s *Service) Verify(ctx context.Context, vendorID int64) (flaws []Flaw, receipts int64, err error) {
	err = db.Snapshot(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		for _, proof := range proofs {
			found, err := selectFlaws(ctx, tx, proof.query, vendorID)
			if err != nil {
				return err
			}
			for _, f := range found {
				f.What = proof.what
				flaws = append(flaws, f)
			}
		}
		receipts, err = countSales(ctx, tx, vendorID)
		return err
	})
	return flaws, receipts, err
}
