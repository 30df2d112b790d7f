package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// mistakes collects what is wrong with the settings, at most one mistake a setting: the first hides those that follow
// from it.
type mistakes struct {
	origins map[string]origin
	list    []mistake
}

// A mistake is one wrong setting.
type mistake struct {
	name string // the setting's first name
	err  error
}

// add notes that the setting is wrong and why.
func (m *mistakes) add(name, format string, args ...any) {
	for _, seen := range m.list {
		if seen.name == name {
			return
		}
	}
	m.list = append(m.list, mistake{name: name, err: fmt.Errorf(format, args...)})
}

// unless notes that the setting is wrong, unless the claim holds.
func (m *mistakes) unless(claim bool, name, format string, args ...any) {
	if !claim {
		m.add(name, format, args...)
	}
}

// err returns nil if nothing is wrong, and otherwise an error with one line for each mistake, in the order of the
// documentation, under the name by which the operator set it.
func (m *mistakes) err() error {
	if len(m.list) == 0 {
		return nil
	}
	m.sort()
	noun := "settings are"
	if len(m.list) == 1 {
		noun = "setting is"
	}
	lines := []string{fmt.Sprintf("%d %s wrong:", len(m.list), noun)}
	for _, one := range m.list {
		lines = append(lines, fmt.Sprintf("  %s: %v", m.label(one.name), one.err))
	}
	return errors.New(strings.Join(lines, "\n"))
}

func (m *mistakes) sort() {
	place := map[string]int{}
	for _, f := range fields() {
		place[f.name] = f.index
	}
	slices.SortFunc(m.list, func(a, b mistake) int { return cmp.Compare(place[a.name], place[b.name]) })
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
