package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/omni-stock/omnistock/pkg/core/config"
)

// environ is what getenv of a test knows.
type environ map[string]string

func (e environ) getenv(name string) string { return e[name] }

// load returns the settings of the environment, without a .env file unless it names one.
func load(t *testing.T, e environ) *config.Settings {
	t.Helper()
	s, err := config.Load(e.getenv)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func loadError(t *testing.T, e environ) string {
	t.Helper()
	_, err := config.Load(e.getenv)
	if err == nil {
		t.Fatal("no error")
	}
	return err.Error()
}

func writeFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad_nothingSet(t *testing.T) {
	s := load(t, environ{"HOME": "/home/ann"})
	want := map[string]any{
		"data folder": "/home/ann/.local/share/omnistock",
		"database":    "sqlite:///home/ann/.local/share/omnistock/omnistock.db",
		"path":        "/home/ann/.local/share/omnistock/omnistock.db",
		"embedded":    true,
		"hosts":       []string{"localhost", "127.0.0.1", "[::1]"},
		"cors":        []string{"http://localhost:5173"},
		"pattern":     `^https://[\w-]+\.vercel\.app$`,
		"port":        8000,
		"body":        "10MB",
		"read":        30 * time.Second,
		"rate limit":  true,
		"backend":     "console",
		"mail folder": "/home/ann/.local/share/omnistock/mail",
		"iterations":  720000,
		"debug":       false,
	}
	got := map[string]any{
		"data folder": s.DataDir,
		"database":    s.DatabaseURL.Reveal(),
		"path":        s.DatabaseURL.SQLitePath(),
		"embedded":    s.Embedded(),
		"hosts":       s.AllowedHosts,
		"cors":        s.CORSAllowedOrigins,
		"pattern":     s.CORSAllowedOriginRegexes[0].String(),
		"port":        s.Port,
		"body":        s.MaxBody.String(),
		"read":        s.ReadTimeout,
		"rate limit":  s.RateLimit,
		"backend":     string(s.EmailBackend),
		"mail folder": s.EmailFilePath,
		"iterations":  s.PasswordIterations,
		"debug":       s.Debug,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_dataFolder(t *testing.T) {
	for name, c := range map[string]struct {
		env  environ
		want string
	}{
		"named":         {environ{"OMNISTOCK_DATA_DIR": "./data", "HOME": "/home/ann"}, "./data"},
		"xdg":           {environ{"XDG_DATA_HOME": "/srv", "HOME": "/home/ann"}, "/srv/omnistock"},
		"relative xdg":  {environ{"XDG_DATA_HOME": "srv", "HOME": "/home/ann"}, "/home/ann/.local/share/omnistock"},
		"homeless user": {environ{}, "data"},
	} {
		if got := load(t, c.env).DataDir; got != c.want {
			t.Errorf("%s: folder = %q, want %q", name, got, c.want)
		}
	}
}

func TestLoad_djangoSpellings(t *testing.T) {
	s := load(t, environ{
		"SECRET_KEY":         "from-the-other-name",
		"DEBUG":              "True",
		"ALLOWED_HOSTS":      " shop.example , .example.org,",
		"EMAIL_BACKEND":      "django.core.mail.backends.filebased.EmailBackend",
		"EMAIL_TIMEOUT":      "7",
		"OMNISTOCK_MAX_BODY": "64 KB",
	})
	if got := s.SecretKey.Reveal(); got != "from-the-other-name" {
		t.Errorf("secret key = %q", got)
	}
	if !s.Debug {
		t.Error("DEBUG=True is off")
	}
	if diff := cmp.Diff([]string{"shop.example", ".example.org"}, s.AllowedHosts); diff != "" {
		t.Error(diff)
	}
	if s.EmailBackend != "file" {
		t.Errorf("backend = %q, want file", s.EmailBackend)
	}
	if s.EmailTimeout != 7*time.Second {
		t.Errorf("timeout = %v, want 7s", s.EmailTimeout)
	}
	if s.MaxBody != 64*1024 {
		t.Errorf("body = %d, want %d", s.MaxBody, 64*1024)
	}
}

func TestLoad_frontendMayAlwaysCall(t *testing.T) {
	s := load(t, environ{"FRONTEND_URL": "https://shop.example/", "CORS_ALLOWED_ORIGINS": "https://other.example"})
	if diff := cmp.Diff([]string{"https://other.example", "https://shop.example"}, s.CORSAllowedOrigins); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"https://shop.example"}, s.CSRFTrustedOrigins); diff != "" {
		t.Error(diff)
	}
	if s.FrontendURL != "https://shop.example" {
		t.Errorf("frontend = %q, want no slash at its end", s.FrontendURL)
	}
}

func TestLoad_hostOfRenderIsAllowed(t *testing.T) {
	s := load(t, environ{"RENDER_EXTERNAL_HOSTNAME": "shop.onrender.com", "ALLOWED_HOSTS": "shop.example"})
	if diff := cmp.Diff([]string{"shop.example", "shop.onrender.com"}, s.AllowedHosts); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_environmentBeatsFile(t *testing.T) {
	s := load(t, environ{
		"OMNISTOCK_ENV_FILE": writeFile(t, "PORT=1111\nEMAIL_PORT=2222\nSECRET_KEY=file\n"),
		"PORT":               "3333",
		"DJANGO_SECRET_KEY":  "environment",
	})
	if s.Port != 3333 || s.EmailPort != 2222 || s.SecretKey.Reveal() != "environment" {
		t.Errorf("port = %d, mail port = %d, key = %q", s.Port, s.EmailPort, s.SecretKey.Reveal())
	}
}

func TestLoad_fileOfWorkingDirectory(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env", []byte("PORT=1111\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := load(t, environ{}).Port; got != 1111 {
		t.Errorf("port = %d, want 1111", got)
	}
}

func TestLoad_fileTakesDollarsAsTheyAre(t *testing.T) {
	path := writeFile(t, "\uFEFF# comment\nexport POSTGRES_USER = ann\nDJANGO_SECRET_KEY=a$b$$PORT${X}\n"+
		"POSTGRES_PASSWORD='$one #two'\nEMAIL_HOST_PASSWORD=\"$three\" # comment\n")
	s := load(t, environ{"OMNISTOCK_ENV_FILE": path})
	want := []string{"ann", "a$b$$PORT${X}", "$one #two", "$three"}
	got := []string{s.PostgresUser, s.SecretKey.Reveal(), s.PostgresPassword.Reveal(), s.EmailHostPassword.Reveal()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_brokenFileShowsNoSecret(t *testing.T) {
	path := writeFile(t, "PORT=1\nDJANGO_SECRET_KEY=hunter2\nnot a setting\nEMAIL_HOST_PASSWORD=hunter2\n")
	got := loadError(t, environ{"OMNISTOCK_ENV_FILE": path})
	if strings.Contains(got, "hunter2") {
		t.Errorf("error shows a secret: %s", got)
	}
	if !strings.Contains(got, "line 3") {
		t.Errorf("error does not name line 3: %s", got)
	}
}

func TestLoad_namedFileIsMissing(t *testing.T) {
	got := loadError(t, environ{"OMNISTOCK_ENV_FILE": "/nowhere/settings.env"})
	if !strings.Contains(got, "/nowhere/settings.env") {
		t.Errorf("error = %q, want it to name the file", got)
	}
}

func TestLoad_namesEveryMistakeAtOnce(t *testing.T) {
	got := loadError(t, environ{
		"OMNISTOCK_ENV_FILE":            writeFile(t, "EMAIL_PORT=many\n"),
		"DEBUG":                         "maybe",
		"DATABASE_URL":                  "mysql://ann:hunter2@db/shop",
		"POSTGRES_SSL_MODE":             "often",
		"ALLOWED_HOSTS":                 "https://shop.example",
		"CORS_ALLOWED_ORIGINS":          "*",
		"CORS_ALLOWED_ORIGIN_REGEXES":   "^(",
		"CSRF_TRUSTED_ORIGINS":          "shop.example",
		"FRONTEND_URL":                  "shop.example",
		"USE_SUPABASE_STORAGE":          "1",
		"SUPABASE_STORAGE_URL":          "ftp://bucket",
		"EMAIL_BACKEND":                 "pigeon",
		"EMAIL_USE_TLS":                 "1",
		"EMAIL_USE_SSL":                 "1",
		"DEFAULT_FROM_EMAIL":            "nobody",
		"PORT":                          "70000",
		"OMNISTOCK_READ_TIMEOUT":        "soon",
		"OMNISTOCK_IDLE_TIMEOUT":        "-1",
		"OMNISTOCK_MAX_BODY":            "big",
		"OMNISTOCK_TRUSTED_PROXIES":     "-1",
		"OMNISTOCK_PASSWORD_ITERATIONS": "1000",
		"OMNISTOCK_BACKUP_EVERY":        "-1h", "OMNISTOCK_BACKUP_DIR": "~/backups", "OMNISTOCK_BACKUP_KEEP": "-1",
		"OMNISTOCK_LOG_LEVEL": "loud",
		"OMNISTOCK_DATA_DIR":  "~/data",
	})
	lines := regexp.MustCompile(`(?m)^  ([A-Z_]+(?: \(.env\))?): `).FindAllStringSubmatch(got, -1)
	var names []string
	for _, line := range lines {
		names = append(names, line[1])
	}
	want := []string{
		"DEBUG", "ALLOWED_HOSTS", "DATABASE_URL", "POSTGRES_SSL_MODE", "OMNISTOCK_DATA_DIR", "CORS_ALLOWED_ORIGINS",
		"CORS_ALLOWED_ORIGIN_REGEXES", "CSRF_TRUSTED_ORIGINS", "FRONTEND_URL", "SUPABASE_STORAGE_URL",
		"SUPABASE_STORAGE_ACCESS_KEY", "SUPABASE_STORAGE_SECRET_KEY", "EMAIL_BACKEND", "EMAIL_PORT (.env)",
		"EMAIL_USE_SSL", "DEFAULT_FROM_EMAIL", "PORT", "OMNISTOCK_READ_TIMEOUT", "OMNISTOCK_IDLE_TIMEOUT",
		"OMNISTOCK_MAX_BODY", "OMNISTOCK_TRUSTED_PROXIES", "OMNISTOCK_BACKUP_EVERY",
		"OMNISTOCK_BACKUP_DIR", "OMNISTOCK_BACKUP_KEEP", "OMNISTOCK_PASSWORD_ITERATIONS", "OMNISTOCK_LOG_LEVEL",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("%s\n%s", diff, got)
	}
	if strings.Contains(got, "hunter2") {
		t.Errorf("error shows a secret:\n%s", got)
	}
}

func TestLoad_oneMistakeReadsWell(t *testing.T) {
	got := loadError(t, environ{"PORT": "80x"})
	if want := "1 setting is wrong:\n  PORT: \"80x\" is not a whole number; expected digits only"; got != want {
		t.Errorf("error = %q, want %q", got, want)
	}
}

func TestLoad_cheapHashesWhileDebugging(t *testing.T) {
	s := load(t, environ{"DEBUG": "1", "OMNISTOCK_PASSWORD_ITERATIONS": "1"})
	if s.PasswordIterations != 1 {
		t.Errorf("iterations = %d, want 1", s.PasswordIterations)
	}
}
