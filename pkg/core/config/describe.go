package config

import (
	"fmt"
	"reflect"
	"strings"
)

// Described is one setting as people may see it.
type Described struct {
	Name   string // of the variable
	Value  string // asterisks for a secret, nothing if it is not set
	Source Source
	Help   string
}

// Describe returns the settings in the order in which they are documented.
func (s *Settings) Describe() []Described {
	var all []Described
	v := reflect.ValueOf(s).Elem()
	for _, f := range fields() {
		source := Default
		if o, found := s.origins[f.name]; found {
			source = o.source
		}
		all = append(all, Described{Name: f.name, Value: show(v.Field(f.index)), Source: source, Help: f.help})
	}
	return all
}

// show writes a value as the operator would, apart from secrets.
func show(v reflect.Value) string {
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(v.Interface())
	}
	var parts []string
	for i := range v.Len() {
		parts = append(parts, fmt.Sprint(v.Index(i).Interface()))
	}
	return strings.Join(parts, ",")
}

// MarkdownTable returns the settings, their defaults and their meaning as a table for the documentation.
func MarkdownTable() string {
	var b strings.Builder
	b.WriteString("| variable | default | meaning |\n|---|---|---|\n")
	escape := strings.NewReplacer("|", `\|`).Replace
	for _, f := range fields() {
		name := "`" + f.name + "`"
		if f.alias != "" {
			name += " or `" + f.alias + "`"
		}
		def := f.otherwise
		if f.def != "" {
			def = "`" + f.def + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, escape(def), escape(f.help))
	}
	return b.String()
}
