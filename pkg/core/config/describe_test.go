package config_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/config"
)

func described(t *testing.T, s *config.Settings, name string) config.Described {
	t.Helper()
	for _, d := range s.Describe() {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("%s is not described", name)
	return config.Described{}
}

func TestDescribe_eachSettingHasHelp(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range load(t, environ{}).Describe() {
		if d.Name == "" || d.Help == "" || seen[d.Name] {
			t.Errorf("%+v: no name, no help or twice", d)
		}
		seen[d.Name] = true
	}
}

func TestDescribe_valuesAndSources(t *testing.T) {
	envFile := writeFile(t, "POSTGRES_DB=shop\nPOSTGRES_PASSWORD=hunter2\n")
	s := load(t, environ{
		"OMNISTOCK_ENV_FILE": envFile,
		"SECRET_KEY":         goodKey,
		"ALLOWED_HOSTS":      "a.example, b.example",
	})
	want := []config.Described{
		{Name: "DJANGO_SECRET_KEY", Value: "********", Source: config.Environment, Place: "SECRET_KEY"},
		{Name: "ALLOWED_HOSTS", Value: "a.example,b.example", Source: config.Environment},
		{Name: "DATABASE_URL", Value: "postgres://postgres:********@localhost:5432/shop?sslmode=prefer", Source: config.EnvFile, Place: envFile},
		{Name: "POSTGRES_PASSWORD", Value: "********", Source: config.EnvFile, Place: envFile},
		{Name: "EMAIL_HOST_PASSWORD", Value: "", Source: config.Default},
		{Name: "CORS_ALLOWED_ORIGIN_REGEXES", Value: `^https://[\w-]+\.vercel\.app$`, Source: config.Default},
		{Name: "OMNISTOCK_MAX_BODY", Value: "10MB", Source: config.Default},
		{Name: "OMNISTOCK_READ_TIMEOUT", Value: "30s", Source: config.Default},
		{Name: "EMAIL_BACKEND", Value: "smtp", Source: config.Default},
	}
	for _, w := range want {
		got := described(t, s, w.Name)
		got.Help = ""
		if diff := cmp.Diff(w, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestMarkdownTable_oneRowForEachSetting(t *testing.T) {
	table := config.MarkdownTable()
	rows := strings.Split(strings.TrimSpace(table), "\n")
	if got, want := len(rows)-2, len(load(t, environ{}).Describe()); got != want {
		t.Errorf("%d rows, want %d", got, want)
	}
	for _, row := range rows {
		if strings.Count(row, "|") != 4 {
			t.Errorf("row without three columns: %s", row)
		}
	}
	if want := "| `PORT` | `8000` | port to listen on"; !strings.Contains(table, want) {
		t.Errorf("no row %q in\n%s", want, table)
	}
}

func TestDescribe_keyFile(t *testing.T) {
	s := load(t, environ{"OMNISTOCK_DATA_DIR": t.TempDir()})
	for _, want := range []string{"", "********"} {
		d := described(t, s, "DJANGO_SECRET_KEY")
		if d.Source != config.KeyFile || d.Place != s.SecretKeyPath() || d.Value != want {
			t.Errorf("%+v, want the key file with the value %q", d, want)
		}
		if _, err := config.LoadOrCreateSecret(s.SecretKeyPath()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLoad_whatCanBeReadOfWrongSettings(t *testing.T) {
	e := environ{"PORT": "eight", "SECRET_KEY": goodKey, "OMNISTOCK_ENV_FILE": writeFile(t, "DEBUG=perhaps\n")}
	s, err := config.Load(e.getenv)
	wrong, ok := errors.AsType[*config.SettingsError](err)
	if !ok {
		t.Fatal(err)
	}
	want := []config.Mistake{
		{Name: "DEBUG", Label: "DEBUG (.env)", Text: wrong.Mistakes[0].Text},
		{Name: "PORT", Label: "PORT", Text: `"eight" is not a whole number; expected digits only`},
	}
	if diff := cmp.Diff(want, wrong.Mistakes); diff != "" {
		t.Error(diff)
	}
	if d := described(t, s, "DJANGO_SECRET_KEY"); d.Value != "********" {
		t.Errorf("%+v is not read", d)
	}
}
