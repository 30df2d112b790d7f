package doctor_test

import (
	"os"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/doctor"
)

func TestSQLite_logGrows(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
	file := t.TempDir() + "/shop.db"
	if err := os.WriteFile(file+"-wal", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file+"-wal", 100<<20); err != nil {
		t.Fatal(err)
	}
	wantOne(t, diagnose(t, doctor.Options{DB: bunDB, File: file}), "sqlite.W001", "the write-ahead log has 100 MB")
}

func TestSQLite_damagedIndex(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
	mustExec(t, bunDB, "INSERT INTO auth_group (name) VALUES ('staff')", "PRAGMA writable_schema = ON",
		"UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'users_user') WHERE name = 'users_usermedia'",
		"PRAGMA writable_schema = RESET")
	msgs := diagnose(t, doctor.Options{DB: bunDB})
	if len(msgs) == 0 || !strings.Contains(msgs[0].Text, "damaged") {
		t.Errorf("messages = %v", msgs)
	}
}
