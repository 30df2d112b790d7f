package config

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"
)

// DatabaseURL says which database to use: postgres://user:password@host:port/name?sslmode=…, sqlite:///absolute/path,
// sqlite://relative/path or sqlite://:memory:. Formatted, logged or written as text it shows all but the password.
type DatabaseURL string

const sqliteScheme = "sqlite://"

// SQLiteURL returns the URL of a file, relative or absolute.
func SQLiteURL(path string) DatabaseURL {
	return DatabaseURL(sqliteScheme + (&url.URL{Path: path}).EscapedPath())
}

// UnmarshalText reads a URL and refuses what is none. It writes the scheme as postgres or sqlite. Its errors quote
// nothing, for most of the text is secret.
func (u *DatabaseURL) UnmarshalText(text []byte) error {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(string(text)), "://")
	switch strings.ToLower(scheme) {
	case "postgres", "postgresql", "pgsql":
		*u = DatabaseURL("postgres://" + rest)
		return u.checkPostgres()
	case "sqlite", "sqlite3":
		*u = DatabaseURL(sqliteScheme + rest)
		return u.checkSQLite()
	}
	return errors.New("is no database URL; expected postgres://user:password@host:5432/name or sqlite:///path/of/file.db")
}

func (u DatabaseURL) checkPostgres() error {
	parsed, err := url.Parse(string(u))
	if err != nil || parsed.Fragment != "" || strings.Contains(parsed.Path, "@") {
		return errors.New("cannot be read as a URL; characters such as % # [ ] @ / of a password are written %25 %23 " +
			"%5B %5D %40 %2F")
	}
	if parsed.Host == "" && parsed.Query().Get("host") == "" {
		return errors.New("names no host; expected postgres://user:password@host:5432/name")
	}
	if strings.Trim(parsed.Path, "/") == "" {
		return errors.New("names no database; expected postgres://user:password@host:5432/name")
	}
	return nil
}

func (u DatabaseURL) checkSQLite() error {
	if u.SQLitePath() == "" {
		return errors.New("names no file, or has a % that is not written %25; expected sqlite:///absolute/path or sqlite://relative/path")
	}
	if strings.ContainsAny(string(u), "?#") {
		return errors.New("has parameters, which SQLite URLs do not take")
	}
	return nil
}

// IsSQLite reports whether the database is a SQLite file.
func (u DatabaseURL) IsSQLite() bool { return strings.HasPrefix(string(u), sqliteScheme) }

// SQLitePath returns the path of the SQLite file, ":memory:" for a database without file, and nothing for PostgreSQL or
// a URL that is none.
func (u DatabaseURL) SQLitePath() string {
	rest, ok := strings.CutPrefix(string(u), sqliteScheme)
	path, err := url.PathUnescape(rest)
	if !ok || err != nil || strings.Trim(path, "/") == "" {
		return ""
	}
	if strings.TrimPrefix(path, "/") == ":memory:" {
		return ":memory:"
	}
	return path
}

// Reveal returns the URL with its password.
func (u DatabaseURL) Reveal() string { return string(u) }

// String returns the URL with asterisks for the password.
func (u DatabaseURL) String() string {
	if u == "" || u.IsSQLite() {
		return string(u)
	}
	parsed, err := url.Parse(string(u))
	if err != nil {
		return mask
	}
	if strings.Contains(strings.ToLower(parsed.RawQuery), "password") {
		parsed.RawQuery = mask
	}
	if _, has := parsed.User.Password(); !has {
		return parsed.String()
	}
	return strings.Replace(parsed.Redacted(), ":xxxxx@", ":"+mask+"@", 1)
}

// Format writes what String returns, for all verbs.
func (u DatabaseURL) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, u.String()) }

// MarshalText returns what String returns.
func (u DatabaseURL) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// LogValue returns what String returns.
func (u DatabaseURL) LogValue() slog.Value { return slog.StringValue(u.String()) }

// postgresURL returns the URL that the POSTGRES_* settings add up to. A host that is a path is the folder of a socket.
func (s *Settings) postgresURL() DatabaseURL {
	query := url.Values{"sslmode": {string(s.PostgresSSLMode)}}
	u := url.URL{
		Scheme: "postgres",
		User:   url.UserPassword(s.PostgresUser, s.PostgresPassword.Reveal()),
		Host:   net.JoinHostPort(s.PostgresHost, fmt.Sprint(s.PostgresPort)),
		Path:   "/" + s.PostgresDB,
	}
	if strings.HasPrefix(s.PostgresHost, "/") {
		u.Host = ""
		query.Set("host", s.PostgresHost)
		query.Set("port", fmt.Sprint(s.PostgresPort))
	}
	u.RawQuery = query.Encode()
	return DatabaseURL(u.String())
}
