package catalog

import (
	"slices"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:   "catalog",
		Tags:   []web.Tag{{Name: "reference", Description: "What the trade knows: eras, sets, products, accessories, graders, and the axes of variants."}},
		Models: []any{(*Era)(nil), (*Set)(nil), (*Product)(nil), (*Accessory)(nil), (*Grader)(nil), (*Axis)(nil), (*Value)(nil)},
		Operations: slices.Concat(
			s.eraOperations(), s.setOperations(), s.productOperations(), s.accessoryOperations(), s.graderOperations(),
			s.axisOperations(), s.valueOperations(),
		),
	}
}
