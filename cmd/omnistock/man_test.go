package main

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// man is set by make man. The pages are made here and not by a command, since the library that makes them has no place
// in the program.
var man = flag.String("man", "", "folder into which the manual pages are written")

func TestMan_pages(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir()}
	if *man != "" {
		dirs[0] = *man
	}
	for _, dir := range dirs {
		writeMan(t, dir)
	}
	pages, err := filepath.Glob(filepath.Join(dirs[1], "*.1"))
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		again, err := os.ReadFile(filepath.Join(dirs[0], filepath.Base(page)))
		if err != nil || string(again) != string(text) {
			t.Errorf("%s differs from one time to the next: %v", filepath.Base(page), err)
		}
		for _, part := range []string{".TH", ".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", "Exit codes"} {
			if !strings.Contains(string(text), part) {
				t.Errorf("%s has no %s", filepath.Base(page), part)
			}
		}
	}
}

// writeMan writes a page for each command. Their date is that of the commit, in SOURCE_DATE_EPOCH, so that the same
// sources give the same pages.
func writeMan(t *testing.T, dir string) {
	t.Helper()
	root := commandTree(t)
	root.DisableAutoGenTag = true
	walk(root, func(cmd *cobra.Command) {
		cmd.Long = cmp.Or(cmd.Long, cmd.Short) + "\n\nExit codes: 0 good, 1 error, 2 wrong usage."
	})
	seconds, _ := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	date := time.Unix(seconds, 0).UTC()
	header := &doc.GenManHeader{Section: "1", Source: "omnistock", Manual: "omnistock", Date: &date}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := doc.GenManTree(root, header, dir); err != nil {
		t.Fatal(err)
	}
}
