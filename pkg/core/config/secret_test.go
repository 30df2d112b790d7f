package config_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/config"
)

const (
	goodKey  = "0123456789abcdefghijklmnopqrstuvwxyz"
	postgres = "postgres://ann:hunter2@db/shop"
)

func TestSecret_neverShown(t *testing.T) {
	s := load(t, environ{"DJANGO_SECRET_KEY": "hunter2", "DATABASE_URL": postgres, "EMAIL_HOST_PASSWORD": "hunter2"})
	var log bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(h).Info("starting", "settings", s, "key", s.SecretKey, "db", s.DatabaseURL)
	}
	asJSON, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(asJSON) + fmt.Sprintln(s.Describe())
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		shown += fmt.Sprintf(verb, s.SecretKey) + fmt.Sprintf(verb, s.DatabaseURL) + fmt.Sprintf(verb, s)
	}
	if strings.Contains(shown, "hunter2") || strings.Contains(shown, fmt.Sprintf("%x", "hunter2")) {
		t.Errorf("a secret is shown:\n%s", shown)
	}
	if !strings.Contains(shown, "********") {
		t.Errorf("no asterisks:\n%s", shown)
	}
}

func TestRequireSecret_madeOnFirstStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	first := load(t, environ{"OMNISTOCK_DATA_DIR": dir})
	if err := first.RequireSecret(); err != nil {
		t.Fatal(err)
	}
	if got := len(first.SecretKey.Reveal()); got != 64 {
		t.Errorf("key has %d characters, want 64", got)
	}
	second := load(t, environ{"OMNISTOCK_DATA_DIR": dir})
	if err := second.RequireSecret(); err != nil {
		t.Fatal(err)
	}
	if first.SecretKey != second.SecretKey {
		t.Error("the second start has another key")
	}
	if got := described(t, second, "DJANGO_SECRET_KEY").Source; got != config.KeyFile {
		t.Errorf("source = %q, want %q", got, config.KeyFile)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, first.SecretKeyPath(): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %04o, want %04o", path, got, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".secret-*")); left != nil {
		t.Errorf("drafts left behind: %v", left)
	}
}

func TestRequireSecret_whoMayGoWithout(t *testing.T) {
	weak := strings.Repeat("a", 40)
	for name, c := range map[string]struct {
		env  environ
		want string // part of the error, or nothing
	}{
		"postgres, none":           {environ{"DATABASE_URL": postgres}, "is not set"},
		"postgres, short":          {environ{"DATABASE_URL": postgres, "DJANGO_SECRET_KEY": "short"}, "shorter than 32 bytes"},
		"postgres, monotonous":     {environ{"DATABASE_URL": postgres, "DJANGO_SECRET_KEY": weak}, "fewer than 5"},
		"postgres, Django's own":   {environ{"DATABASE_URL": postgres, "DJANGO_SECRET_KEY": "django-insecure-" + goodKey}, "django-insecure-"},
		"postgres, good":           {environ{"DATABASE_URL": postgres, "DJANGO_SECRET_KEY": goodKey}, ""},
		"postgres, debug, none":    {environ{"DATABASE_URL": postgres, "DEBUG": "1"}, ""},
		"postgres, debug, weak":    {environ{"DATABASE_URL": postgres, "DEBUG": "1", "DJANGO_SECRET_KEY": weak}, ""},
		"embedded, weak":           {environ{"DJANGO_SECRET_KEY": weak}, ""},
		"embedded, unusable place": {environ{"OMNISTOCK_DATA_DIR": "/dev/null/data"}, "secret key file"},
	} {
		if c.env["OMNISTOCK_DATA_DIR"] == "" {
			c.env["OMNISTOCK_DATA_DIR"] = t.TempDir()
		}
		err := load(t, c.env).RequireSecret()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error = %v, want %q", name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), goodKey) {
			t.Errorf("%s: error shows the key: %v", name, err)
		}
	}
}

func TestLoadOrCreateSecret_startedTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "secret.key")
	keys := make([]config.Secret, 16)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			key, err := config.LoadOrCreateSecret(path)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	all.Wait()
	for _, key := range keys {
		if key != keys[0] || key == "" {
			t.Fatal("two starts have different keys")
		}
	}
}

func TestLoadOrCreateSecret_fileRefused(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want string
	}{
		"others may read": {goodKey, 0o644, "chmod 600"},
		"weak":            {"short", 0o600, "shorter than 32 bytes"},
		"empty":           {"\n", 0o600, "shorter than 32 bytes"},
	} {
		path := filepath.Join(t.TempDir(), "secret.key")
		if err := os.WriteFile(path, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		_, err := config.LoadOrCreateSecret(path)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), goodKey) {
			t.Errorf("%s: error = %v, want %q", name, err, c.want)
		}
	}
}
