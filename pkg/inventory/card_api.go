package inventory

import (
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

type cardDetailsRequest struct {
	PSAGrade        core.Optional[core.Grade] `json:"psa_grade" field:"null" help:"PSA's grade, in halves."`
	Condition       core.Optional[string]     `json:"condition" field:"null,blank,max=50"`
	ExternalIDs     core.Optional[string]     `json:"external_ids" field:"null,blank" help:"Ids in other catalogues, as JSON text."`
	LastEstimatedAt core.Optional[time.Time]  `json:"last_estimated_at" field:"null"`
	Language        core.Optional[string]     `json:"language" field:"null,blank,max=50"`
	ReleaseDate     core.Optional[core.Date]  `json:"release_date" field:"null"`
	PrintRun        core.Optional[string]     `json:"print_run" field:"null,blank,max=100"`
	MarketRegion    core.Optional[string]     `json:"market_region" field:"null,blank,max=100"`
	Notes           core.Optional[string]     `json:"notes" field:"null,blank"`
}

type cardDetailsResponse struct {
	PSAGrade        *core.Grade     `json:"psa_grade"`
	Condition       *string         `json:"condition"`
	ExternalIDs     *string         `json:"external_ids"`
	LastEstimatedAt *core.Timestamp `json:"last_estimated_at"`
	Language        *string         `json:"language"`
	ReleaseDate     *core.Date      `json:"release_date"`
	PrintRun        *string         `json:"print_run"`
	MarketRegion    *string         `json:"market_region"`
	Notes           *string         `json:"notes"`
}

func newCardDetailsResponse(d *CardDetails) *cardDetailsResponse {
	return &cardDetailsResponse{
		PSAGrade: d.PSAGrade, Condition: d.Condition, ExternalIDs: d.ExternalIDs,
		LastEstimatedAt: core.NewTimestamp(d.LastEstimatedAt), Language: d.Language, ReleaseDate: d.ReleaseDate,
		PrintRun: d.PrintRun, MarketRegion: d.MarketRegion, Notes: d.Notes,
	}
}
