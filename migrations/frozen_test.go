package migrations_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/migrations"
)

const frozenFile = "frozen.txt"

// TestSteps_neverChange holds each step against its hash. With -update, steps that have none get theirs. (A step that
// no release has may change still: delete its line first.)
func TestSteps_neverChange(t *testing.T) {
	frozen, err := os.ReadFile(frozenFile)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(frozen), "\n"); got > len(names) {
		t.Errorf("%s lists %d steps, of which %d are left", frozenFile, got, len(names))
	}
	for _, name := range names {
		text, err := fs.ReadFile(migrations.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%x  %s\n", sha256.Sum256(text), name)
		if *update && !strings.Contains(string(frozen), name) {
			frozen = append(frozen, line...)
		}
		if !strings.Contains(string(frozen), line) {
			t.Errorf("%s has changed, or is not in %s yet; write a new step instead, or run the test with -update", name, frozenFile)
		}
	}
	if *update {
		checkGolden(t, frozenFile, string(frozen))
	}
}
