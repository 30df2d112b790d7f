package config_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

func TestDatabaseURL_understood(t *testing.T) {
	for name, c := range map[string]struct {
		env         environ
		want, shown string
	}{
		"postgresql":     {environ{"DATABASE_URL": "postgresql://ann:pw@db:5432/shop?sslmode=require"}, "postgres://ann:pw@db:5432/shop?sslmode=require", "postgres://ann:********@db:5432/shop?sslmode=require"},
		"no password":    {environ{"DATABASE_URL": "postgres://ann@db/shop"}, "postgres://ann@db/shop", "postgres://ann@db/shop"},
		"in the query":   {environ{"DATABASE_URL": "postgres://db/shop?user=ann&password=pw"}, "postgres://db/shop?user=ann&password=pw", "postgres://db/shop?********"},
		"socket":         {environ{"DATABASE_URL": "postgres:///shop?host=/run/postgresql"}, "postgres:///shop?host=/run/postgresql", "postgres:///shop?host=/run/postgresql"},
		"sqlite":         {environ{"DATABASE_URL": "sqlite:///shop.db"}, "sqlite:///shop.db", "sqlite:///shop.db"},
		"wins over host": {environ{"DATABASE_URL": "sqlite:///shop.db", "POSTGRES_HOST": "db"}, "sqlite:///shop.db", "sqlite:///shop.db"},
		"POSTGRES_*": {
			environ{"POSTGRES_DB": "shop", "POSTGRES_USER": "ann", "POSTGRES_PASSWORD": "p@:/?#%w", "POSTGRES_HOST": "db", "POSTGRES_PORT": "5433", "POSTGRES_SSL_MODE": "require"},
			"postgres://ann:p%40%3A%2F%3F%23%25w@db:5433/shop?sslmode=require", "postgres://ann:********@db:5433/shop?sslmode=require",
		},
		"POSTGRES_DB alone":   {environ{"POSTGRES_DB": "shop"}, "postgres://postgres:@localhost:5432/shop?sslmode=prefer", "postgres://postgres:********@localhost:5432/shop?sslmode=prefer"},
		"POSTGRES_HOST alone": {environ{"POSTGRES_HOST": "::1", "POSTGRES_USER": "ann"}, "postgres://ann:@[::1]:5432/ann?sslmode=prefer", "postgres://ann:********@[::1]:5432/ann?sslmode=prefer"},
		"POSTGRES_HOST socket": {
			environ{"POSTGRES_HOST": "/run/postgresql", "POSTGRES_DB": "shop"},
			"postgres://postgres:@/shop?host=%2Frun%2Fpostgresql&port=5432&sslmode=prefer", "postgres://postgres:********@/shop?host=%2Frun%2Fpostgresql&port=5432&sslmode=prefer",
		},
	} {
		got := load(t, c.env).DatabaseURL
		if got.Reveal() != c.want {
			t.Errorf("%s: url = %s, want %s", name, got.Reveal(), c.want)
		}
		if shown := fmt.Sprintf("%v", got); shown != c.shown {
			t.Errorf("%s: shown as %s, want %s", name, shown, c.shown)
		}
	}
}

func TestDatabaseURL_sqlitePath(t *testing.T) {
	for raw, want := range map[config.DatabaseURL]string{
		"sqlite://data/shop.db":  "data/shop.db",
		"sqlite:///srv/shop.db":  "/srv/shop.db",
		"sqlite3://shop.db":      "shop.db",
		"sqlite://:memory:":      ":memory:",
		"sqlite:///:memory:":     ":memory:",
		"SQLite://my%20shop.db":  "my shop.db",
		"postgres://ann@db/shop": "",
	} {
		var u config.DatabaseURL
		if err := u.UnmarshalText([]byte(raw)); err != nil {
			t.Errorf("%s: %v", raw.Reveal(), err)
		}
		if got := u.SQLitePath(); got != want {
			t.Errorf("%s: path = %q, want %q", raw.Reveal(), got, want)
		}
	}
}

func TestDatabaseURL_oddDataFolder(t *testing.T) {
	for _, dir := range []string{"data", "./data", "/srv/100% #1 shop?"} {
		got := load(t, environ{"OMNISTOCK_DATA_DIR": dir}).DatabaseURL
		if want := filepath.Join(dir, "omnistock.db"); got.SQLitePath() != want {
			t.Errorf("%s: path = %q, want %q", got.Reveal(), got.SQLitePath(), want)
		}
	}
}

func TestDatabaseURL_refusedWithoutShowingIt(t *testing.T) {
	for _, raw := range []string{
		"hunter2",
		"mysql://ann:hunter2@db/shop",
		"postgres://ann:hunter2%zz@db/shop",
		"postgres://ann:1#hunter2@db/shop",
		"postgres://ann:1/hunter2@db/shop",
		"postgres://ann:hunter2@db",
		"postgres:///hunter2",
		"sqlite://hunter2%.db",
		"sqlite:///hunter2.db?mode=ro",
		"sqlite:///",
	} {
		got := loadError(t, environ{"DATABASE_URL": raw})
		if strings.Contains(got, "hunter2") || !strings.Contains(got, "DATABASE_URL: ") {
			t.Errorf("%s: error = %s", raw, got)
		}
	}
}
