package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker"
	"github.com/oasdiff/oasdiff/diff"
	"github.com/oasdiff/oasdiff/load"
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/app"
)

// A difference is one change of the API since the baseline.
type difference struct {
	text     string
	breaking bool // for clients that were built against the baseline
}

// checkOpenAPI lists the differences and fails if there are any, or any that break clients.
func (c *commandLine) checkOpenAPI(cmd *cobra.Command, path string, onlyBreaking bool) error {
	differences, err := compareWithBaseline(c.program.app, path)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if len(differences) == 0 {
		_, err := fmt.Fprintf(c.say(cmd), "The API is that of %s.\n", path)
		return err
	}
	breaking := 0
	for _, d := range differences {
		kind := "not breaking"
		if d.breaking {
			kind = "BREAKING"
			breaking++
		}
		fmt.Fprintf(out, "%s: %s\n", kind, d.text)
	}
	fmt.Fprintf(out, "%s to %s, of which %d break clients. If they are wanted: omnistock openapi --update %[2]s\n",
		count(len(differences), "difference"), path, breaking)
	if onlyBreaking && breaking == 0 {
		return nil
	}
	return errReported
}

// compareWithBaseline returns what changed since the baseline, by oasdiff's rules, and where those see nothing the
// places at which the documents say something in other words.
func compareWithBaseline(a *app.App, path string) ([]difference, error) {
	was, err := readBaseline(path)
	if err != nil {
		return nil, err
	}
	is, err := renderDocument(a, "json")
	if err != nil || bytes.Equal(was, is) {
		return nil, err
	}
	before, err := loadDocument(was)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	after, err := loadDocument(is)
	if err != nil {
		return nil, err
	}
	report, sources, err := diff.GetWithOperationsSourcesMap(diff.NewConfig(), before, after)
	if err != nil {
		return nil, fmt.Errorf("compare with %s: %w", path, err)
	}
	config := checker.NewConfig(checker.GetAllChecks())
	if changes := checker.CheckBackwardCompatibilityUntilLevel(config, report, sources, checker.INFO); len(changes) > 0 {
		return describeChanges(changes), nil
	}
	return compareWords(was, is)
}

func readBaseline(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no baseline %s: 'omnistock openapi --update %[1]s' makes it", path)
	}
	return text, err
}

func loadDocument(text []byte) (*load.SpecInfo, error) {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	return &load.SpecInfo{Spec: doc}, err
}

// describeChanges words oasdiff's findings. What it warns of may break a client, and counts as if it did.
func describeChanges(changes checker.Changes) []difference {
	localizer := checker.NewDefaultLocalizer()
	differences := make([]difference, 0, len(changes))
	for _, change := range changes {
		text := change.GetUncolorizedText(localizer)
		if change.GetPath() != "" {
			text = fmt.Sprintf("%s %s: %s", change.GetOperation(), change.GetPath(), text)
		}
		differences = append(differences, difference{text: text, breaking: change.IsBreaking()})
	}
	return differences
}
