package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/check"
)

// safe is an installation that has nothing wrong.
func safe() environ {
	return environ{
		"OMNISTOCK_DATA_DIR": os.TempDir(),
		"DATABASE_URL":       postgres,
		"DJANGO_SECRET_KEY":  goodKey,
		"ALLOWED_HOSTS":      "shop.example",
		"FRONTEND_URL":       "https://shop.example",
	}
}

func issues(t *testing.T, e environ, opts check.Options) []string {
	t.Helper()
	msgs, err := check.Run(t.Context(), load(t, e).Checks(), opts)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range msgs {
		ids = append(ids, m.ID)
		if m.Hint == "" {
			t.Errorf("%s has no hint", m.ID)
		}
	}
	return slices.Sorted(slices.Values(ids))
}

func TestChecks_deployment(t *testing.T) {
	for name, c := range map[string]struct {
		change environ
		want   []string
	}{
		"safe":                 {nil, nil},
		"no secret":            {environ{"DJANGO_SECRET_KEY": ""}, []string{"security.W009"}},
		"weak secret":          {environ{"DJANGO_SECRET_KEY": "weak"}, []string{"security.W009"}},
		"weak secret embedded": {environ{"DJANGO_SECRET_KEY": "weak", "DATABASE_URL": "", "EMAIL_BACKEND": "smtp"}, []string{"security.W009"}},
		"key file":             {environ{"DJANGO_SECRET_KEY": "", "DATABASE_URL": "", "EMAIL_BACKEND": "smtp"}, nil},
		"debug":                {environ{"DEBUG": "1", "EMAIL_BACKEND": "smtp"}, []string{"security.W018"}},
		"any host":             {environ{"ALLOWED_HOSTS": "shop.example,*"}, []string{"security.W020"}},
		"any origin":           {environ{"CORS_ALLOWED_ORIGIN_REGEXES": "^https?://.*$"}, []string{"security.W030"}},
		"open-ended origin":    {environ{"CORS_ALLOWED_ORIGIN_REGEXES": `^https://shop\.example`}, []string{"security.W031"}},
		"open-started origin":  {environ{"CORS_ALLOWED_ORIGIN_REGEXES": `shop\.example$`}, []string{"security.W031"}},
		"http client":          {environ{"FRONTEND_URL": "http://shop.example"}, []string{"security.W032"}},
		"no rate limit":        {environ{"OMNISTOCK_RATE_LIMIT": "off"}, []string{"security.W034"}},
		"cheap hashes":         {environ{"OMNISTOCK_PASSWORD_ITERATIONS": "100000"}, []string{"security.W035"}},
		"mail on the console":  {environ{"EMAIL_BACKEND": "console"}, []string{"mail.W001"}},
		"mail in the clear":    {environ{"EMAIL_HOST": "smtp.example"}, []string{"mail.W002"}},
		"mail by TLS":          {environ{"EMAIL_HOST": "smtp.example", "EMAIL_USE_TLS": "1"}, nil},
	} {
		e := safe()
		maps.Copy(e, c.change)
		if diff := cmp.Diff(c.want, issues(t, e, check.Options{Deploy: true})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestChecks_developmentNeedsNoDeploymentChecks(t *testing.T) {
	if got := issues(t, environ{"DEBUG": "1", "OMNISTOCK_DATA_DIR": t.TempDir()}, check.Options{}); got != nil {
		t.Errorf("issues = %v, want none", got)
	}
}

func TestChecks_dataFolderOfAnotherUser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a folder that root cannot write either")
	}
	got := issues(t, environ{"OMNISTOCK_DATA_DIR": "/proc/omnistock"}, check.Options{})
	if diff := cmp.Diff([]string{"storage.E001"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestChecks_dataFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string][]string{
		dir:                                   nil,
		filepath.Join(dir, "yet", "to", "be"): nil,
		file:                                  {"storage.E001"},
		filepath.Join(file, "below"):          {"storage.E001"},
	} {
		got := issues(t, environ{"OMNISTOCK_DATA_DIR": folder}, check.Options{Tags: []string{"storage"}})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", folder, diff)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("the check leaves %v behind", left)
	}
}
