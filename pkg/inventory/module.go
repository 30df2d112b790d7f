package inventory

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "inventory",
		Tags:       []web.Tag{{Name: "collectibles", Description: "The stock of the vendor you work for."}},
		Models:     []any{(*Collectible)(nil), (*CardDetails)(nil), (*Image)(nil), (*ImportMapping)(nil), (*Attribute)(nil), (*Reference)(nil)},
		Images:     []app.ImageColumn{{Model: (*Collectible)(nil), Column: "image_url"}, {Model: (*Image)(nil), Column: "url"}},
		Diagnoses:  s.diagnoses(),
		Commands:   []*cobra.Command{s.newBackfillStoresCommand(), newImportCommand(s), newExportCommand(s)},
		Operations: slices.Concat(s.collectibleOperations(), s.imageOperations(), s.importOperations(), s.exportOperations(), s.variantOperations()),
	}
}
