package db

import (
	"crypto/rand"
	"errors"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun"
)

// sqliteParams is set on each connection. The driver waits on locks before it does anything else: switching to the
// write-ahead log takes one. Unknown words in double quotes are errors (_dqs), not strings. Times are text in UTC, so
// that their order is the order of time.
var sqliteParams = url.Values{
	"_busy_timeout": {"5000"},
	"_foreign_keys": {"on"},
	"_synchronous":  {"NORMAL"},
	"_txlock":       {"immediate"},
	"_timezone":     {"UTC"},
	"_time_format":  {"sqlite"},
	"_dqs":          {"false"},
	"_error_rc":     {"true"},
	"_pragma":       {"cache_size(-4096)", "journal_size_limit(16777216)", "wal_autocheckpoint(4000)"}, // 4 MiB each, 16 MiB
}

// sqliteDSN is the driver's name for a connection to the file, with one parameter more than sqliteParams.
func sqliteDSN(path, param, value string) string {
	params := url.Values{param: {value}}
	maps.Copy(params, sqliteParams)
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + params.Encode()
}

// openSQLiteURL opens what stands behind "sqlite:".
func openSQLiteURL(rest string, o options) (*bun.DB, error) {
	rest, query, _ := strings.Cut(strings.TrimPrefix(rest, "//"), "?")
	path, err := url.PathUnescape(rest)
	switch {
	case err != nil:
		return nil, errors.New("database url: a % in a sqlite path is written %25")
	case query != "":
		return nil, errors.New("database url: sqlite takes no parameters")
	case strings.Trim(path, "/") == "":
		return nil, errors.New("database url: the path of the sqlite file is missing")
	case strings.TrimPrefix(path, "/") == ":memory:":
		return openSQLite(temporaryFile(), o)
	}
	return openSQLite(sqliteFile{path: filepath.Clean(path)}, o)
}

// A sqliteFile is where a database lies.
type sqliteFile struct {
	path      string
	temporary bool // removed when the database is closed
}

// temporaryFile names a file that nobody else has. A database in memory would not do: with it, readers and the
// writer block each other.
func temporaryFile() sqliteFile {
	return sqliteFile{path: filepath.Join(os.TempDir(), "omnistock-"+rand.Text()+".db"), temporary: true}
}

// remove deletes a temporary database with its log.
func (f sqliteFile) remove() error {
	if !f.temporary {
		return nil
	}
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(f.path + suffix); err != nil && !os.IsNotExist(err) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
