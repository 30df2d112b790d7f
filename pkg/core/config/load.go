package config

import (
	"errors"

	"github.com/caarlos0/env/v11"
)

// Load reads the settings from the environment, which getenv gives, and from the .env file; the environment wins. An
// empty variable counts as one that is not set. The file is the one that OMNISTOCK_ENV_FILE names, or .env in the
// working directory if there is one. Load touches nothing else on disk. Its error names every mistake, one a line,
// and never shows a secret; a SettingsError comes with the settings as far as they could be read.
func Load(getenv func(string) string) (*Settings, error) {
	file, err := readEnvFile(getenv)
	if err != nil {
		return nil, err
	}
	s := &Settings{}
	values := s.collect(getenv, file)
	m := &mistakes{origins: s.origins}
	if err := s.parse(values, m); err != nil {
		return nil, err
	}
	s.resolve(getenv)
	s.validate(m)
	return s, m.err()
}

// collect returns the value of each setting that has one, under the setting's first name, and notes where it came from.
func (s *Settings) collect(getenv func(string) string, file map[string]string) map[string]string {
	values := map[string]string{}
	s.origins = map[string]origin{}
	fromFile := func(name string) string { return file[name] }
	for _, f := range fields() {
		value, o := lookUp(f, Environment, getenv)
		if value == "" {
			value, o = lookUp(f, EnvFile, fromFile)
		}
		if value != "" {
			values[f.name], s.origins[f.name] = value, o
		}
	}
	return values
}

func lookUp(f field, from Source, get func(string) string) (string, origin) {
	for _, name := range []string{f.name, f.alias} {
		if name == "" {
			continue
		}
		if value := get(name); value != "" {
			return value, origin{source: from, name: name}
		}
	}
	return "", origin{}
}

// parse fills s from the values and adds to m each that is not of its field's form. The error is a fault of the struct.
func (s *Settings) parse(values map[string]string, m *mistakes) error {
	err := env.ParseWithOptions(s, env.Options{Environment: values, FuncMap: parsers})
	var all env.AggregateError
	if !errors.As(err, &all) {
		return err
	}
	names := map[string]string{}
	for _, f := range fields() {
		names[f.goName] = f.name
	}
	for _, err := range all.Errors {
		var one env.ParseError
		if !errors.As(err, &one) {
			return err
		}
		m.add(names[one.Name], "%w", one.Err)
	}
	return nil
}
