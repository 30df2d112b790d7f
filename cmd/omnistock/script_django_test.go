package main

import (
	"cmp"
	"context"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// djangoFiles are schemas and data of the databases that Django made.
var djangoFiles = map[string][]string{
	"current": {"../../migrations/testdata/django_schema.sql", "../../pkg/adoption/testdata/current_data.sql"},
	"older":   {"../../pkg/adoption/testdata/older_schema.sql", "../../pkg/adoption/testdata/older_data.sql"},
}

// makeDjangoDatabase is "django current|older": it makes the database of the script one that Django made.
func makeDjangoDatabase(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 || djangoFiles[args[0]] == nil {
		ts.Fatalf("usage: django current|older")
	}
	text := []string{"DROP SCHEMA public CASCADE; CREATE SCHEMA public"}
	for _, name := range djangoFiles[args[0]] {
		content, err := os.ReadFile(name)
		ts.Check(err)
		text = append(text, string(content))
	}
	for _, part := range text {
		runSQL(ts, false, []string{part})
	}
}

// runSQL is "sql STATEMENTS": it runs them on the database of the script. On SQLite foreign keys may be switched off.
func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	bunDB, err := db.Open(cmp.Or(ts.Getenv("DATABASE_URL"), "sqlite://"+ts.Getenv("OMNISTOCK_DATA_DIR")+"/omnistock.db"))
	ts.Check(err)
	defer func() { ts.Check(bunDB.Close()) }()
	_, err = bunDB.ExecContext(context.Background(), strings.Join(args, " "))
	ts.Check(err)
}
