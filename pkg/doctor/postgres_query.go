package doctor

import (
	"context"

	"github.com/uptrace/bun"
)

// A server is what a PostgreSQL says of itself.
type server struct {
	Version        int // such as 150014
	Encoding       string
	TimeZone       string // of our connection
	Fsync          bool
	FullPageWrites bool
	Autovacuum     bool
}

func selectServer(ctx context.Context, idb bun.IDB) (s server, err error) {
	err = idb.NewRaw(`SELECT current_setting('server_version_num')::int AS version,
		current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS time_zone,
		current_setting('fsync')::bool AS fsync, current_setting('full_page_writes')::bool AS full_page_writes,
		current_setting('autovacuum')::bool AS autovacuum`).Scan(ctx, &s)
	return s, err
}

// A connection is ours to the server.
type connection struct {
	Server    string // its address; empty on a socket
	Encrypted bool
}

func selectConnection(ctx context.Context, idb bun.IDB) (c connection, err error) {
	err = idb.NewRaw(`SELECT coalesce(host(inet_server_addr()), '') AS server,
		coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted`).Scan(ctx, &c)
	return c, err
}
