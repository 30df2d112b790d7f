package config_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

var update = flag.Bool("update", false, "write the table of settings into README.md")

func TestReadme_listsTheSettings(t *testing.T) {
	const path, begin, end = "../../../README.md", "<!-- settings -->\n", "<!-- /settings -->"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(text), begin)
	table, tail, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("README.md lacks %q or %q", begin, end)
	}
	if *update {
		if err := os.WriteFile(path, []byte(head+begin+config.MarkdownTable()+end+tail), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(config.MarkdownTable(), table); diff != "" {
		t.Errorf("README.md is behind the settings; go test ./pkg/core/config -update mends it (-want +got):\n%s", diff)
	}
}
