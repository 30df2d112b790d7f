package idempotency

import "github.com/omni-stock/omnistock/pkg/core/app"

// Module is what the program takes from here.
func (s *Service) Module() app.Module {
	return app.Module{Name: "idempotency", Models: []any{(*Key)(nil)}}
}
