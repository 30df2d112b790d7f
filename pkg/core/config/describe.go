package config

import (
	"cmp"
	"fmt"
	"os"
	"reflect"
	"strings"
)

// Described is one setting as people may see it.
type Described struct {
	Name   string // of the variable
	Value  string // asterisks for a secret, nothing if it is not set
	Source Source
	Place  string // the file of the source, or the variable where that is the setting's other name; else empty
	Help   string
}

// Describe returns the settings in the order in which they are documented. The secret key has the key file for its
// source where that is used, and a value if the file is there.
func (s *Settings) Describe() []Described {
	var all []Described
	v := reflect.ValueOf(s).Elem()
	for _, f := range fields() {
		d := Described{Name: f.name, Value: show(v.Field(f.index)), Source: Default, Help: f.help}
		if o, found := s.origins[f.name]; found {
			d.Source, d.Place = o.source, s.place(f, o)
		} else if f.name == secretKeyName && s.mayUseKeyFile() {
			d.Source, d.Place = KeyFile, s.SecretKeyPath()
			if _, err := os.Stat(d.Place); err == nil {
				d.Value = mask
			}
		}
		all = append(all, d)
	}
	return all
}

// place says more of where a value was found than its source does.
func (s *Settings) place(f field, o origin) string {
	switch {
	case o.source == EnvFile:
		return cmp.Or(s.EnvFile, ".env")
	case o.source == KeyFile:
		return s.SecretKeyPath()
	case o.name != f.name:
		return o.name
	}
	return ""
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
