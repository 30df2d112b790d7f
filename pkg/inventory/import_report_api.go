package inventory

import "bytes"

// importReportResponse is also what the command prints as JSON.
type importReportResponse struct {
	DryRun      bool                    `json:"dry_run"`
	Format      string                  `json:"format"`
	Encoding    string                  `json:"encoding" help:"Of CSV."`
	Delimiter   string                  `json:"delimiter" help:"Of CSV."`
	Sheet       string                  `json:"sheet" help:"Of XLSX."`
	Columns     []importColumnResponse  `json:"columns" help:"What became of the columns of the table."`
	Store       string                  `json:"store" help:"Slug of the store of new items whose row names none."`
	Created     int64                   `json:"created"`
	Changed     int64                   `json:"changed"`
	Unchanged   int64                   `json:"unchanged"`
	Failed      int64                   `json:"failed"`
	LastRow     int64                   `json:"last_row" help:"All rows up to this one are done."`
	Interrupted bool                    `json:"interrupted" help:"The import ended before the table did."`
	Rows        []importRowResponse     `json:"rows" help:"Of a dry run: the first 100 rows that would make or change an item."`
	Errors      []importProblemResponse `json:"errors" help:"The first 100."`
	ErrorsCSV   *string                 `json:"errors_csv" help:"The rows that were not taken, as a table to mend and import; null if there are none, or if it is longer than a megabyte."`
}

type importColumnResponse struct {
	Header string `json:"header"`
	Column string `json:"column" help:"Of stock; empty if it is left out."`
	Why    string `json:"why" help:"It is left out."`
}

type importRowResponse struct {
	Row     int64                 `json:"row" help:"As a spreadsheet counts: the header is row 1."`
	SKU     string                `json:"sku"`
	Action  string                `json:"action" help:"create or change."`
	Changes []valueChangeResponse `json:"changes"`
}

type valueChangeResponse struct {
	Column string `json:"column"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type importProblemResponse struct {
	Row    int64  `json:"row"`
	Column string `json:"column" help:"Its header; empty if the row as a whole is wrong."`
	Reason string `json:"reason"`
}

// An importRecord keeps what happens in an import for its report, as far as a report goes.
type importRecord struct {
	res     importReportResponse
	headers []string
	errors  *ErrorFile // nil before the first bad row
	text    bytes.Buffer
}

// Limits of what a report holds.
const (
	maxReported   = 100
	maxErrorsText = 1 << 20 // bytes
)

// newImportRecord has the record called by an import.
func newImportRecord(o *ImportOptions) *importRecord {
	r := &importRecord{res: importReportResponse{
		DryRun: o.DryRun, Columns: []importColumnResponse{}, Rows: []importRowResponse{}, Errors: []importProblemResponse{},
	}}
	o.OnPlan = r.plan
	o.OnBad = r.bad
	if o.DryRun {
		o.OnRow = r.row
	}
	return r
}

func (r *importRecord) plan(p ImportPlan) error {
	r.res.Format, r.res.Encoding, r.res.Sheet, r.res.Store = string(p.About.Format), string(p.About.Encoding), p.About.Sheet, p.Store
	r.res.Delimiter = nameOf(p.About.Delimiter)
	for _, use := range p.Uses {
		r.headers = append(r.headers, use.Header)
		r.res.Columns = append(r.res.Columns, importColumnResponse(use))
	}
	return nil
}

func (r *importRecord) row(row RowResult) error {
	if row.Action == ActionNone || len(r.res.Rows) == maxReported {
		return nil
	}
	res := importRowResponse{Row: int64(row.Row), SKU: row.SKU, Action: string(row.Action), Changes: []valueChangeResponse{}}
	for _, change := range row.Changes {
		res.Changes = append(res.Changes, valueChangeResponse(change))
	}
	r.res.Rows = append(r.res.Rows, res)
	return nil
}

func (r *importRecord) bad(bad *BadRow) (err error) {
	for _, problem := range bad.Problems {
		if len(r.res.Errors) < maxReported {
			r.res.Errors = append(r.res.Errors, importProblemResponse{int64(bad.Row), problem.Column, problem.Reason})
		}
	}
	if r.errors == nil {
		if r.errors, err = NewErrorFile(&r.text, r.headers); err != nil {
			return err
		}
	}
	if r.text.Len() > maxErrorsText {
		return nil
	}
	return r.errors.Write(bad, r.headers)
}

func (r *importRecord) finish(report *ImportReport) (importReportResponse, error) {
	r.res.Created, r.res.Changed, r.res.Unchanged, r.res.Failed = report.Created, report.Changed, report.Unchanged, report.Failed
	r.res.LastRow, r.res.Interrupted = int64(report.LastRow), report.Interrupted
	if r.errors == nil {
		return r.res, nil
	}
	err := r.errors.Close()
	if text := r.text.String(); len(text) <= maxErrorsText {
		r.res.ErrorsCSV = &text
	}
	return r.res, err
}
