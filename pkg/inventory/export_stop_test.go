package inventory_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/domains/domainstest"
)

// TestExport_interrupted: who ends an export is told that in plain words, and keeps no half of a file.
func TestExport_interrupted(t *testing.T) {
	domainstest.Each(t, func(t *testing.T, owner *domainstest.Shop) {
		s := shop{owner}
		s.add(t, "A", "")
		path := filepath.Join(t.TempDir(), "out.csv")
		for _, args := range [][]string{nil, {path}} {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			root := &cobra.Command{Use: "omnistock", SilenceErrors: true, SilenceUsage: true}
			root.AddCommand(s.Inventory.Module().Commands...)
			root.SetArgs(append([]string{"export", "collectibles"}, args...))
			root.SetOut(&bytes.Buffer{})
			if err := root.ExecuteContext(ctx); err == nil || !strings.HasSuffix(err.Error(), "interrupted") {
				t.Errorf("%q: %v", args, err)
			}
			if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) > 0 {
				t.Errorf("files = %v, %v", files, err)
			}
		}
	})
}
