package adoption

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

func selectServer(ctx context.Context, idb bun.IDB) (s Server, err error) {
	err = idb.NewRaw(`SELECT current_database() AS database, coalesce(current_schema(), '') AS schema, current_user AS role,
		split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('server_version_num')::int AS number,
		pg_database_size(current_database()) AS bytes, pg_encoding_to_char(encoding) AS encoding, datctype AS ctype,
		pg_is_in_recovery() AS replica, current_setting('default_transaction_read_only') = 'on' AS read_only,
		current_setting('statement_timeout') AS statement_timeout,
		coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create
		FROM pg_database WHERE datname = current_database()`).Scan(ctx, &s)
	return s, err
}

// trigrams is what the server knows of pg_trgm.
type trigrams struct {
	Installed bool   `bun:"installed"`
	Usable    bool   `bun:"usable"` // by its name alone
	Schema    string `bun:"schema"`
	Available bool   `bun:"available"`
	MayCreate bool   `bun:"may_create"`
}

// selectTrigrams knows that whoever may create in a database may make extensions that count as trusted.
func selectTrigrams(ctx context.Context, idb bun.IDB) (t trigrams, err error) {
	err = idb.NewRaw(`SELECT e.oid IS NOT NULL AS installed, coalesce(e.extnamespace::regnamespace::text, '') AS schema,
		EXISTS (SELECT 1 FROM pg_opclass WHERE opcname = 'gin_trgm_ops' AND pg_opclass_is_visible(oid)) AS usable,
		a.name IS NOT NULL AS available,
		(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
			OR coalesce((to_jsonb(v) ->> 'trusted')::boolean, false) AND has_database_privilege(current_database(), 'CREATE') AS may_create
		FROM (VALUES ('pg_trgm')) AS wanted (name)
		LEFT JOIN pg_extension e ON e.extname = wanted.name
		LEFT JOIN pg_available_extensions a ON a.name = wanted.name
		LEFT JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version`).Scan(ctx, &t)
	return t, err
}

const (
	// foreignTables are those that only their owner may change.
	foreignTables = `SELECT format('%s of %s', relname, pg_get_userbyid(relowner)) FROM pg_class
		WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
		AND (relname ~ '^(users|collectibles|auth|token_blacklist)_' OR relname IN ('django_admin_log', 'django_content_type', 'django_migrations'))
		AND NOT pg_has_role(relowner, 'USAGE') ORDER BY 1`

	// unseenTables are those of which this role does not see all rows.
	unseenTables = `SELECT format('%s%s', relname, CASE WHEN row_security_active(oid) THEN ' (row level security)' END) FROM pg_class
		WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
		AND (NOT has_table_privilege(oid, 'SELECT') OR row_security_active(oid)) ORDER BY 1`

	// otherGrants are rights on tables that somebody else than their owner has.
	otherGrants = `SELECT format('%s: %s on %s', CASE WHEN grantee = 0 THEN 'everybody' ELSE pg_get_userbyid(grantee) END,
			string_agg(DISTINCT privilege_type, ', '), relname)
		FROM pg_class, aclexplode(relacl) WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND grantee <> relowner
		GROUP BY grantee, relname ORDER BY 1`
)

func selectLines(ctx context.Context, idb bun.IDB, query string) (lines []string, err error) {
	err = idb.NewRaw(query).Scan(ctx, &lines)
	return lines, err
}

// selectDependents returns a line for each view, policy, trigger and function that was made with one of the columns.
func selectDependents(ctx context.Context, idb bun.IDB, columns []string) (lines []string, err error) {
	err = idb.NewRaw(`SELECT DISTINCT format('%s uses %s.%s', CASE WHEN v.oid IS NULL THEN pg_describe_object(d.classid, d.objid, 0)
			WHEN v.relkind = 'm' THEN 'materialized view ' || v.relname ELSE 'view ' || v.relname END, t.relname, a.attname) AS line
		FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
		LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid LEFT JOIN pg_class v ON v.oid = r.ev_class
		WHERE d.refclassid = 'pg_class'::regclass AND d.deptype = 'n' AND t.relnamespace = current_schema()::regnamespace
		AND d.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass, 'pg_proc'::regclass)
		AND t.relname || '.' || a.attname IN (?) ORDER BY 1`, bun.List(columns)).Scan(ctx, &lines)
	return lines, err
}

// selectTriggers returns a line for each trigger of the tables that is switched on.
func selectTriggers(ctx context.Context, idb bun.IDB, tables []string) (lines []string, err error) {
	err = idb.NewRaw(`SELECT format('trigger %s on %s, which calls %s', tgname, relname, tgfoid::regproc) AS line
		FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
		WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace AND relname IN (?)
		ORDER BY 1`, bun.List(tables)).Scan(ctx, &lines)
	return lines, err
}

// selectSessions returns what else is connected to the database, in groups. A prepared transaction has no connection.
func selectSessions(ctx context.Context, idb bun.IDB) (all []Session, err error) {
	err = idb.NewRaw(`WITH held AS (
			SELECT pid, count(*) AS locks FROM pg_locks WHERE granted AND relation IN (
				SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY pid
		)
		SELECT coalesce(nullif(application_name, ''), 'a program without a name') AS application, coalesce(usename, '') AS role,
			count(*) AS connections, count(xact_start) AS in_transaction, coalesce(sum(held.locks), 0)::bigint AS locks,
			coalesce(extract(epoch FROM clock_timestamp() - min(xact_start)), 0)::bigint AS oldest_seconds
		FROM pg_stat_activity LEFT JOIN held USING (pid)
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' GROUP BY 1, 2
		UNION ALL
		SELECT 'prepared transaction ' || gid, owner, 0, 1, coalesce((SELECT sum(locks) FROM held WHERE pid IS NULL), 0)::bigint,
			extract(epoch FROM clock_timestamp() - prepared)::bigint FROM pg_prepared_xacts WHERE database = current_database()
		ORDER BY 1, 2`).Scan(ctx, &all)
	return all, err
}

// selectSequences leaves out the sequences that the role may not look at.
func selectSequences(ctx context.Context, idb bun.IDB) (all []sequence, err error) {
	var found []struct {
		sequence
		Column string `bun:"column"`
	}
	err = idb.NewRaw(`SELECT t.relname AS table, a.attname AS column,
			CASE WHEN s.relkind = 'S' THEN pg_sequence_last_value(s.oid) END AS last
		FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_class t ON t.oid = d.refobjid
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
		WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
		AND t.relnamespace = current_schema()::regnamespace AND CASE WHEN s.relkind = 'S' THEN has_sequence_privilege(s.oid, 'USAGE, SELECT') END
		AND has_table_privilege(t.oid, 'SELECT') ORDER BY 1, 2`).Scan(ctx, &found)
	if err != nil {
		return nil, fmt.Errorf("look for sequences: %w", err)
	}
	for _, s := range found {
		err := idb.NewRaw("SELECT max(?) FROM ?", bun.Ident(s.Column), bun.Ident(s.Table)).Scan(ctx, &s.Max)
		if err != nil {
			return nil, fmt.Errorf("largest id of %s: %w", s.Table, err)
		}
		all = append(all, s.sequence)
	}
	return all, nil
}
