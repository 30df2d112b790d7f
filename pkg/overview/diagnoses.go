package overview

import (
	"context"
	"fmt"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func (s *Service) diagnoses() []check.Diagnosis {
	return []check.Diagnosis{{ID: "overview.E001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
		drift, err := s.Verify(ctx)
		if len(drift) == 0 {
			return nil, err
		}
		first := drift[0]
		return []check.Message{{
			Level: check.Error,
			Text:  fmt.Sprintf("the overview is wrong in %d sums, the first of vendor %d, store %d", len(drift), first.VendorID, first.StoreID),
			Hint:  "something wrote past the triggers: 'omnistock summary verify' shows all, 'omnistock summary rebuild' mends",
		}}, err
	}}}
}
