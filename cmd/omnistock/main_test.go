package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

// dbtestMain lets testscript.Main run the tests through dbtest, which stops the server that they started.
type dbtestMain struct{ m *testing.M }

func (m dbtestMain) Run() int { return dbtest.Main(m.m) }

func TestMain(m *testing.M) {
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
