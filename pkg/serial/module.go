package serial

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// Module is what the program takes from this domain.
func (s *Service) Module() app.Module {
	return app.Module{
		Name:       "serial",
		Tags:       []web.Tag{{Name: "units", Description: "Single pieces with the certificates of their graders."}},
		Models:     []any{(*Unit)(nil)},
		Diagnoses:  []check.Diagnosis{s.surplus()},
		Operations: s.unitOperations(),
	}
}

func (s *Service) surplus() check.Diagnosis {
	return check.Diagnosis{ID: "serial.W001", Topic: "data", Run: func(ctx context.Context) ([]check.Message, error) {
		cases, err := selectSurplus(ctx, s.db)
		return check.Finding(check.Message{
			Level: check.Warning, Text: "more pieces with certificates than units in stock",
			Hint: "somebody sold or moved units without naming the pieces: set the states of those that are gone",
		}, cases), err
	}}
}
