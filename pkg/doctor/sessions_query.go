package doctor

import (
	"context"
	"time"

	"github.com/uptrace/bun"
)

// connectionUse counts connections to a server.
type connectionUse struct {
	Allowed int // to users without privileges
	Used    int // by clients
	Others  int // of these, by other programs than omnistock
}

func selectConnectionUse(ctx context.Context, idb bun.IDB) (c connectionUse, err error) {
	err = idb.NewRaw(`SELECT count(*) AS used, count(*) FILTER (WHERE application_name <> 'omnistock') AS others,
		current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS allowed
		FROM pg_stat_activity WHERE backend_type = 'client backend'`).Scan(ctx, &c)
	return c, err
}

// A session is a connection that does something.
type session struct {
	PID         int `bun:"pid"`
	Username    string
	Application string
	Idle        bool // in a transaction
	Blocked     bool
	Seconds     int64 // that the statement, or the idleness, lasts
}

// selectLongSessions returns those of the database that have been at it for the time, the longest first. Without the role
// pg_read_all_stats PostgreSQL hides the state of other users' sessions.
func selectLongSessions(ctx context.Context, idb bun.IDB, atLeast time.Duration) (sessions []session, err error) {
	err = idb.NewRaw(`SELECT pid, coalesce(usename, '') AS username, coalesce(application_name, '') AS application, state <> 'active' AS idle,
			coalesce(wait_event_type = 'Lock', false) AS blocked, extract(epoch FROM now() - since)::bigint AS seconds
		FROM (SELECT *, CASE WHEN state = 'active' THEN query_start ELSE state_change END AS since FROM pg_stat_activity) AS a
		WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
		AND (state = 'active' OR state LIKE 'idle in transaction%') AND since < now() - ? * interval '1 millisecond'
		ORDER BY since LIMIT 20`, atLeast.Milliseconds()).Scan(ctx, &sessions)
	return sessions, err
}
