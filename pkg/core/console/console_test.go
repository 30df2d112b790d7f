package console_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

func TestWriteTable_columnsStandInLine(t *testing.T) {
	var out strings.Builder
	rows := [][]string{{"ID", "NAME", "STAFF"}, {"1", "Zoë", "yes"}, {"1000", "a\x1b[31mred", "no"}, {"2", "b", ""}}
	if err := console.WriteTable(&out, rows); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"ID    NAME       STAFF",
		"1     Zoë        yes",
		"1000  a?[31mred  no",
		"2     b",
		"",
	}, "\n")
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestJSONList_isAnArrayHoweverLong(t *testing.T) {
	for n := range 3 {
		var out bytes.Buffer
		list := console.NewJSONList(&out)
		for i := range n {
			if err := list.Add(map[string]int{"n": i}); err != nil {
				t.Fatal(err)
			}
		}
		if err := list.End(); err != nil {
			t.Fatal(err)
		}
		var got []map[string]int
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got) != n || got == nil {
			t.Errorf("%d elements: %q, %v", n, out.String(), err)
		}
	}
}

func TestGroup_suggests(t *testing.T) {
	list := &cobra.Command{Use: "list", RunE: func(*cobra.Command, []string) error { return nil }}
	for args, want := range map[string]string{
		"user lsit":    `unknown command "lsit" for "shop user"` + "\n\nDid you mean this?\n\tlist",
		"user nothing": `unknown command "nothing" for "shop user"`,
		"user list":    "",
		"user":         "",
	} {
		root := &cobra.Command{Use: "shop", SilenceErrors: true, SilenceUsage: true}
		root.AddCommand(console.Group(&cobra.Command{Use: "user"}, list))
		root.SetArgs(strings.Fields(args))
		root.SetOut(new(bytes.Buffer))
		got := ""
		if err := root.ExecuteContext(t.Context()); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: error = %q, want %q", args, got, want)
		}
	}
}
