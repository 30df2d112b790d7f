package app

import (
	"net/http"
	"slices"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/web"
)

// A Module is a domain's table of contents: all that the program takes from it.
type Module struct {
	Name       string
	Tags       []web.Tag // groups of its operations, in the order in which the documentation shows them
	Models     []any     // nil pointers of its bun models
	Images     []ImageColumn
	Operations []web.Operation
	Checks     []check.Check
	Diagnoses  []check.Diagnosis // of the rows, which checks leave alone
	Commands   []*cobra.Command
}

// An ImageColumn holds addresses of images, some of which are stored here.
type ImageColumn struct {
	Model  any // nil pointer of its bun model
	Column string
}

// An App is the modules put together.
type App struct {
	modules    []Module
	info       web.Info
	document   func() (*openapi3.T, error)
	schemaJSON func() ([]byte, error) // the document's texts, each made once
	schemaYAML func() ([]byte, error)
}

// New returns an app of the modules and of what every installation has: the root, health, document and its pages.
func New(info web.Info, system System, modules ...Module) *App {
	a := &App{info: info}
	a.modules = append([]Module{system.module(a)}, modules...)
	a.document = sync.OnceValues(func() (*openapi3.T, error) { return web.NewDocument(a.documentInfo(), a.Operations()) })
	a.schemaJSON = sync.OnceValues(a.render((*openapi3.T).MarshalJSON))
	a.schemaYAML = sync.OnceValues(a.render(DocumentYAML))
	return a
}

func (a *App) documentInfo() web.Info {
	info := a.info
	info.Tags = slices.Clone(info.Tags)
	for _, m := range a.modules {
		info.Tags = append(info.Tags, m.Tags...)
	}
	return info
}

// Document is the OpenAPI document of all operations. It is made at the first call.
func (a *App) Document() (*openapi3.T, error) { return a.document() }

// Handler serves all operations.
func (a *App) Handler(config web.Config) http.Handler { return web.NewHandler(config, a.Operations()) }

// Modules lists what the app was put together from.
func (a *App) Modules() []Module { return slices.Clone(a.modules) }

// Operations lists those of all modules.
func (a *App) Operations() (ops []web.Operation) {
	for _, m := range a.modules {
		ops = append(ops, m.Operations...)
	}
	return ops
}

// Models lists those of all modules.
func (a *App) Models() (models []any) {
	for _, m := range a.modules {
		models = append(models, m.Models...)
	}
	return models
}

// Images lists the columns of all modules.
func (a *App) Images() (columns []ImageColumn) {
	for _, m := range a.modules {
		columns = append(columns, m.Images...)
	}
	return columns
}

// Checks lists those of all modules.
func (a *App) Checks() (checks []check.Check) {
	for _, m := range a.modules {
		checks = append(checks, m.Checks...)
	}
	return checks
}

// Diagnoses lists those of all modules.
func (a *App) Diagnoses() (diagnoses []check.Diagnosis) {
	for _, m := range a.modules {
		diagnoses = append(diagnoses, m.Diagnoses...)
	}
	return diagnoses
}

// Commands lists those of all modules.
func (a *App) Commands() (commands []*cobra.Command) {
	for _, m := range a.modules {
		commands = append(commands, m.Commands...)
	}
	return commands
}
