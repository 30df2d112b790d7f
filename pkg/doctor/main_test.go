package doctor_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/doctor"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// diagnose returns what the diagnoses find, but for notes, and that a server for tests need not survive a crash.
func diagnose(t *testing.T, o doctor.Options) (found []check.Message) {
	t.Helper()
	if o.Now == nil {
		o.Now = time.Now
	}
	for _, m := range check.Diagnose(t.Context(), doctor.Diagnoses(o), check.Options{}) {
		if m.Level > check.Info && m.ID != "postgres.W004" {
			found = append(found, m)
		}
	}
	return found
}

// wantOne fails unless there is one message, with the id and the text in it.
func wantOne(t *testing.T, msgs []check.Message, id, text string) {
	t.Helper()
	if len(msgs) != 1 || msgs[0].ID != id || !strings.Contains(msgs[0].String(), text) {
		t.Errorf("messages = %v, want one of %s with %q", msgs, id, text)
	}
}

func mustExec(t *testing.T, idb bun.IDB, queries ...string) {
	t.Helper()
	for _, query := range queries {
		if _, err := idb.ExecContext(t.Context(), query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

func TestDiagnoses_goodDatabase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		if msgs := diagnose(t, doctor.Options{DB: bunDB}); len(msgs) > 0 {
			t.Errorf("messages = %v", msgs)
		}
	})
}

func TestDiagnoses_rowsFromTheFuture(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, `INSERT INTO token_blacklist_outstandingtoken (token, created_at, expires_at, jti)
			VALUES ('x', '2026-01-02 03:04:05+00:00', '2027-01-02 03:04:05+00:00', 'a')`)
		behind := func() time.Time { return time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC) }
		for _, m := range diagnose(t, doctor.Options{DB: bunDB, Now: behind}) {
			if m.ID == "clock.W001" && strings.Contains(m.Text, "4m5s from now") {
				return
			}
		}
		t.Error("no message on it")
	})
}

func TestDisk_folders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		dir := t.TempDir()
		if err := os.WriteFile(dir+"/file", nil, 0o600); err != nil {
			t.Fatal(err)
		}
		msgs := diagnose(t, doctor.Options{DB: bunDB, Folders: []string{dir + "/file/data"}})
		wantOne(t, msgs, check.DiagnosisFailed, "not a directory")
		if _, err := os.Stat("/dev/full"); err == nil { // on Linux /proc has no room at all
			wantOne(t, diagnose(t, doctor.Options{DB: bunDB, Folders: []string{"/proc"}}), "disk.E001", "0 KB are free")
		}
	})
}
