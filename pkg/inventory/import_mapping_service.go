package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// givenMapping is what a saved mapping, if one is named, and the options say of the headers of a table. A saved one may
// speak of headers that this table does not have.
func (s *Service) givenMapping(ctx context.Context, vendorID int64, headers []string, o ImportOptions) (map[string]string, error) {
	given := map[string]string{}
	if o.Mapping != "" {
		saved, err := s.savedMapping(ctx, vendorID, o.Mapping)
		if err != nil {
			return nil, err
		}
		maps.Copy(given, saved)
		maps.DeleteFunc(given, func(header, _ string) bool { return !slices.Contains(headers, header) })
	}
	for _, column := range o.Columns { // what is said now counts
		maps.DeleteFunc(given, func(_, taken string) bool { return taken == column && column != "" })
	}
	maps.Copy(given, o.Columns)
	return given, nil
}

func (s *Service) savedMapping(ctx context.Context, vendorID int64, name string) (columns map[string]string, err error) {
	m, err := selectMapping(ctx, s.db, vendorID, name)
	if core.KindOf(err) == core.NotFound {
		names, err := selectMappingNames(ctx, s.db, vendorID)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			names = []string{"none"}
		}
		return nil, core.InvalidField("mapping", fmt.Sprintf("No mapping is called %q; saved are: %s.", name, strings.Join(names, ", ")))
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(m.Columns, &columns); err != nil {
		return nil, fmt.Errorf("saved mapping %q: %w", name, err)
	}
	return columns, nil
}

func (s *Service) saveMapping(ctx context.Context, vendorID int64, name string, uses []HeaderUse) error {
	columns := map[string]string{}
	for _, use := range uses {
		if !slices.Contains(markColumns, use.Header) {
			columns[use.Header] = use.Column
		}
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	now := s.now()
	return upsertMapping(ctx, s.db, &ImportMapping{VendorID: vendorID, Name: name, Columns: text, CreatedAt: now, UpdatedAt: now})
}

func checkMappingName(name string) error {
	if name != strings.TrimSpace(name) || strings.ContainsRune(name, 0) || utf8.RuneCountInString(name) > maxMappingName {
		return core.InvalidField("save_mapping", fmt.Sprintf("A name has at most %d characters, without spaces around it.", maxMappingName))
	}
	return nil
}
