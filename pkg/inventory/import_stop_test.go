package inventory_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// endingFile ends a context when half of it was read the second time: the first time, the encoding is looked for.
type endingFile struct {
	io.ReaderAt
	half   int64
	passes int
	end    func()
	after  int // reads since
}

func (f *endingFile) ReadAt(p []byte, off int64) (int, error) {
	if f.passes >= 2 {
		f.after++
	}
	if off <= f.half && off+int64(len(p)) > f.half {
		if f.passes++; f.passes == 2 {
			f.end()
		}
	}
	return f.ReaderAt.ReadAt(p, off)
}

// TestImport_endsWithinBlankRows: an import ends with its context, also while there is nothing in the table to take.
func TestImport_endsWithinBlankRows(t *testing.T) {
	domainstest.Each(t, func(t *testing.T, owner *domainstest.Shop) {
		s := shop{owner}
		var vendor vendors.Vendor
		if err := s.App.DB.NewSelect().Model(&vendor).Scan(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, o := range map[string]inventory.ImportOptions{"": {}, "dry run": {DryRun: true}, "atomic": {Atomic: true}} {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			table := "sku,name\n" + strings.Repeat(",\n", 2<<20)
			file := &endingFile{ReaderAt: strings.NewReader(table), half: int64(len(table) / 2), end: cancel}
			report, err := s.Inventory.ImportFor(ctx, vendor.Slug, inventory.TableFile{ReaderAt: file, Size: int64(len(table))}, o)
			if err != nil || !report.Interrupted || file.after > 0 {
				t.Errorf("%s: %+v, %v, and %d reads more", name, report, err, file.after)
			}
		}
	})
}
