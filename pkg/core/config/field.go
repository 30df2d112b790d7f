package config

import "reflect"

// Source says where a value came from.
type Source string

// The sources of a value.
const (
	Default     Source = "default"
	Environment Source = "environment"
	EnvFile     Source = ".env"
	KeyFile     Source = "file" // the secret key file
)

// An origin is where one value was found, and under which of the setting's names.
type origin struct {
	source Source
	name   string
}

// A field is what the tags of one field of Settings say.
type field struct {
	index                                     int
	goName, name, alias, help, def, otherwise string
}

// fields returns the settings in the order of the struct.
func fields() []field {
	var all []field
	t := reflect.TypeFor[Settings]()
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		all = append(all, field{
			index: i, goName: f.Name, name: f.Tag.Get("env"), alias: f.Tag.Get("alias"),
			help: f.Tag.Get("help"), def: f.Tag.Get("envDefault"), otherwise: f.Tag.Get("otherwise"),
		})
	}
	return all
}
