package adoption

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// A fragileColumn can hold what the program cannot read: a number that is none, a day that no calendar has.
type fragileColumn struct {
	Table  string `bun:"table"`
	Column string `bun:"column"`
	Number bool   `bun:"number"` // else a day or a moment
}

func selectFragileColumns(ctx context.Context, idb bun.IDB) (byTable map[string][]fragileColumn, err error) {
	var all []fragileColumn
	err = idb.NewRaw(`SELECT relname AS table, attname AS column, atttypid = 'numeric'::regtype AS number
		FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
		WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
		AND atttypid IN ('numeric'::regtype, 'date'::regtype, 'timestamptz'::regtype) ORDER BY 1, attnum`).Scan(ctx, &all)
	byTable = map[string][]fragileColumn{}
	for _, column := range all {
		byTable[column.Table] = append(byTable[column.Table], column)
	}
	return byTable, err
}

// countTable counts the rows of a table, and returns a line for each column that holds what cannot be read. It goes
// through the table once.
func countTable(ctx context.Context, idb bun.IDB, table string, columns []fragileColumn) (rows int64, cases []string, err error) {
	counts := []string{"count(*)"}
	args := []any{}
	for _, c := range columns {
		where := "? = 'NaN'"
		if !c.Number {
			where = "? NOT BETWEEN '0001-01-01' AND '9999-12-31'"
		}
		counts = append(counts, "count(*) FILTER (WHERE "+where+")")
		args = append(args, bun.Ident(c.Column))
	}
	var found []int64
	query := fmt.Sprintf("SELECT unnest(ARRAY[%s]) FROM ?", strings.Join(counts, ", "))
	if err := idb.NewRaw(query, append(args, bun.Ident(table))...).Scan(ctx, &found); err != nil {
		return 0, nil, fmt.Errorf("count %s: %w", table, err)
	}
	for i, c := range columns {
		if n := found[i+1]; n > 0 {
			cases = append(cases, fmt.Sprintf("%s.%s: %d", table, c.Column, n))
		}
	}
	return found[0], cases, nil
}

// words are what the states call differently in the questions.
var words = map[State]*strings.Replacer{
	Older: strings.NewReplacer("{users}", "auth_user", "{price}", "current_price", "{members}",
		`(SELECT 0::bigint AS user_id, 0::bigint AS vendor_id, '' AS role, false AS is_active WHERE false)`),
	Current: currentWords,
	Own:     currentWords,
}

var currentWords = strings.NewReplacer("{users}", "users_user", "{price}", "price", "{members}", "collectibles_vendormember")

func selectTotals(ctx context.Context, idb bun.IDB, state State) (Totals, error) {
	if state == Older {
		return selectOlderTotals(ctx, idb)
	}
	return selectCurrentTotals(ctx, idb)
}

// selectCases returns the first lines that a question gives, and how many there are.
func selectCases(ctx context.Context, idb bun.IDB, state State, query string) (lines []string, count int64, err error) {
	var found []struct {
		Line  string `bun:"line"`
		Count int64  `bun:"count"`
	}
	err = idb.NewRaw("SELECT line, count(*) OVER () AS count FROM ("+words[state].Replace(query)+") AS cases LIMIT "+
		fmt.Sprint(maxCases)).Scan(ctx, &found)
	if err != nil || len(found) == 0 {
		return nil, 0, err
	}
	for _, f := range found {
		lines = append(lines, f.Line)
	}
	return lines, found[0].Count, nil
}

// eachHash calls fn with the accounts and their encoded passwords, as they come.
func eachHash(ctx context.Context, idb bun.IDB, state State, fn func(id int64, username, encoded string)) error {
	rows, err := idb.QueryContext(ctx, words[state].Replace("SELECT id, username, password FROM {users} ORDER BY id"))
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var id int64
		var username, encoded string
		if err := rows.Scan(&id, &username, &encoded); err != nil {
			return err
		}
		fn(id, username, encoded)
	}
	return rows.Err()
}

// eachExternalIDs calls fn with the text in which card details name their ids in other catalogues.
func eachExternalIDs(ctx context.Context, idb bun.IDB, fn func(item int64, text string)) error {
	rows, err := idb.QueryContext(ctx, "SELECT collectible_id, external_ids FROM collectibles_carddetails WHERE external_ids <> '' ORDER BY 1")
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		var item int64
		var text string
		if err := rows.Scan(&item, &text); err != nil {
			return err
		}
		fn(item, text)
	}
	return rows.Err()
}
