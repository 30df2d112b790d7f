package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// importRows is how many rows the table has whose import is killed: several batches.
const importRows = 7_000

// importTable is a table whose rows have card details, in the form of an export.
func importTable(rows int) string {
	var b strings.Builder
	b.WriteString("sku,name,quantity,notes\n")
	for i := range rows {
		fmt.Fprintf(&b, "SKU-%05d,\"Item %d, of many\",%d,note %d\n", i, i, i%7+1, i)
	}
	return b.String()
}

// count is what a query counts.
func (p *shopProgram) count(t testing.TB, query string) (n int) {
	t.Helper()
	if err := p.db.NewRaw(query).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestImport_killed kills imports at any moment and runs them again: in the end everything is there once.
func TestImport_killed(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			p := newShopProgram(t, engine)
			table := filepath.Join(p.dir, "stock.csv")
			if err := os.WriteFile(table, []byte(importTable(importRows)), 0o600); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			p.mustRun(t, "import", "collectibles", table)
			took := time.Since(start)
			inTheMiddle := 0
			for range killRounds {
				p = newShopProgram(t, engine)
				cmd, out := p.command(t, "import", "collectibles", table)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				killer := time.AfterFunc(took/4+rand.N(took), func() { _ = cmd.Process.Kill() })
				err := cmd.Wait()
				killer.Stop()
				if err != nil && cmd.ProcessState.ExitCode() >= 0 { // not killed
					t.Fatalf("%v: %s", err, out)
				}
				n := p.count(t, "SELECT count(*) FROM collectibles_collectible")
				if n > 0 && n < importRows {
					inTheMiddle++
				}
				// In one statement: the server may still commit what it was sent before the kill.
				if other := p.count(t, `SELECT count(*) FROM (SELECT count(*) AS n FROM collectibles_collectible) AS c,
					(SELECT count(*) AS n FROM collectibles_carddetails) AS d, (SELECT count(*) AS n FROM collectibles_stockledger) AS l
					WHERE c.n <> d.n OR c.n <> l.n`); other > 0 {
					t.Fatal("items, card details and entries of the ledger are not of the same number")
				}
				p.mustRun(t, "import", "collectibles", table)
				p.checkStock(t, importRows)
			}
			t.Logf("killed in the middle: %d times of %d", inTheMiddle, killRounds)
			if again := p.mustRun(t, "import", "collectibles", table); !strings.Contains(again, fmt.Sprintf("Created 0, changed 0, left alone %d; 0 not taken.", importRows)) {
				t.Errorf("once more: %s", again)
			}
		})
	}
}

// killRounds is how often an import is killed.
const killRounds = 8

// empty deletes all items.
func (p *shopProgram) empty(t *testing.T) {
	t.Helper()
	for _, table := range []string{"stockledger", "carddetails", "collectible"} {
		if _, err := p.db.NewDelete().Table("collectibles_" + table).Where("true").Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// checkStock fails the test unless the stock is the table, with a ledger that says so.
func (p *shopProgram) checkStock(t *testing.T, rows int) {
	t.Helper()
	if got := p.mustRun(t, "export", "collectibles", "--columns", "sku,name,quantity,notes"); !sameLines(got, importTable(rows)) {
		t.Errorf("the stock is not the table: %.300q", got)
	}
	if n := p.count(t, `SELECT count(*) FROM collectibles_collectible AS c JOIN collectibles_stockledger AS sl
		ON sl.collectible_id = c.id AND sl.delta = c.quantity AND sl.reason = 'intake'`); n != rows {
		t.Errorf("%d items have their quantity in the ledger, want %d", n, rows)
	}
}

// sameLines reports whether two tables have the same rows, in whatever order.
func sameLines(a, b string) bool {
	lines := map[string]int{}
	for line := range strings.Lines(a) {
		lines[line]++
	}
	for line := range strings.Lines(b) {
		lines[line]--
	}
	for _, n := range lines {
		if n != 0 {
			return false
		}
	}
	return true
}

// TestImport_interrupted: a signal ends an import between two batches, and the import goes on from there.
func TestImport_interrupted(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			p := newShopProgram(t, engine)
			table := filepath.Join(p.dir, "stock.csv")
			rows, text := p.mustInterrupt(t, table)
			row := 0
			_, after, _ := strings.Cut(text, "--from-row ")
			if _, err := fmt.Sscan(after, &row); err != nil || !strings.Contains(text, "interrupted: rows up to") {
				t.Fatalf("%v: %s", err, text)
			}
			done := p.count(t, "SELECT count(*) FROM collectibles_collectible")
			if done != row-2 || done == rows {
				t.Errorf("%d items, and the next row is %d", done, row)
			}
			got := p.mustRun(t, "import", "collectibles", table, "--from-row", fmt.Sprint(row))
			if want := fmt.Sprintf("Created %d, changed 0, left alone 0; 0 not taken.", rows-done); !strings.Contains(got, want) {
				t.Errorf("from row %d: %s, want %q", row, got, want)
			}
		})
	}
}

// mostRows is how many rows a table has at most so that a signal comes before its import ends.
const mostRows = 16 * importRows

// mustInterrupt imports tables, each larger than the one before, until a signal comes before all rows are there. It returns
// how many rows the table has then, and what the program said.
func (p *shopProgram) mustInterrupt(t *testing.T, table string) (rows int, said string) {
	t.Helper()
	for rows = 2 * importRows; rows <= mostRows; rows *= 2 {
		p.empty(t)
		if err := os.WriteFile(table, []byte(importTable(rows)), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd, out := p.command(t, "import", "collectibles", table)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for p.count(t, "SELECT count(*) FROM collectibles_collectible") == 0 {
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		switch err := cmd.Wait(); {
		case cmd.ProcessState.ExitCode() == exitError:
			return rows, out.String()
		case err != nil:
			t.Fatalf("%v: %s", err, out)
		}
	}
	t.Fatal("all imports ended before the signal came")
	return 0, ""
}
