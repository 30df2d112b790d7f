package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func newConfigCommand(c *commandLine) *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "config", Short: "Look at the settings", Example: "  omnistock config show --all",
	}, newConfigShowCommand(c, "show", "omnistock config show"))
}

// newConfigShowCommand is "config show", and "diffsettings" for those who know Django's.
func newConfigShowCommand(c *commandLine, name, example string) *cobra.Command {
	var all, asJSON bool
	cmd := &cobra.Command{
		Use: name, Short: "List the settings that were set, their values and where they are from", Args: cobra.NoArgs,
		Long: `List the settings that have another value than their default, and where it is from: the environment, the .env file, or
the file of the secret key. With --all, list all of them. Secrets are shown as asterisks.

It works with wrong settings, too: it tells what is wrong, and exits with 1.`,
		Example: "  " + example + "\n  " + example + " --all --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			shown, err := c.showSettings(all)
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(cmd.OutOrStdout(), shown)
			} else {
				err = writeSettings(cmd.OutOrStdout(), shown)
			}
			if err != nil {
				return err
			}
			return c.settingsErr
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "also settings that have their default")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// A shownSetting is a setting as programs read it.
type shownSetting struct {
	Name    string `json:"name"`
	Value   string `json:"value"` // "" where it is wrong: what was mistyped may hold a secret
	Source  string `json:"source"`
	Place   string `json:"place"`
	Help    string `json:"help"`
	Mistake string `json:"mistake"` // what is wrong; "" if nothing is
}

// showSettings describes the settings, wrong ones as far as they could be read. The error says why none could.
func (c *commandLine) showSettings(all bool) ([]shownSetting, error) {
	wrong, readable := errors.AsType[*config.SettingsError](c.settingsErr)
	if c.settingsErr != nil && !readable {
		return nil, c.settingsErr
	}
	mistakes := map[string]string{}
	if wrong != nil {
		for _, m := range wrong.Mistakes {
			mistakes[m.Name] = m.Text
		}
	}
	shown := []shownSetting{}
	for _, d := range c.found.Describe() {
		s := shownSetting{d.Name, d.Value, string(d.Source), d.Place, d.Help, mistakes[d.Name]}
		if s.Mistake != "" {
			s.Value = ""
		}
		if all || d.Source != config.Default || s.Mistake != "" {
			shown = append(shown, s)
		}
	}
	return shown, nil
}

func writeSettings(w io.Writer, shown []shownSetting) error {
	rows := [][]string{{"SETTING", "VALUE", "SOURCE"}}
	for _, s := range shown {
		value, source := s.Value, s.Source
		switch {
		case s.Mistake != "":
			value = "(wrong)"
		case value == "" && s.Source == string(config.KeyFile):
			value = "(made when it is needed)"
		}
		if s.Place != "" && s.Place != s.Source {
			source = fmt.Sprintf("%s (%s)", s.Source, s.Place)
		}
		rows = append(rows, []string{s.Name, value, source})
	}
	return console.WriteTable(w, rows)
}
