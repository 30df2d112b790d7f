package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A smallDisk is a file system of a few megabytes.
type smallDisk struct{ dir string }

func newSmallDisk(t *testing.T) *smallDisk {
	t.Helper()
	d := &smallDisk{t.TempDir()}
	err := syscall.Mount("tmpfs", d.dir, "tmpfs", 0, "size=4m,mode=0700")
	if errors.Is(err, os.ErrPermission) {
		t.Skip("only root may mount a small disk")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(d.dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return d
}

// grow makes room.
func (d *smallDisk) grow(t *testing.T) {
	t.Helper()
	if err := syscall.Mount("tmpfs", d.dir, "tmpfs", syscall.MS_REMOUNT, "size=100m,mode=0700"); err != nil {
		t.Fatal(err)
	}
}

// TestImport_fullDisk: the database's disk gets full in the middle. What was done stays whole, and with more room the
// same command does the rest.
func TestImport_fullDisk(t *testing.T) {
	disk := newSmallDisk(t)
	p := newProgramOn(t, "sqlite://"+filepath.Join(disk.dir, "omnistock.db"))
	p.mustRun(t, "migrate")
	p.addShop(t)
	table := filepath.Join(p.dir, "stock.csv")
	if err := os.WriteFile(table, []byte(importTable(2*importRows)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, out := p.command(t, "import", "collectibles", table)
	err := cmd.Run()
	if cmd.ProcessState.ExitCode() != exitError || !strings.Contains(out.String(), "disk is full") {
		t.Errorf("on a full disk: %v: %s", err, out)
	}
	if n := p.count(t, "SELECT count(*) FROM collectibles_collectible"); n == 0 || n == 2*importRows {
		t.Errorf("%d rows were done: that is not the middle", n)
	}
	disk.grow(t)
	p.mustRun(t, "ledger", "verify")
	p.mustRun(t, "import", "collectibles", table)
	p.checkStock(t, 2*importRows)
}

// TestImport_fullDiskOfErrors: where the reasons cannot be written, the import says so, and what to do.
func TestImport_fullDiskOfErrors(t *testing.T) {
	p := newShopProgram(t, dbtest.SQLite)
	table := filepath.Join(p.dir, "stock.csv")
	rows := importTable(importRows) + strings.Repeat("BAD,,1,a long remark\n", 2*importRows) + "LAST,Last,1,\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, out := p.command(t, "import", "collectibles", table, "--errors", "/dev/full")
	err := cmd.Run()
	for _, want := range []string{"file for rows that are not taken: write /dev/full: no space left on device", "run it again"} {
		if cmd.ProcessState.ExitCode() != exitError || !strings.Contains(out.String(), want) {
			t.Errorf("%v, want %q: %s", err, want, out)
		}
	}
	if strings.Contains(out.String(), "mend them there") {
		t.Errorf("the rows are not there to be mended: %s", out)
	}
	cmd, out = p.command(t, "import", "collectibles", table)
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != exitError || !strings.Contains(out.String(), "14000 not taken") {
		t.Errorf("with room: %v: %s", err, out)
	}
	mended, err := os.ReadFile(filepath.Join(p.dir, "stock.errors.csv"))
	if n := strings.Count(string(mended), "\n"); err != nil || n != 2*importRows+1 {
		t.Errorf("the file has %d lines, %v", n, err)
	}
	if n := p.count(t, "SELECT count(*) FROM collectibles_collectible"); n != importRows+1 {
		t.Errorf("%d items, want %d", n, importRows+1)
	}
}
