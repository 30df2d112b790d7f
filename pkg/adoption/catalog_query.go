package adoption

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// What the two states look like, in the lines of catalogQuery. A test writes both.
//
//go:embed current_catalog.txt
var currentCatalog string

//go:embed older_catalog.txt
var olderCatalog string

// catalogQuery gives a line for each fact about the tables of PostgreSQL's current schema: what it is about, a tab, and
// what it is. Names of constraints and indexes do not count, and neither does the order of columns. A column that counts
// itself is "counted", whether it is an identity or has the default of a serial.
const catalogQuery = `
WITH t AS (
	SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
)
SELECT line FROM (
	SELECT concat('table ', relname, E'\tthere') AS line FROM t
	UNION ALL
	SELECT concat('column ', relname, '.', attname, E'\t', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' not null' END,
		CASE WHEN attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE 'nextval(%' THEN ' counted'
			ELSE ' default ' || pg_get_expr(adbin, adrelid) END)
	FROM t JOIN pg_attribute ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
	WHERE attnum > 0 AND NOT attisdropped
	UNION ALL
	SELECT concat('constraint ', relname, ' ', regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', ''), E'\t', CASE WHEN convalidated THEN 'valid' ELSE 'not valid' END)
	FROM t JOIN pg_constraint c ON conrelid = t.oid WHERE contype IN ('p', 'u', 'f', 'c')
	UNION ALL
	SELECT concat('index ', t.relname, ' ', regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\1'), E'\t',
		CASE WHEN indisvalid THEN 'valid' ELSE 'not valid' END)
	FROM t JOIN pg_index ON indrelid = t.oid JOIN pg_class i ON i.oid = indexrelid
	WHERE i.relname NOT LIKE 'omnistock\_%' AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE conindid <> 0)
) facts ORDER BY line COLLATE "C"`

// readCatalog returns the facts about the tables of a PostgreSQL database, by subject.
func readCatalog(ctx context.Context, idb bun.IDB) (map[string]string, error) {
	var lines []string
	if err := idb.NewRaw(catalogQuery).Scan(ctx, &lines); err != nil {
		return nil, fmt.Errorf("read the catalog: %w", err)
	}
	return facts(lines), nil
}

func facts(lines []string) map[string]string {
	found := map[string]string{}
	for _, line := range lines {
		subject, fact, _ := strings.Cut(line, "\t")
		found[subject] = fact
	}
	return found
}
