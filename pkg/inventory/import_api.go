package inventory

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

const aboutImport = `Items are made, or changed, by their SKU. The columns are recognised by their headers; the answer says how. ` +
	`A quantity is set, not added: to send a table again changes nothing. Rows that cannot be taken are listed, and the others are taken. ` +
	`Only a table that cannot be read at all, or wrong parameters, are a 400.`

func (s *Service) importOperations() []web.Operation {
	return []web.Operation{
		{
			Method: http.MethodPost, Path: listPath + "import/", ID: "collectibles_import_create", Tag: "collectibles",
			Summary: "Import a table of collectibles", Description: aboutImport, Access: web.LoggedIn, Accepts: web.MultipartBody, LargeBody: true,
			Fails: []int{http.StatusForbidden}, Endpoint: web.JSON(s.postImport),
		},
	}
}

type importRequest struct {
	File        core.LargeUpload              `json:"file" field:"required" help:"CSV (UTF-8, UTF-16 with a mark, Windows-1252) or XLSX."`
	DryRun      core.Optional[bool]           `json:"dry_run" help:"Say what would be done, and do nothing."`
	Atomic      core.Optional[bool]           `json:"atomic" help:"Take all rows or none."`
	Store       core.Optional[int64]          `json:"store" field:"pk" help:"Where new items go whose row names no store; not needed where there is one store."`
	FromRow     core.Optional[int64]          `json:"from_row" field:"least=1" help:"Leave out the rows in front of this one. The header is row 1."`
	Columns     core.Optional[core.JSON]      `json:"columns" help:"An object: header to column of stock, or to an empty text to leave it out. What is not named is guessed."`
	Mapping     core.Optional[string]         `json:"mapping" field:"max=100" help:"Name of a saved mapping of headers to columns."`
	SaveMapping core.Optional[string]         `json:"save_mapping" field:"max=100" help:"Save the mapping that is used under this name."`
	Encoding    core.Optional[sheet.Encoding] `json:"encoding" help:"Of CSV; recognised if absent."`
	Delimiter   core.Optional[delimiter]      `json:"delimiter" help:"Of CSV; recognised if absent."`
	Sheet       core.Optional[string]         `json:"sheet" field:"max=100" help:"Of XLSX; the first one if absent."`
}

// A delimiter separates the cells of CSV.
type delimiter string

// delimiters are those that have names.
var delimiters = map[delimiter]rune{"comma": ',', "semicolon": ';', "tab": '\t', "pipe": '|'}

// Choices lists the delimiters.
func (delimiter) Choices() []core.Choice {
	return []core.Choice{{Value: "comma", Label: ","}, {Value: "semicolon", Label: ";"}, {Value: "tab", Label: "tabulator"}, {Value: "pipe", Label: "|"}}
}

// nameOf is the name of a delimiter, "" for none.
func nameOf(r rune) string {
	for name, named := range delimiters {
		if named == r {
			return string(name)
		}
	}
	return ""
}

func (s *Service) postImport(ctx context.Context, in importRequest) (importReportResponse, error) {
	o := ImportOptions{
		Mapping: in.Mapping.Value, SaveMapping: in.SaveMapping.Value, StoreID: in.Store.Ptr(), FromRow: int(in.FromRow.Value),
		DryRun: in.DryRun.Value, Atomic: in.Atomic.Value,
		Sheet: sheet.Options{Encoding: in.Encoding.Value, Delimiter: delimiters[in.Delimiter.Value], Sheet: in.Sheet.Value},
	}
	if in.Columns.HasValue() {
		if err := json.Unmarshal(in.Columns.Value, &o.Columns); err != nil {
			return importReportResponse{}, core.InvalidField("columns", "Expected an object whose values are texts.")
		}
	}
	r := newImportRecord(&o)
	report, err := s.Import(ctx, TableFile{in.File.Content, in.File.Size}, o)
	if err != nil {
		return importReportResponse{}, err
	}
	return r.finish(report)
}
