package main

import (
	"bytes"
	"fmt"

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
func checkOpenAPI(cmd *cobra.Command, a *app.App, path string, onlyBreaking bool) error {
	differences, err := compareWithBaseline(a, path)
	if err != nil {
		return err
	}
	failed := false
	for _, d := range differences {
		kind := "not breaking"
		if d.breaking {
			kind = "BREAKING"
		}
		cmd.Printf("%s: %s\n", kind, d.text)
		failed = failed || d.breaking || !onlyBreaking
	}
	if !failed {
		cmd.Printf("The API is that of %s.\n", path)
		return nil
	}
	cmd.Printf("%d difference(s) to %s. If they are wanted: omnistock openapi --update %[2]s\n", len(differences), path)
	return errReported
}

// compareWithBaseline returns what changed since the baseline, by oasdiff's rules.
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
	changes := checker.CheckBackwardCompatibilityUntilLevel(config, report, sources, checker.INFO)
	return describeChanges(changes), nil
}

func loadDocument(text []byte) (*load.SpecInfo, error) {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	return &load.SpecInfo{Spec: doc}, err
}

// describeChanges words oasdiff's findings; where it finds none, the texts differ in words alone.
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
	if len(differences) == 0 {
		differences = append(differences, difference{text: "descriptions, or the order of things, differ"})
	}
	return differences
}
