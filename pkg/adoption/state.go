package adoption

import (
	"fmt"
	"slices"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A State is what a database is to the program.
type State string

// The states in which a database can be migrated.
const (
	Empty   State = "empty"   // there are no tables
	Own     State = "own"     // the program has migrated it, or taken it over
	Current State = "current" // Django has, to the last of its heads
	Older   State = "older"   // Django has, long ago
)

// Heads say how far Django has migrated its apps: the last migration of each.
type Heads map[string]string

// String lists the heads of the two apps that count, such as "users 0004, collectibles 0017".
func (h Heads) String() string {
	var parts []string
	for _, app := range []string{usersApp, collectiblesApp} {
		if head := h[app]; head != "" {
			number, _, _ := strings.Cut(head, "_")
			parts = append(parts, app+" "+number)
		}
	}
	return strings.Join(parts, ", ")
}

// An applied is a migration that Django's history names.
type applied struct{ App, Name string }

// newHeads finds the heads. Names begin with numbers; the last of them is the head, whatever order they came in.
func newHeads(history []applied) Heads {
	heads := Heads{}
	for _, m := range history {
		heads[m.App] = max(heads[m.App], m.Name)
	}
	return heads
}

// found is what a look at a database brings.
type found struct {
	tables   []string // in the current schema, those of extensions left out
	steps    int      // of ours that are applied
	history  []applied
	replica  bool
	readOnly bool

	schema    string // the current one, in which tables are made
	elsewhere string // another one on the search path that holds Django's history, if any
}

// state tells the state of a database, or core.Conflict with what is wrong and what to do.
func (f found) state() (State, error) {
	switch {
	case f.steps > 0:
		return Own, nil
	case f.elsewhere != "" && !slices.Contains(f.tables, djangoHistory):
		return "", core.Errorf(core.Conflict, "Django's tables are in the schema %[1]s, and new ones would be made in %[2]s: "+
			"put search_path=%[1]s into the URL of the database", f.elsewhere, f.schema)
	case f.tables == nil:
		return Empty, nil
	case !slices.Contains(f.tables, djangoHistory):
		return "", core.Errorf(core.Conflict, "the database belongs to another application: it holds %s; "+
			"give omnistock a database or a schema of its own", some(f.tables))
	}
	return f.djangoState()
}

func (f found) djangoState() (State, error) {
	users, items := f.namesOf(usersApp), f.namesOf(collectiblesApp)
	heads := newHeads(f.history)
	unknown := slices.Concat(missingFrom(usersMigrations, users, usersApp), missingFrom(collectiblesMigrations, items, collectiblesApp))
	switch {
	case len(items) == 0:
		return "", core.Errorf(core.Conflict, "the database belongs to another Django project: its apps are %s, and Omni-Stock's "+
			"%s is not among them", some(f.apps()), collectiblesApp)
	case len(unknown) > 0:
		return "", core.Errorf(core.Conflict, "the database is at %s, and this version does not know %s; use a version of omnistock "+
			"that knows it, or go back to users 0004 and collectibles 0017 with Django's migrate", heads, some(unknown))
	case len(users) == len(usersMigrations) && len(items) == len(collectiblesMigrations):
		return Current, nil
	case len(users) == 0 && slices.Equal(items, collectiblesMigrations[:olderCollectibles]):
		return Older, nil
	}
	return "", core.Errorf(core.Conflict, "the database is half migrated: it is at %s; "+
		"finish with Django's migrate (users 0004, collectibles 0017), then come back", heads)
}

// namesOf returns the migrations of an app, in the order of their names.
func (f found) namesOf(app string) (names []string) {
	for _, m := range f.history {
		if m.App == app {
			names = append(names, m.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (f found) apps() (apps []string) {
	for _, m := range f.history {
		apps = append(apps, m.App)
	}
	slices.Sort(apps)
	return slices.Compact(apps)
}

// missingFrom returns those of the names that are not known, with their app.
func missingFrom(known, names []string, app string) (unknown []string) {
	for _, name := range names {
		if !slices.Contains(known, name) {
			unknown = append(unknown, app+"."+name)
		}
	}
	return unknown
}

// some lists names, but not more than an operator wants to read.
func some(names []string) string {
	const most = 5
	if len(names) == 0 {
		return "none"
	}
	if more := len(names) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), more)
	}
	return strings.Join(names, ", ")
}
