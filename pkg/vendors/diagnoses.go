package vendors

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

func (s *Service) diagnoses() []check.Diagnosis {
	return []check.Diagnosis{
		{ID: "vendors.W001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
			cases, err := selectVendorsWithoutOwner(ctx, s.db)
			return check.Finding(check.Message{
				Level: check.Warning, Text: "vendors without an owner who can log in",
				Hint: "nobody can delete such a vendor or appoint its admins: omnistock member add --vendor ID --user NAME, or omnistock user enable",
			}, cases), err
		}},
		{ID: "vendors.W002", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
			cases, err := selectStorelessVendors(ctx, s.db)
			return check.Finding(check.Message{
				Level: check.Warning, Text: "vendors without a store, to which nobody can add a collectible",
				Hint: "omnistock create_default_stores",
			}, cases), err
		}},
		{ID: "vendors.I001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
			cases, err := selectMembersWithoutProfile(ctx, s.db)
			return check.Finding(check.Message{
				Level: check.Info, Text: "active members without a profile",
				Hint: "it is made when they next look at their account",
			}, cases), err
		}},
	}
}
