package main

import (
	"io"
	"strings"
	"testing"
)

// TestAnonymize_noColumnIsForgotten fails for a new column that may hold something about somebody. If it may, it belongs
// into the rules of package anonymization; if not, into its list of what is harmless.
func TestAnonymize_noColumnIsForgotten(t *testing.T) {
	c, err := newCommandLine(nil, withoutEnvironment, io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if columns := c.program.staging.Uncovered(); len(columns) > 0 {
		t.Errorf("no rule says what becomes of %s", strings.Join(columns, ", "))
	}
	if err := c.program.close(); err != nil {
		t.Error(err)
	}
}
