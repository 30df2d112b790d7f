package check_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/check"
)

var mixed = []check.Message{
	{Level: check.Warning, ID: "security.W018", Text: "DEBUG is on", Hint: "set DEBUG=False"},
	{Level: check.Error, ID: "database.E001", Text: "no answer", Object: "default"},
	{Level: check.Warning, ID: "security.W009", Text: "weak key"},
}

func report(t *testing.T, msgs []check.Message, fail check.Level) string {
	t.Helper()
	var b strings.Builder
	if err := check.WriteReport(&b, msgs, fail); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteReport_nothingWrong(t *testing.T) {
	if got, want := report(t, nil, check.Error), "System check identified no issues (0 silenced).\n"; got != want {
		t.Errorf("report = %q, want %q", got, want)
	}
}

func TestWriteReport_oneWarning(t *testing.T) {
	want := `System check identified some issues:

WARNINGS:
?: (security.W018) DEBUG is on
	HINT: set DEBUG=False

System check identified 1 issue (0 silenced).
`
	if diff := cmp.Diff(want, report(t, mixed[:1], check.Error)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteReport_failing(t *testing.T) {
	want := `SystemCheckError: System check identified some issues:

ERRORS:
default: (database.E001) no answer

WARNINGS:
?: (security.W009) weak key
?: (security.W018) DEBUG is on
	HINT: set DEBUG=False

System check identified 3 issues (0 silenced).
`
	if diff := cmp.Diff(want, report(t, mixed, check.Error)); diff != "" {
		t.Error(diff)
	}
}

func TestWriteJSON_worstFirst(t *testing.T) {
	var b strings.Builder
	if err := check.WriteJSON(&b, mixed[:2]); err != nil {
		t.Fatal(err)
	}
	want := `{
  "issues": [
    {
      "level": "error",
      "id": "database.E001",
      "text": "no answer",
      "object": "default"
    },
    {
      "level": "warning",
      "id": "security.W018",
      "text": "DEBUG is on",
      "hint": "set DEBUG=False"
    }
  ]
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWriteJSON_nothingWrong(t *testing.T) {
	var b strings.Builder
	if err := check.WriteJSON(&b, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "{\n  \"issues\": []\n}\n"; got != want {
		t.Errorf("json = %q, want %q", got, want)
	}
}
