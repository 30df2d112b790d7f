package migrations_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// folder is a set of steps, given as name and SQL in turn.
func folder(namesAndSQL ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for pair := range slices.Chunk(namesAndSQL, 2) {
		fsys[pair[0]+".tx.up.sql"] = &fstest.MapFile{Data: []byte(pair[1])}
	}
	return fsys
}

// tables returns the tables of the database, but for the engine's own.
func tables(t *testing.T, bunDB *bun.DB) []string {
	t.Helper()
	if db.IsPostgres(bunDB) {
		return lines(t, bunDB, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
	}
	return lines(t, bunDB, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
}

func TestUp_emptyDatabase(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		var reported []string
		applied, err := migrations.Up(t.Context(), bunDB, migrations.Options{Report: func(step string) { reported = append(reported, step) }})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(applied, reported); diff != "" || applied[0] != "20261122000001_v1_schema" {
			t.Errorf("applied %v, reported (-applied +reported):\n%s", applied, diff)
		}
	})
}

func TestUp_stopsAtTheStep(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		steps, err := migrations.Status(t.Context(), bunDB)
		if err != nil {
			t.Fatal(err)
		}
		applied, err := migrations.Up(t.Context(), bunDB, migrations.Options{To: steps[1].Name})
		if diff := cmp.Diff([]string{steps[0].Name, steps[1].Name}, applied); diff != "" || err != nil {
			t.Errorf("applied, %v (-want +got):\n%s", err, diff)
		}
		pending, err := migrations.Pending(t.Context(), bunDB)
		if err != nil || len(pending) != len(steps)-2 {
			t.Errorf("pending = %v, %v, want all behind", pending, err)
		}
	})
}

func TestUp_nothingToDo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		applied, err := migrations.Up(t.Context(), bunDB, migrations.Options{})
		if err != nil || len(applied) > 0 {
			t.Errorf("applied = %v, %v, want none", applied, err)
		}
	})
}

func TestUp_severalAtOnce(t *testing.T) {
	fsys := folder("1_a", "CREATE TABLE a ({{.ID}});", "2_b", "CREATE TABLE b ({{.ID}});", "3_c", "CREATE TABLE c ({{.ID}});")
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			url := dbtest.EmptyURL(t, engine)
			var mutex sync.Mutex
			var all []string
			var group sync.WaitGroup
			for range 4 {
				bunDB := dbtest.Open(t, url) // as another program would
				group.Go(func() {
					applied, err := migrations.UpFrom(t.Context(), bunDB, fsys, migrations.Options{})
					if err != nil {
						t.Error(err)
					}
					mutex.Lock()
					all = append(all, applied...)
					mutex.Unlock()
				})
			}
			group.Wait()
			if diff := cmp.Diff([]string{"1_a", "2_b", "3_c"}, slices.Sorted(slices.Values(all))); diff != "" {
				t.Errorf("applied (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUp_failingStep(t *testing.T) {
	broken := folder("1_a", "CREATE TABLE a ({{.ID}});",
		"2_b", "CREATE TABLE b ({{.ID}}); CREATE TABLE c (x nonsense(;",
		"3_d", "CREATE TABLE d ({{.ID}});")
	repaired := folder("1_a", "CREATE TABLE a ({{.ID}});", "2_b", "CREATE TABLE b ({{.ID}});")
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		applied, err := migrations.UpFrom(t.Context(), bunDB, broken, migrations.Options{})
		if err == nil || !strings.Contains(err.Error(), "2_b") {
			t.Errorf("error = %v, want one that names the step", err)
		}
		if diff := cmp.Diff([]string{"1_a"}, applied); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"a", migrations.HistoryTable}, tables(t, bunDB)); diff != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
		applied, err = migrations.UpFrom(t.Context(), bunDB, repaired, migrations.Options{})
		if diff := cmp.Diff([]string{"2_b"}, applied); err != nil || diff != "" {
			t.Errorf("applied after the repair: %v (-want +got):\n%s", err, diff)
		}
	})
}

func TestUp_databaseOfDjango(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, "CREATE TABLE users_user (id integer)")
		mustExec(t, bunDB, "CREATE TABLE django_migrations (id integer)")
		_, err := migrations.Up(t.Context(), bunDB, migrations.Options{})
		if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "django_migrations, users_user") {
			t.Errorf("error = %v, want a conflict that names the tables", err)
		}
		if diff := cmp.Diff([]string{"django_migrations", "users_user"}, tables(t, bunDB)); diff != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
	})
}

func TestUp_databaseOfNewerVersion(t *testing.T) {
	newer := folder("1_a", "CREATE TABLE a ({{.ID}});", "2_b", "CREATE TABLE b ({{.ID}});")
	older := folder("1_a", "CREATE TABLE a ({{.ID}});")
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		if _, err := migrations.UpFrom(t.Context(), bunDB, newer, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		_, err := migrations.UpFrom(t.Context(), bunDB, older, migrations.Options{})
		if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "2_b") {
			t.Errorf("error = %v, want a conflict that names the step", err)
		}
	})
}

func TestUp_waitsForAnotherProgram(t *testing.T) {
	url := dbtest.EmptyURL(t, dbtest.Postgres)
	inStep, ended := make(chan struct{}), make(chan error)
	slow := folder("1_slow", "SELECT pg_sleep(1);", "2_a", "CREATE TABLE a ({{.ID}});")
	other := dbtest.Open(t, url)
	bunDB := dbtest.Open(t, url)
	go func() {
		_, err := migrations.UpFrom(t.Context(), other, slow, migrations.Options{Report: func(step string) {
			if step == "1_slow" {
				close(inStep)
				time.Sleep(300 * time.Millisecond)
			}
		}})
		ended <- err
	}()
	<-inStep
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	if _, err := migrations.UpFrom(ctx, bunDB, slow, migrations.Options{}); err == nil {
		t.Error("no error, want the end of patience")
	}
	applied, err := migrations.UpFrom(t.Context(), bunDB, slow, migrations.Options{})
	if err != nil || len(applied) > 0 {
		t.Errorf("applied = %v, %v, want none", applied, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
