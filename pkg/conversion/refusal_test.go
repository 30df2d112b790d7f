package conversion_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"github.com/omni-stock/omnistock/pkg/conversion"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// checkRefused fails the test unless the conversion is refused and the target's tables stay as they are.
func checkRefused(t *testing.T, source, target *bun.DB, want string) {
	t.Helper()
	before := tables(t, target)
	_, err := convert(t.Context(), t, source, target, nothing)
	if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), want) {
		t.Errorf("error = %v, want a conflict with %q", err, want)
	}
	if diff := cmp.Diff(before, tables(t, target)); diff != "" {
		t.Errorf("tables of the target (-before +after):\n%s", diff)
	}
}

func TestConvert_refusesATargetWithRows(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		mustExec(t, target, `CREATE TABLE till (id integer)`, `INSERT INTO till VALUES (1)`)
		checkRefused(t, source, target, "the target is not empty: it has rows in till")
	})
}

func TestConvert_takesAMigratedTarget(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		source, target := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite)), dbtest.Open(t, dbtest.NewURL(t, engine))
		fill(t, source)
		mustConvert(t, source, target)
		checkSame(t, source, target)
		checkRefused(t, source, target, "the target is not empty")
	}
}

func TestConvert_refusesTheRowsOfAnotherSource(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		interrupt(t, source, target, lastTable)
		engine := dbtest.SQLite
		if source.Dialect().Name() == dialect.PG {
			engine = dbtest.Postgres
		}
		other := dbtest.Open(t, dbtest.NewURL(t, engine))
		checkRefused(t, other, target, "the target holds an unfinished conversion of another database, the shop")
	})
}

func TestConvert_refusesAnUnfinishedSource(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		interrupt(t, source, target, lastTable)
		checkRefused(t, target, dbtest.Open(t, dbtest.EmptyURL(t, dbtest.SQLite)), "a conversion that is not finished")
		err := conversion.CheckFinished(t.Context(), target)
		if core.KindOf(err) != core.Conflict || !strings.Contains(err.Error(), "an unfinished copy of the shop") {
			t.Errorf("unfinished: error = %v", err)
		}
		mustConvert(t, source, target)
		if err := conversion.CheckFinished(t.Context(), target); err != nil {
			t.Errorf("finished: error = %v", err)
		}
	})
}

func TestConvert_refusesItself(t *testing.T) {
	for _, engine := range []string{dbtest.SQLite, dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			url := dbtest.NewURL(t, engine)
			other := strings.Replace(strings.Replace(url, "sqlite:///", "sqlite:////.//", 1), "sslmode=disable", "sslmode=prefer", 1)
			checkRefused(t, dbtest.Open(t, url), dbtest.Open(t, other), "source and target are the same database")
		})
	}
}

func TestConvert_refusesASourceThatIsNotMigrated(t *testing.T) {
	each(t, func(t *testing.T, source, target *bun.DB) {
		checkRefused(t, target, source, "the source lacks the migration 2026")
		mustExec(t, source, `INSERT INTO omnistock_migrations (name, group_id, migrated_at) VALUES ('29990101000000_far', 9, '2026-11-22 20:11:30+00:00')`)
		checkRefused(t, source, target, "newer version of omnistock, which knows 29990101000000_far")
	})
}

func TestConvert_refusesATargetOfANewerVersion(t *testing.T) {
	each(t, func(t *testing.T, _, target *bun.DB) {
		source := dbtest.Open(t, dbtest.NewURL(t, dbtest.SQLite))
		interrupt(t, source, target, lastTable)
		mustExec(t, target, `INSERT INTO omnistock_migrations (name, group_id, migrated_at) VALUES ('29990101000000_far', 9, '2026-11-22 20:11:30+00:00')`)
		checkRefused(t, source, target, "newer version of omnistock")
	})
}

// A badValue is one that the other engine cannot hold. It stands in the row 900 of a collectible, behind a batch of good
// ones.
type badValue struct{ name, change, want, mend string }

func checkBadValues(t *testing.T, ends func(t *testing.T) (source, target *bun.DB), tests []badValue) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			source, target := ends(t)
			fill(t, source)
			mustExec(t, source, slices.Concat([]string{collectible(900, "S-900"), cardOf(900)}, strings.Split(test.change, ";"))...)
			_, err := convert(t.Context(), t, source, target, nothing)
			if core.KindOf(err) != core.Invalid || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "continues it") {
				t.Errorf("error = %v, want %q", err, test.want)
			}
			mustExec(t, source, strings.Split(test.mend, ";")...)
			mustConvert(t, source, target)
			checkSame(t, source, target)
		})
	}
}

func TestConvert_valuesThatPostgresCannotHold(t *testing.T) {
	const mendName = `UPDATE collectibles_collectible SET name = 'mended' WHERE id = 900`
	const mendCard = `UPDATE collectibles_carddetails SET created_at = '2026-11-22 20:11:30+00:00', release_date = NULL WHERE id = 900`
	const mendStore = `UPDATE collectibles_store SET metadata = '{}' WHERE id = 32`
	checkBadValues(t, toPostgres, []badValue{
		{
			"nullCharacter", `UPDATE collectibles_collectible SET name = 'a' || char(0) || 'b' WHERE id = 900`,
			"collectibles_collectible, row 900: name holds a null character", mendName,
		},
		{
			"notUnicode", `UPDATE collectibles_collectible SET name = CAST(x'41ff42' AS text) WHERE id = 900`,
			"collectibles_collectible, row 900: name is not valid Unicode", mendName,
		},
		{
			"timeThatIsNone", `UPDATE collectibles_carddetails SET created_at = '2026-13-41 20:11:30+00:00' WHERE id = 900`,
			"collectibles_carddetails, row 900: created_at cannot be read", mendCard,
		},
		{
			"yearZero", `UPDATE collectibles_carddetails SET release_date = '0000-01-01' WHERE id = 900`,
			"collectibles_carddetails, row 900: release_date is not in the years from 1 to 9999", mendCard,
		},
		{
			"nullCharacterInADocument", `UPDATE collectibles_store SET metadata = '{"a": ["\u0000"]}' WHERE id = 32`,
			"collectibles_store, row 32: metadata holds a null character", mendStore,
		},
		{
			"halfACharacterInADocument", `UPDATE collectibles_store SET metadata = '{"\ud834": 1}' WHERE id = 32`,
			"collectibles_store, row 32: metadata is not valid Unicode", mendStore,
		},
		{
			"numberBeyondAllReason", `UPDATE collectibles_store SET metadata = '{"a": 1e999999}' WHERE id = 32`,
			"collectibles_store, row 32: ", mendStore,
		},
		{
			"idBeyond32Bits", `INSERT INTO auth_group (id, name) VALUES (3000000000, 'far')`,
			"auth_group, row 3000000000: ERROR: integer out of range",
			`DELETE FROM auth_group WHERE id = 3000000000;UPDATE sqlite_sequence SET seq = 7 WHERE name = 'auth_group'`,
		},
		{
			"textWhereANumberBelongs", `PRAGMA foreign_keys = off;UPDATE collectibles_collectible SET user_id = 'ann' WHERE id = 900;PRAGMA foreign_keys = on`,
			"collectibles_collectible, row 900: user_id cannot be read", `UPDATE collectibles_collectible SET user_id = NULL WHERE id = 900`,
		},
		{
			"referenceToNothing", `PRAGMA foreign_keys = off;UPDATE collectibles_collectible SET user_id = 4711 WHERE id = 900;PRAGMA foreign_keys = on`,
			`collectibles_collectible, row 900: `, `UPDATE collectibles_collectible SET user_id = NULL WHERE id = 900`,
		},
		{
			"idZero", `INSERT INTO auth_group (id, name) VALUES (0, 'zero')`,
			"auth_group, row 0: id is 0, which is no primary key", `DELETE FROM auth_group WHERE id = 0`,
		},
	})
}

func TestConvert_valuesThatSQLiteCannotHold(t *testing.T) {
	const mend = `UPDATE collectibles_carddetails SET created_at = '2026-11-22 20:11:30+00:00', release_date = NULL, psa_grade = NULL WHERE id = 900`
	checkBadValues(t, toSQLite, []badValue{
		{
			"endOfTime", `UPDATE collectibles_carddetails SET created_at = 'infinity' WHERE id = 900`,
			"collectibles_carddetails, row 900: created_at cannot be read", mend,
		},
		{
			"year10000", `UPDATE collectibles_carddetails SET created_at = '10000-01-01 00:00:00+00' WHERE id = 900`,
			"collectibles_carddetails, row 900: created_at is not in the years from 1 to 9999", mend,
		},
		{
			"beforeChrist", `UPDATE collectibles_carddetails SET created_at = '0044-03-15 12:00:00+00 BC' WHERE id = 900`,
			"collectibles_carddetails, row 900: created_at is not in the years from 1 to 9999", mend,
		},
		{
			"dateInTheYear10000", `UPDATE collectibles_carddetails SET release_date = '10000-01-01' WHERE id = 900`,
			"collectibles_carddetails, row 900: release_date is not in the years from 1 to 9999", mend,
		},
		{
			"notANumber", `UPDATE collectibles_carddetails SET psa_grade = 'NaN' WHERE id = 900`,
			"collectibles_carddetails, row 900: psa_grade cannot be read", mend,
		},
	})
}
