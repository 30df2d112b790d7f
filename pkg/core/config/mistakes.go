package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// mistakes collects what is wrong with the settings, at most one mistake a setting: the first hides those that follow
// from it.
type mistakes struct {
	origins map[string]origin
	list    []Mistake
}

// A Mistake is one wrong setting.
type Mistake struct {
	Name  string // the setting's first name
	Label string // the name under which it was found, and the file if it was found in one
	Text  string // what is wrong; it shows no secret
}

// A SettingsError lists what is wrong, in the order of the documentation.
type SettingsError struct{ Mistakes []Mistake }

// Error has a line for each mistake.
func (e *SettingsError) Error() string {
	noun := "settings are"
	if len(e.Mistakes) == 1 {
		noun = "setting is"
	}
	lines := []string{fmt.Sprintf("%d %s wrong:", len(e.Mistakes), noun)}
	for _, one := range e.Mistakes {
		lines = append(lines, fmt.Sprintf("  %s: %s", one.Label, one.Text))
	}
	return strings.Join(lines, "\n")
}

// add notes that the setting is wrong and why.
func (m *mistakes) add(name, format string, args ...any) {
	for _, seen := range m.list {
		if seen.Name == name {
			return
		}
	}
	m.list = append(m.list, Mistake{Name: name, Label: m.label(name), Text: fmt.Errorf(format, args...).Error()})
}

// unless notes that the setting is wrong, unless the claim holds.
func (m *mistakes) unless(claim bool, name, format string, args ...any) {
	if !claim {
		m.add(name, format, args...)
	}
}

// err returns nil if nothing is wrong, and otherwise a SettingsError.
func (m *mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	m.sort()
	return &SettingsError{m.list}
}

func (m *mistakes) sort() {
	place := map[string]int{}
	for _, f := range fields() {
		place[f.name] = f.index
	}
	slices.SortFunc(m.list, func(a, b Mistake) int { return cmp.Compare(place[a.Name], place[b.Name]) })
}

// label returns the name under which the setting was found, and the file if it was found in one.
func (m *mistakes) label(name string) string {
	o, found := m.origins[name]
	if !found {
		return name
	}
	if o.source == EnvFile {
		return o.name + " (.env)"
	}
	return o.name
}
