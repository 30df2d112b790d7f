package db

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// What a PostgreSQL URL leaves open.
const (
	postgresConns          = 16 // at most; the server's own default is 100 for all its clients
	postgresConnectTimeout = 5 * time.Second
	postgresIdleTime       = 5 * time.Minute
)

var errPostgresURL = errors.New(
	"database url: not a postgres URL; is each special character of the password percent-encoded?")

// PostgresTarget returns the host that a postgres URL names, or the folder of its socket, and how many connections a
// program opens there at most. Both are empty for any other URL.
func PostgresTarget(url string) (host string, conns int) {
	config, err := postgresConfig(url)
	if err != nil {
		return "", 0
	}
	return config.ConnConfig.Host, int(config.MaxConns)
}

func postgresConfig(rawURL string) (*pgxpool.Config, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.User == nil && strings.Contains(rawURL, "@") {
		return nil, errPostgresURL
	}
	config, err := pgxpool.ParseConfig(rawURL)
	if err != nil {
		return nil, postgresURLError(u, err)
	}
	setPostgresDefaults(config, u.Query())
	return config, nil
}

func setPostgresDefaults(config *pgxpool.Config, given url.Values) {
	if !given.Has("pool_max_conns") {
		config.MaxConns = postgresConns
	}
	config.MaxConns = max(config.MaxConns, 2) // migrating holds a lock on one connection and works on another
	if !given.Has("pool_max_conn_idle_time") {
		config.MaxConnIdleTime = postgresIdleTime
	}
	config.AfterConnect = readTimesInUTC

	conn := config.ConnConfig
	if conn.ConnectTimeout == 0 {
		conn.ConnectTimeout = postgresConnectTimeout
	}
	// bun writes its arguments into the text: to prepare that text would fill the cache of statements in vain.
	conn.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	conn.RuntimeParams["application_name"] = "omnistock"
	conn.RuntimeParams["timezone"] = "UTC"
}

// postgresURLError gives pgx's reason without the URL, and not even that where a secret stands in it.
func postgresURLError(u *url.URL, err error) error {
	reason := err.Error()
	if i := strings.LastIndex(reason, "`: "); i >= 0 {
		reason = reason[i+len("`: "):]
	}
	password, _ := u.User.Password()
	for _, secret := range []string{password, u.Query().Get("password"), u.Query().Get("sslpassword")} {
		if secret != "" && strings.Contains(reason, secret) {
			return errPostgresURL
		}
	}
	return fmt.Errorf("database url: %s", reason)
}
