package inventory

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

func (s *Service) exportOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodGet, Path: listPath + "export/", ID: "collectibles_export_retrieve", Tag: "collectibles",
			Summary:     "Export the stock of the vendor you work for",
			Description: "By id, with card details and without images. What is exported can be imported, which changes nothing.",
			Access:      web.LoggedIn, Fails: []int{http.StatusForbidden}, Plain: true, Endpoint: web.Download([]string{mediaCSV, mediaXLSX}, s.getExport),
		},
	}
}

const (
	mediaCSV  = "text/csv"
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

type exportRequest struct {
	Format  core.Optional[sheet.Format] `query:"format" help:"csv by default."`
	Columns core.Optional[string]       `query:"columns" help:"Names of columns, separated by commas; all by default."`
	Store   core.Optional[int64]        `query:"store" field:"pk" help:"Only what lies in this store."`
}

func (s *Service) getExport(ctx context.Context, in exportRequest) (web.Stream, error) {
	o := ExportOptions{Format: in.Format.Or(sheet.CSV), StoreID: in.Store.Ptr()}
	if in.Columns.HasValue() {
		o.Columns = strings.Split(in.Columns.Value, ",")
	}
	export, err := s.NewExport(ctx, o)
	if err != nil {
		return web.Stream{}, err
	}
	media := map[sheet.Format]string{sheet.CSV: mediaCSV + "; charset=utf-8", sheet.XLSX: mediaXLSX}[o.Format]
	return web.Stream{Type: media, Name: "collectibles." + string(o.Format), Write: func(ctx context.Context, w io.Writer) error {
		_, err := export.Write(ctx, w)
		return err
	}}, nil
}
