package stocktake

import (
	"context"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/vendors"
)

// Differences returns items of a stocktake, in the order of their ids: at most limit of them, and the cursor of the next
// page, "" on the last one. It fails as Get does.
func (s *Service) Differences(ctx context.Context, id int64, which Which, cursor string, limit int64) (list []*Difference, next string, err error) {
	a, t, err := s.get(ctx, id, mayLook)
	if err != nil {
		return nil, "", err
	}
	after, err := parseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	switch {
	case which != Missing:
		list, err = selectDifferences(ctx, s.db, t, which == Scanned, after, limit+1)
	case t.State == Open:
		list, err = selectMissing(ctx, s.db, t, after, limit+1)
	}
	for _, d := range list {
		d.costHidden = !a.May(t.StoreID, vendors.SeeCost)
	}
	if err != nil || int64(len(list)) <= limit {
		return list, "", err
	}
	list = list[:limit]
	return list, strconv.FormatInt(list[limit-1].ItemID, 10), nil
}

// parseCursor returns the id with which the page before ended, 0 for the first page.
func parseCursor(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || id <= 0 {
		return 0, errCursor
	}
	return id, nil
}
