package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/migrations"
)

func newShowMigrationsCommand(c *commandLine) *cobra.Command {
	var plan, asJSON bool
	cmd := &cobra.Command{
		Use: "showmigrations [app]", Short: "List the steps of the schema, applied ones marked [X]", Args: cobra.MaximumNArgs(1),
		Example:   "  omnistock showmigrations\n  omnistock showmigrations -p --json",
		ValidArgs: []string{migrations.App},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkApp(args); err != nil {
				return err
			}
			steps, err := c.program.status(cmd.Context())
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				return writeJSON(cmd.OutOrStdout(), describeSteps(steps))
			case plan:
				writeSteps(cmd.OutOrStdout(), "[%s]  "+migrations.App+".%s\n", steps)
			default:
				fmt.Fprintln(cmd.OutOrStdout(), migrations.App)
				writeSteps(cmd.OutOrStdout(), " [%s] %s\n", steps)
			}
			return nil
		},
	}
	cmd.Flags().BoolP("list", "l", true, "list the steps")
	cmd.Flags().BoolVarP(&plan, "plan", "p", false, "list the steps in the order in which they apply, with their app")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// writeSteps writes a line for each step; the format takes its mark and its name.
func writeSteps(w io.Writer, format string, steps []migrations.Step) {
	for _, step := range steps {
		name, mark := step.Name, " "
		if step.Applied {
			mark = "X"
		}
		if step.Unknown {
			name += " (of a newer version)"
		}
		fmt.Fprintf(w, format, mark, name)
	}
}

// A describedStep is a step as programs read it.
type describedStep struct {
	App       string     `json:"app"`
	Name      string     `json:"name"`
	Applied   bool       `json:"applied"`
	AppliedAt *time.Time `json:"applied_at"`
	Unknown   bool       `json:"unknown"` // applied by a newer version
}

func describeSteps(steps []migrations.Step) []describedStep {
	described := make([]describedStep, len(steps))
	for i, step := range steps {
		described[i] = describedStep{App: migrations.App, Name: step.Name, Applied: step.Applied, Unknown: step.Unknown}
		if step.Applied {
			described[i].AppliedAt = &step.AppliedAt
		}
	}
	return described
}
