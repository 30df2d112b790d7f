package migrations_test

import (
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/uptrace/bun"
)

// sample has a column of each word.
var sample = folder("1_sample", `CREATE TABLE sample (
    {{.ID}}, {{.Varchar "v" 3}}, {{.Bool "b"}}, {{.Integer "i"}}, {{.Small "s"}}, {{.Decimal "d" 4 2}}, {{.Date "day"}}, {{.Time "t"}},
    {{.JSON "j"}}
);`)

func TestWords_takeTheSameOnBothEngines(t *testing.T) {
	dbtest.EachEmpty(t, func(t *testing.T, bunDB *bun.DB) {
		if _, err := migrations.UpFrom(t.Context(), bunDB, sample, migrations.Options{}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			column string
			value  any
			taken  bool
		}{
			{"v", "äöü", true},
			{"v", "abcd", false},
			{"v", nil, true},
			{"b", true, true},
			{"b", bun.Safe("'maybe'"), false},
			{"b", nil, true},
			{"i", -2147483648, true},
			{"i", 2147483648, false},
			{"i", "one", false},
			{"i", nil, true},
			{"s", -32768, true},
			{"s", 32768, false},
			{"s", nil, true},
			{"d", core.Money(9999), true},
			{"d", core.Money(-9999), true},
			{"d", core.Money(10000), false},
			{"d", "x", false},
			{"d", nil, true},
			{"day", "2026-02-28", true},
			{"day", "2026-02-30", false},
			{"day", nil, true},
			{"t", bun.Safe("'2026-11-22 10:00:00.123456+00:00'"), true},
			{"t", "once upon a time", false},
			{"t", nil, true},
			{"j", `{"a": [1]}`, true},
			{"j", `{"a":`, false},
			{"j", nil, true},
		} {
			_, err := bunDB.ExecContext(t.Context(), "INSERT INTO sample (?) VALUES (?)", bun.Ident(c.column), c.value)
			if (err == nil) != c.taken {
				t.Errorf("%s = %v: error = %v, want taken = %t", c.column, c.value, err, c.taken)
			}
		}
	})
}

// TestID_countsOn checks that the number of a deleted row is not given to another one, to which old links would lead.
func TestID_countsOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, bunDB *bun.DB) {
		mustExec(t, bunDB, "INSERT INTO auth_group (name) VALUES ('a')")
		mustExec(t, bunDB, "DELETE FROM auth_group")
		mustExec(t, bunDB, "INSERT INTO auth_group (name) VALUES ('b')")
		if got := strings.Join(lines(t, bunDB, "SELECT CAST(id AS text) FROM auth_group"), ","); got != "2" {
			t.Errorf("id = %s, want 2", got)
		}
	})
}

// TestDecimal_noFloatOnSQLite keeps out what SQLite would take for a number, and add up wrongly.
func TestDecimal_noFloatOnSQLite(t *testing.T) {
	bunDB := dbtest.Open(t, dbtest.EmptyURL(t, dbtest.SQLite))
	if _, err := migrations.UpFrom(t.Context(), bunDB, sample, migrations.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"12.3", "'12.3'", "x'31'"} {
		if _, err := bunDB.ExecContext(t.Context(), "INSERT INTO sample (d) VALUES ("+value+")"); err == nil {
			t.Errorf("%s was taken", value)
		}
	}
}
