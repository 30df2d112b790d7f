package anonymization

import (
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"

	"github.com/omni-stock/omnistock/pkg/core"
)

// Uncovered lists the columns of the models that can hold text, a document or a date, and of which
// no rule says what becomes of them, such as "users_user.nickname".
func (s *Service) Uncovered() (columns []string) {
	for _, pointer := range s.models {
		t := s.db.Table(reflect.TypeOf(pointer).Elem())
		for _, f := range t.Fields {
			if mayTell(f) && !isCovered(t.Name, f.Name) {
				columns = append(columns, t.Name+"."+f.Name)
			}
		}
	}
	return columns
}

// mayTell reports whether a column's type lets it tell who somebody is.
func mayTell(f *schema.Field) bool {
	switch f.IndirectType {
	case reflect.TypeFor[core.JSON](), reflect.TypeFor[core.Date]():
		return true
	}
	return f.IndirectType.Kind() == reflect.String || f.IndirectType.Kind() == reflect.Slice
}

func isCovered(table, name string) bool {
	if slices.Contains(emptied, table) || slices.Contains(harmless[table], name) {
		return true
	}
	for _, t := range replacements(true) {
		if t.name == table && slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
			return true
		}
	}
	return false
}

// strangers are the tables of which nothing is known here: neither models nor the program's own.
func (s *Service) strangers(tables []string) []string {
	known := slices.Clone(emptied)
	for _, pointer := range s.models {
		known = append(known, s.db.Table(reflect.TypeOf(pointer).Elem()).Name)
	}
	return slices.DeleteFunc(slices.Clone(tables), func(table string) bool {
		return slices.Contains(known, table) || strings.HasPrefix(table, "omnistock_")
	})
}
