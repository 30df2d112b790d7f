package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// A shopProgram runs commands on a database.
type shopProgram struct {
	db   *bun.DB
	env  []string
	dir  string
	path string // of the program
}

// plainDir is where it is built; it goes when the tests end.
var plainDir = filepath.Join(os.TempDir(), fmt.Sprint("omnistock-plain-", os.Getpid()))

// plainProgram is the program as it is shipped. What goes on in one process is tested with the race detector elsewhere;
// tests of processes that are killed, or lack room, would wait for it.
var plainProgram = sync.OnceValues(func() (string, error) {
	path := filepath.Join(plainDir, "omnistock")
	build := exec.CommandContext(context.Background(), "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func mustBuildPlain(t testing.TB) string {
	t.Helper()
	path, err := plainProgram()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func newProgramOn(t testing.TB, url string) *shopProgram {
	t.Helper()
	dir := t.TempDir()
	return &shopProgram{db: dbtest.Open(t, url), dir: dir, path: mustBuildPlain(t), env: append(os.Environ(),
		"DATABASE_URL="+url, "OMNISTOCK_DATA_DIR="+dir, "DJANGO_SECRET_KEY="+scriptSecret, "EMAIL_BACKEND=console", "OMNISTOCK_ENV_FILE="+os.DevNull)}
}

// newShopProgram makes a database in which there is one vendor with one store.
func newShopProgram(t testing.TB, engine string) *shopProgram {
	t.Helper()
	p := newProgramOn(t, dbtest.NewURL(t, engine))
	p.addShop(t)
	return p
}

func (p *shopProgram) addShop(t testing.TB) {
	t.Helper()
	now := time.Now().UTC()
	mustInsert(t, p.db, "collectibles_vendor", map[string]any{
		"id": 1, "name": "Ann", "slug": "ann", "is_active": true, "created_at": now, "updated_at": now,
	})
	mustInsert(t, p.db, "collectibles_store", map[string]any{
		"id": 1, "name": "Main", "slug": "main", "metadata": "{}", "is_active": true, "created_at": now, "updated_at": now, "vendor_id": 1,
	})
}

func mustInsert(t testing.TB, db *bun.DB, table string, row map[string]any) {
	t.Helper()
	if _, err := db.NewInsert().Model(&row).Table(table).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// command is one of the program, as a process.
func (p *shopProgram) command(t testing.TB, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	cmd, out := exec.CommandContext(context.Background(), p.path, args...), new(bytes.Buffer)
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = p.env, p.dir, out, out
	return cmd, out
}

func (p *shopProgram) mustRun(t testing.TB, args ...string) string {
	t.Helper()
	cmd, out := p.command(t, args...)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return out.String()
}
