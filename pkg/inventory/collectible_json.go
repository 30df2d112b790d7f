package inventory

import (
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// AppendJSON appends what encoding/json would write, without its reflection: lists of stock are the hottest answers.
func (r collectibleResponse) AppendJSON(b []byte) []byte {
	b = web.AppendInt(append(b, `{"id":`...), r.ID)
	b = web.AppendNullInt(append(b, `,"user":`...), r.User)
	b = web.AppendNullInt(append(b, `,"vendor":`...), r.Vendor)
	b = web.AppendInt(append(b, `,"store":`...), r.Store)
	b = web.AppendString(append(b, `,"name":`...), r.Name)
	b = web.AppendString(append(b, `,"sku":`...), r.SKU)
	b = web.AppendNullString(append(b, `,"description":`...), r.Description)
	b = web.AppendNullString(append(b, `,"condition":`...), r.Condition)
	b = web.AppendNullString(append(b, `,"category":`...), r.Category)
	b = web.AppendNullString(append(b, `,"image_url":`...), r.ImageURL)
	b = web.AppendInt(append(b, `,"quantity":`...), int64(r.Quantity))
	b = web.AppendText(append(b, `,"intake_price":`...), r.IntakePrice)
	b = web.AppendText(append(b, `,"price":`...), r.Price)
	b = web.AppendText(append(b, `,"projected_price":`...), r.ProjectedPrice)
	b = append(b, `,"card_details":`...)
	if r.CardDetails == nil {
		b = append(b, `null`...)
	} else {
		b = r.CardDetails.AppendJSON(b)
	}
	b = web.List[imageResponse](r.Images).AppendJSON(append(b, `,"images":`...))
	b = web.AppendText(append(b, `,"created_at":`...), r.CreatedAt)
	b = web.AppendText(append(b, `,"updated_at":`...), r.UpdatedAt)
	return append(b, '}')
}

// AppendJSON appends what encoding/json would write.
func (r *cardDetailsResponse) AppendJSON(b []byte) []byte {
	b = web.AppendNullText(append(b, `{"psa_grade":`...), r.PSAGrade)
	b = web.AppendNullString(append(b, `,"condition":`...), r.Condition)
	b = web.AppendNullString(append(b, `,"external_ids":`...), r.ExternalIDs)
	b = web.AppendNullText(append(b, `,"last_estimated_at":`...), r.LastEstimatedAt)
	b = web.AppendNullString(append(b, `,"language":`...), r.Language)
	b = web.AppendNullText(append(b, `,"release_date":`...), r.ReleaseDate)
	b = web.AppendNullString(append(b, `,"print_run":`...), r.PrintRun)
	b = web.AppendNullString(append(b, `,"market_region":`...), r.MarketRegion)
	b = web.AppendNullString(append(b, `,"notes":`...), r.Notes)
	return append(b, '}')
}

// AppendJSON appends what encoding/json would write.
func (r imageResponse) AppendJSON(b []byte) []byte {
	b = web.AppendInt(append(b, `{"id":`...), r.ID)
	b = web.AppendString(append(b, `,"url":`...), r.URL)
	b = web.AppendString(append(b, `,"media_type":`...), string(r.MediaType))
	b = web.AppendInt(append(b, `,"sort_order":`...), int64(r.SortOrder))
	b = web.AppendBool(append(b, `,"is_primary":`...), r.IsPrimary)
	b = web.AppendNullInt(append(b, `,"width":`...), r.Width)
	b = web.AppendNullInt(append(b, `,"height":`...), r.Height)
	b = web.AppendNullInt(append(b, `,"size_kb":`...), r.SizeKB)
	b = web.AppendJSONText(append(b, `,"metadata":`...), r.Metadata)
	b = web.AppendText(append(b, `,"created_at":`...), r.CreatedAt)
	b = web.AppendText(append(b, `,"updated_at":`...), r.UpdatedAt)
	return append(b, '}')
}
