package vendors

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name: "vendors",
		Tags: []web.Tag{
			{Name: "vendors", Description: "The shop you work for."},
			{Name: "vendor-stores", Description: "Where your vendor sells; for those who run it."},
			{Name: "vendor-members", Description: "Who works for your vendor; for those who run it."},
			{Name: "vendor-invites", Description: "Vendors that ask you to work for them."},
			{Name: "vendor-store-access", Description: "Who may work in which store; for those who run the vendor."},
		},
		Models:     []any{(*Vendor)(nil), (*Store)(nil), (*Member)(nil), (*StoreAccess)(nil)},
		Images:     []app.ImageColumn{{Model: (*Store)(nil), Column: "logo_url"}, {Model: (*Store)(nil), Column: "banner_url"}},
		Commands:   []*cobra.Command{s.newMemberCommand(), s.newCreateDefaultStoresCommand()},
		Diagnoses:  s.diagnoses(),
		Operations: slices.Concat(s.vendorOperations(), s.storeOperations(), s.storeImageOperations(), s.memberOperations(), s.inviteOperations(), s.accessOperations(), s.capabilityOperations()),
	}
}
