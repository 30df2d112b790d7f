package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// dbtestMain lets testscript.Main run the tests through dbtest, which stops the server that they started.
type dbtestMain struct{ m *testing.M }

func (m dbtestMain) Run() int {
	defer os.RemoveAll(plainDir) //nolint:errcheck // a folder of the system's temporary ones
	return dbtest.Main(m.m)
}

// noRest keeps each command that runs with the race detector from a second of sleep before it exits.
const noRest = "atexit_sleep_ms=0"

func TestMain(m *testing.M) {
	if err := os.Setenv("GORACE", noRest); err != nil {
		panic(err)
	}
	testscript.Main(dbtestMain{m}, map[string]func(){"omnistock": watchedMain, "omnistock-itself": main})
}

// TestScripts types the command lines of testdata/script. Scripts in sqlite run on SQLite, those in postgres on
// PostgreSQL, those in both on each.
func TestScripts(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		for _, dir := range []string{"both", engine} {
			t.Run(engine+"/"+dir, func(t *testing.T) {
				dbtest.EmptyURL(t, engine) // without a server this test fails here, rather than a script for no reason
				testscript.Run(t, testscript.Params{
					Dir: "testdata/script/" + dir, ContinueOnError: true,
					Setup: func(env *testscript.Env) error { return setUp(t, env, engine) },
					Cmds: map[string]func(*testscript.TestScript, bool, []string){
						"serve": startServer, "port": setPort, "http": sendRequest, "mode": checkMode, "kill_at": killAt,
						"django": makeDjangoDatabase, "sql": runSQL,
						"await": awaitFile,
					},
				})
			})
		}
	}
}

// TestScripts_leaveNothingOutInCI: elsewhere a script may leave out what needs a program that is not installed.
func TestScripts_leaveNothingOutInCI(t *testing.T) {
	if os.Getenv("CI") == "" {
		return
	}
	scripts, err := filepath.Glob("testdata/script/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, condition := range regexp.MustCompile(`\[!?exec:(\w+)\]`).FindAllSubmatch(text, -1) {
			if _, err := exec.LookPath(string(condition[1])); err != nil {
				t.Errorf("%s: %v", script, err)
			}
		}
	}
}

// scriptSecret signs the tokens of scripts on PostgreSQL.
const scriptSecret = "script-secret-0123456789-abcdefghijklmnopqrstuvwxyz"

func setUp(t *testing.T, env *testscript.Env, engine string) error {
	t.Helper()
	watch(t, env)
	env.Setenv("OMNISTOCK_DATA_DIR", env.WorkDir+"/data")
	env.Setenv("OMNISTOCK_PASSWORD_ITERATIONS", "100000")
	env.Setenv("GORACE", noRest)
	if engine == dbtest.Postgres {
		env.Setenv("DATABASE_URL", dbtest.EmptyURL(t, dbtest.Postgres))
		env.Setenv("DJANGO_SECRET_KEY", scriptSecret)
		env.Setenv("EMAIL_BACKEND", "console")
	}
	return nil
}

func TestRun_wrongSettingsAreAllNamed(t *testing.T) {
	var out, errOut bytes.Buffer
	env := map[string]string{
		"DEBUG": "perhaps", "PORT": "99999", "OMNISTOCK_ENV_FILE": os.DevNull,
		"DATABASE_URL": "postgres://shop:hunter2-secret@db.example:port/shop",
	}
	code := run(t.Context(), []string{"migrate"}, func(name string) string { return env[name] }, strings.NewReader(""), &out, &errOut)
	if code != exitError {
		t.Errorf("exit code = %d, want %d", code, exitError)
	}
	for _, want := range []string{"DEBUG", "PORT", "DATABASE_URL"} {
		if !strings.Contains(errOut.String(), want) {
			t.Errorf("the error does not name %s:\n%s", want, errOut.String())
		}
	}
	if strings.Contains(errOut.String()+out.String(), "hunter2") {
		t.Errorf("the error shows the password:\n%s", errOut.String())
	}
}

func TestRun_helpNeedsNothing(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"check", "--list-tags"}, {"openapi"}, {"version", "--json"}} {
		dir := t.TempDir()
		env := map[string]string{"DEBUG": "perhaps", "OMNISTOCK_DATA_DIR": dir + "/data", "OMNISTOCK_ENV_FILE": os.DevNull}
		var out, errOut bytes.Buffer
		code := run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, &errOut)
		if code != exitGood || errOut.Len() > 0 || out.Len() == 0 {
			t.Errorf("%q: exit code %d, %d bytes, errors %q", args, code, out.Len(), errOut.String())
		}
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			t.Errorf("%q made %v", args, entries)
		}
	}
}
