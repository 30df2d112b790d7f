package inventory

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

// OpenTable opens a table that a command imports: the file, for the caller to close, and what of it is read.
func OpenTable(path string) (*os.File, TableFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, TableFile{}, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no file", path)
	}
	if err != nil {
		_ = file.Close() // it was only opened
		return nil, TableFile{}, err
	}
	return file, TableFile{file, info.Size()}, nil
}

// A BadRowFile is an ErrorFile of a command, made when the first row goes there.
type BadRowFile struct {
	path    string // once it is made, where it is; "" for nowhere
	isAsked bool   // by name: it replaces a file that is there
	file    *os.File
	table   *ErrorFile
	err     error // of whatever failed first
}

// NewBadRowFile returns the file for the rows of a table that are not taken: the one that is asked for, or else, but for a
// dry run, stock.errors.csv beside stock.csv. It is an error to ask for the table itself.
func NewBadRowFile(table, asked string, dryRun bool) (*BadRowFile, error) {
	f := &BadRowFile{path: asked, isAsked: asked != ""}
	if !f.isAsked && !dryRun {
		f.path = strings.TrimSuffix(table, filepath.Ext(table)) + ".errors.csv"
	}
	if f.isAsked && sameFile(table, asked) {
		return nil, fmt.Errorf("%s is what is imported: rows that are not taken cannot go there", table)
	}
	return f, nil
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// IsWanted reports whether rows go anywhere.
func (f *BadRowFile) IsWanted() bool { return f.path != "" }

// Write adds a row of a table with the headers.
func (f *BadRowFile) Write(bad *BadRow, headers []string) error {
	if !f.IsWanted() {
		return nil
	}
	if f.file == nil {
		f.err = f.open(headers)
	}
	if f.err == nil {
		f.err = f.table.Write(bad, headers)
	}
	return f.named(f.err)
}

func (f *BadRowFile) open(headers []string) (err error) {
	if f.isAsked {
		f.file, err = os.OpenFile(f.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	} else {
		f.file, f.path, err = createBeside(f.path)
	}
	if err != nil {
		return err
	}
	f.table, err = NewErrorFile(f.file, headers)
	return err
}

// createBeside makes a file and returns its path: stock.errors.csv, or stock.errors-2.csv and so on where there is such a
// file, in which somebody may have mended rows.
func createBeside(path string) (*os.File, string, error) {
	suffix := filepath.Ext(path)
	next := path
	for i := 2; ; i++ {
		file, err := os.OpenFile(next, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if !errors.Is(err, os.ErrExist) {
			return file, next, err
		}
		next = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, suffix), i, suffix)
	}
}

// Close finishes the file, if it was made.
func (f *BadRowFile) Close() error {
	if !f.isMade() {
		return nil
	}
	if err := errors.Join(f.table.Close(), f.file.Close()); f.err == nil {
		f.err = err
	}
	return f.named(f.err)
}

func (*BadRowFile) named(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("file for rows that are not taken: %w", err)
}

func (f *BadRowFile) isMade() bool { return f.file != nil }

// isWhole reports whether there is such a file, with all rows that were not taken.
func (f *BadRowFile) isWhole() bool { return f.isMade() && f.err == nil }

// Tell says where the rows are, if they are all there.
func (f *BadRowFile) Tell(out io.Writer) {
	if f.isWhole() {
		fmt.Fprintf(out, "Those that were not taken are in %s: mend them there, and import that file.\n", f.path)
	}
}

// Untold is the error of an import that prints no sum: err, and how many rows of the table were not taken.
func (f *BadRowFile) Untold(table string, rows int64, err error) error {
	untaken := fmt.Errorf("%s: rows that were not taken: %d", table, rows)
	if f.isWhole() {
		untaken = fmt.Errorf("%w; they are in %s", untaken, f.path)
	}
	if errors.Is(err, console.ErrReported) {
		return untaken
	}
	return errors.Join(err, untaken)
}
