package backup_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/users"
)

// With these variables the test binary restores an archive, and does nothing else.
const (
	restoreVariable  = "OMNISTOCK_TEST_RESTORE"
	restoreDatabase  = "OMNISTOCK_TEST_RESTORE_DATABASE"
	restoreMedia     = "OMNISTOCK_TEST_RESTORE_MEDIA"
	restoreCommand   = "OMNISTOCK_TEST_RESTORE_COMMAND"
	restoreReplacing = "OMNISTOCK_TEST_RESTORE_REPLACE"
)

// restoreMain is the process that gets killed.
func restoreMain(path string) int {
	defer func() { // the most memory that it took, among others
		status, _ := os.ReadFile("/proc/self/status")
		_, _ = os.Stdout.Write(status)
	}()
	bunDB, err := db.Open(os.Getenv(restoreDatabase))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	d := domains.New(bunDB, domains.Options{Users: users.Options{Mail: &mail.Outbox{}}, Now: time.Now}) // nobody uses its services
	s := backup.NewService(bunDB, backup.Options{
		Models: d.Models(), Folder: storage.NewFolder(os.Getenv(restoreMedia), ""), Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if os.Getenv(restoreCommand) == createCommand {
		if _, err := s.Create(context.Background(), backup.CreateOptions{Path: path}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
	a, err := backup.Open(context.Background(), path, nil)
	if err == nil {
		fmt.Fprintln(os.Stdout, "opened")
		_, err = s.Restore(context.Background(), a, backup.RestoreOptions{Replace: os.Getenv(restoreReplacing) != ""})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// restoreAndKill starts a process that restores the archive, and kills it after a while. It returns whether the process
// ended before, and what it wrote.
func restoreAndKill(t *testing.T, path, database, media string, replace bool, after time.Duration) (ended bool, output string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), restoreVariable+"="+path, restoreDatabase+"="+database, restoreMedia+"="+media)
	if replace {
		cmd.Env = append(cmd.Env, restoreReplacing+"=1")
	}
	var written strings.Builder
	cmd.Stderr = &written
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.ReadFull(out, make([]byte, len("opened"))) // or it has ended: the exit code tells
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	if err := cmd.Wait(); err != nil && cmd.ProcessState.ExitCode() > 0 {
		t.Fatalf("restore: %v: %s", err, written.String())
	}
	return cmd.ProcessState.ExitCode() == 0, written.String()
}

// TestRestore_killedAndRunAgain kills a restore again and again, without the chance to clean up, into a database without
// a schema and over one that is in use. In between the database is as before or as in the archive, and in the end it is
// as in the archive.
func TestRestore_killedAndRunAgain(t *testing.T) {
	source := on(t, dbtest.SQLite)
	addDemo(t, source, 2000)
	for i := range 20 {
		addImage(t, source, strings.Replace(imageKey, "/12-", fmt.Sprintf("/%d-", i+1), 1), fmt.Sprint("pixels", i))
	}
	path := source.mustCreate(t).Path
	for _, engine := range engines {
		t.Run(engine+"/empty", func(t *testing.T) { killRounds(t, source, path, dbtest.EmptyURL(t, engine), false) })
		t.Run(engine+"/replace", func(t *testing.T) {
			url := dbtest.NewURL(t, engine)
			addDemo(t, newSystem(t, dbtest.Open(t, url)), 30)
			killRounds(t, source, path, url, true)
		})
	}
}

func killRounds(t *testing.T, source *system, path, url string, replace bool) {
	t.Helper()
	const rounds = 12
	target := newSystem(t, dbtest.Open(t, url))
	killed := 0
	for n := 0; ; n++ {
		after := time.Duration(rand.IntN(400)) * time.Millisecond
		if n >= rounds {
			after = time.Minute
		}
		ended, _ := restoreAndKill(t, path, url, target.media, replace, after)
		if ended {
			break
		}
		killed++
		wantAllOrNothing(t, target, replace)
	}
	t.Logf("killed %d times", killed)
	wantSame(t, source, target)
	if got, want := len(files(t, target.media)), len(files(t, source.media)); got != want {
		t.Errorf("%d images, want %d", got, want)
	}
	if pending, err := migrations.Pending(t.Context(), target.db); err != nil || len(pending) > 0 {
		t.Errorf("pending = %v, %v, want none", pending, err)
	}
}

// wantAllOrNothing fails the test if a part of the archive's rows is there.
func wantAllOrNothing(t *testing.T, s *system, replace bool) {
	t.Helper()
	pending, err := migrations.Pending(t.Context(), s.db)
	if err != nil {
		t.Fatal(err)
	}
	if len(pending) > 0 {
		return // the schema is not there yet
	}
	n, err := s.db.NewSelect().Model((*inventory.Collectible)(nil)).Count(t.Context())
	before := int64(0)
	if replace {
		before = 30
	}
	if err != nil || n != before && n != 2000 {
		t.Errorf("after a kill: %d collectibles, %v, want %d or 2000", n, err, before)
	}
}
