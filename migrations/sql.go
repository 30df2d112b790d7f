package migrations

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"

	"github.com/omni-stock/omnistock/pkg/core"
)

const (
	sqlSuffix           = ".up.sql"
	transactionalSuffix = ".tx" + sqlSuffix
)

// SQL returns what the step of that name, or the only one whose name begins so, sends to PostgreSQL or to SQLite, with
// the transaction around it. It is core.NotFound where no step is meant, or more than one.
func SQL(name string, postgres bool) (string, error) {
	file, err := findFile(name)
	if err != nil {
		return "", err
	}
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return "", err
	}
	step, err := template.New(file).Parse(string(text))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := step.Execute(&b, words{Postgres: postgres}); err != nil {
		return "", fmt.Errorf("render %s: %w", file, err)
	}
	rendered := strings.TrimSpace(b.String()) + "\n"
	if strings.HasSuffix(file, transactionalSuffix) {
		rendered = "BEGIN;\n" + rendered + "COMMIT;\n"
	}
	return rendered, nil
}

// SQLNames returns the names of the steps that SQL knows, in their order.
func SQLNames() []string {
	found, _ := fs.Glob(files, "*"+sqlSuffix) // fails for a bad pattern only
	for i, file := range found {
		found[i] = stepName(file)
	}
	return found
}

func stepName(file string) string {
	return strings.TrimSuffix(strings.TrimSuffix(file, transactionalSuffix), sqlSuffix)
}

func findFile(name string) (string, error) {
	found, err := fs.Glob(files, "*"+sqlSuffix)
	if err != nil {
		return "", err
	}
	if i := slices.IndexFunc(found, func(file string) bool { return stepName(file) == name }); i >= 0 {
		return found[i], nil
	}
	found = slices.DeleteFunc(found, func(file string) bool { return name == "" || !strings.HasPrefix(stepName(file), name) })
	switch len(found) {
	case 0:
		return "", core.Errorf(core.NotFound, "there is no step %q in SQL; showmigrations lists all steps", name)
	case 1:
		return found[0], nil
	}
	return "", core.Errorf(core.NotFound, "%q begins the names of %d steps", name, len(found))
}
