package doctor

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
)

// partsOf finds the indexes, constraints and triggers of a schema, as migrations/schema.*.sql write them.
var partsOf = map[bool]string{
	true: `
SELECT 'index' AS kind, t.relname AS "table", i.relname AS name,
	regexp_replace(pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\1') AS definition,
	CASE WHEN indisvalid THEN '' ELSE 'not valid' END AS broken
FROM pg_index JOIN pg_class t ON t.oid = indrelid JOIN pg_class i ON i.oid = indexrelid
WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'constraint', relname, conname, replace(pg_get_constraintdef(c.oid), ' NOT VALID', ''),
	CASE WHEN convalidated THEN '' ELSE 'not validated' END
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
ORDER BY 1, 2, 3`,
	false: `
SELECT type AS kind, tbl_name AS "table", name, '' AS definition, '' AS broken FROM sqlite_schema
WHERE type IN ('index', 'trigger') ORDER BY 1, 2, 3`,
}

func selectParts(ctx context.Context, idb bun.IDB) (parts []part, err error) {
	err = idb.NewRaw(partsOf[db.IsPostgres(idb)]).Scan(ctx, &parts)
	return parts, err
}
