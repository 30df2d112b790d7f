package inventory

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func (s *Service) diagnoses() []check.Diagnosis {
	return []check.Diagnosis{
		{ID: "inventory.E001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
			cases, err := selectNegativeQuantities(ctx, s.db)
			return check.Finding(check.Message{
				Level: check.Error, Text: "quantities below zero",
				Hint: "something wrote past the API: count these collectibles and set their quantities",
			}, cases), err
		}},
		{ID: "inventory.W001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
			cases, err := selectMisplaced(ctx, s.db)
			return check.Finding(check.Message{
				Level: check.Warning, Text: "collectibles in a store of another vendor",
				Hint: "omnistock backfill_collectible_stores puts them into their vendor's oldest store",
			}, cases), err
		}},
	}
}
