package inventory

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/sheet"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// ExportOptions say what an export holds.
type ExportOptions struct {
	Format  sheet.Format // CSV if empty
	Columns []string     // all if empty
	Store   string       // slug or name of the only store whose items are wanted; "" for all
	StoreID *int64       // the same as an id

	without string // column that is not to be had

	OnPage func(rows int) error // is called after some rows, if it is not nil. An error ends the export
}

// An Export is one that can begin.
type Export struct {
	service  *Service
	vendorID int64
	stores   storeNames
	storeID  *int64
	columns  []*tableColumn
	o        ExportOptions
}

// NewExport prepares an export of the stock of the vendor for which the actor works: all that List shows. Invalid where a
// column or the store is not there.
func (s *Service) NewExport(ctx context.Context, o ExportOptions) (*Export, error) {
	works, err := s.vendors.List(ctx)
	if err != nil {
		return nil, err
	}
	if len(works) == 0 {
		works = []*vendors.Vendor{{}} // whose stock is empty
	}
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	for _, st := range works[0].Stores {
		if !a.ShowsCost(st.ID) {
			o.without = columnCost
		}
	}
	return s.newExport(works[0], o)
}

// NewExportFor is NewExport for the operator: the vendor is named by its slug, or is the only one.
func (s *Service) NewExportFor(ctx context.Context, vendor string, o ExportOptions) (*Export, error) {
	v, err := s.vendors.Find(ctx, vendor)
	if err != nil {
		return nil, err
	}
	return s.newExport(v, o)
}

func (s *Service) newExport(v *vendors.Vendor, o ExportOptions) (*Export, error) {
	e := &Export{service: s, vendorID: v.ID, stores: newStoreNames(v.Stores), storeID: o.StoreID, o: o}
	if o.Store != "" {
		id, ok := e.stores.find(o.Store)
		if !ok {
			return nil, core.InvalidField(columnStore, fmt.Sprintf("The vendor %s has no store %q.", v.Slug, o.Store))
		}
		e.storeID = &id
	}
	if len(o.Columns) == 0 {
		o.Columns = slices.DeleteFunc(columnNames(), func(name string) bool { return name == o.without })
	}
	for _, name := range o.Columns {
		column := findColumn(strings.TrimSpace(name))
		if column == nil {
			return nil, core.InvalidField("columns", fmt.Sprintf("There is no column %q; there are %s.", name, strings.Join(columnNames(), ", ")))
		}
		if column.name == o.without {
			return nil, errCostHidden
		}
		e.columns = append(e.columns, column)
	}
	return e, nil
}

// Write writes the table, by the items' ids, and returns how many rows it has. It reads page by page, so that memory does
// not grow with the stock; what others change meanwhile may be in it or not.
func (e *Export) Write(ctx context.Context, w io.Writer) (rows int64, err error) {
	columns := make([]sheet.Column, len(e.columns))
	for i, column := range e.columns {
		columns[i] = sheet.Column{Name: column.name, Number: column.isNumber}
	}
	table, err := sheet.NewWriter(w, e.o.Format, columns)
	if err != nil {
		return 0, err
	}
	cells := make([]string, len(columns))
	for after := int64(0); ; {
		items, err := selectExport(ctx, e.service.db, e.vendorID, e.storeID, after)
		if err != nil {
			return rows, err
		}
		for _, c := range items {
			for i, column := range e.columns {
				cells[i] = e.stores.textOf(column, c)
			}
			if err := table.Write(cells); err != nil {
				return rows, err
			}
			rows, after = rows+1, c.ID
		}
		if e.o.OnPage != nil {
			if err := e.o.OnPage(len(items)); err != nil {
				return rows, err
			}
		}
		if len(items) < exportPage {
			return rows, table.Close()
		}
	}
}
