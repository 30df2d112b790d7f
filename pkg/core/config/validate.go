package config

import (
	"math"
	"net/mail"
	"strings"
	"time"
)

// minPasswordIterations keeps a mistyped cost from weakening every new hash.
const minPasswordIterations = 100_000

// validate adds to m each setting, and each pair of settings, that cannot be meant.
func (s *Settings) validate(m *mistakes) {
	s.validateNumbers(m)
	s.validateTimeouts(m)
	s.validateBackup(m)
	s.validateAddresses(m)
	s.validateMail(m)
	s.validateStorage(m)
	m.unless(!strings.HasPrefix(s.DataDir, "~"), "OMNISTOCK_DATA_DIR",
		"starts with ~, which only a shell expands; expected a whole path")
}

func (s *Settings) validateNumbers(m *mistakes) {
	leastIterations := minPasswordIterations
	if s.Debug {
		leastIterations = 1
	}
	for _, rule := range []struct {
		name               string
		value, least, most int
	}{
		{"POSTGRES_PORT", s.PostgresPort, 1, 65535},
		{"EMAIL_PORT", s.EmailPort, 1, 65535},
		{"PORT", s.Port, 1, 65535},
		{"OMNISTOCK_TRUSTED_PROXIES", s.TrustedProxies, 0, 100},
		{"OMNISTOCK_BACKUP_KEEP", s.BackupKeep, 0, 100_000},
		{"OMNISTOCK_PASSWORD_ITERATIONS", s.PasswordIterations, leastIterations, math.MaxInt32},
	} {
		m.unless(rule.least <= rule.value && rule.value <= rule.most, rule.name,
			"%d is out of range; expected %d to %d", rule.value, rule.least, rule.most)
	}
	m.unless(s.MaxImport > 0, "OMNISTOCK_MAX_IMPORT", "%v is no limit; expected a size such as 256MB", s.MaxImport)
	m.unless(s.MaxBody > 0, "OMNISTOCK_MAX_BODY", "%v is no limit; expected a size such as 10MB", s.MaxBody)
}

func (s *Settings) validateTimeouts(m *mistakes) {
	for _, timeout := range []struct {
		name  string
		value time.Duration
	}{
		{"EMAIL_TIMEOUT", s.EmailTimeout},
		{"OMNISTOCK_READ_TIMEOUT", s.ReadTimeout},
		{"OMNISTOCK_WRITE_TIMEOUT", s.WriteTimeout},
		{"OMNISTOCK_IDLE_TIMEOUT", s.IdleTimeout},
		{"OMNISTOCK_SHUTDOWN_TIMEOUT", s.ShutdownTimeout},
	} {
		m.unless(timeout.value > 0, timeout.name, "%v is no waiting time; expected a value such as 30s", timeout.value)
	}
}

// validateBackup takes no schedule on which the names of two archives would be the same. A wrong data folder is reported
// once.
func (s *Settings) validateBackup(m *mistakes) {
	m.unless(s.BackupEvery == 0 || s.BackupEvery >= time.Second, "OMNISTOCK_BACKUP_EVERY",
		"%v is no time between backups; expected a value such as 24h, or 0 for never", s.BackupEvery)
	m.unless(!strings.HasPrefix(s.BackupDir, "~") || strings.HasPrefix(s.BackupDir, s.DataDir), "OMNISTOCK_BACKUP_DIR",
		"starts with ~, which only a shell expands; expected a whole path")
}

func (s *Settings) validateAddresses(m *mistakes) {
	for _, host := range s.AllowedHosts {
		m.unless(isHostPattern(host), "ALLOWED_HOSTS",
			"%q is no host name; expected names without scheme, port or path, such as shop.example or .example", host)
	}
	for _, origin := range s.CORSAllowedOrigins {
		m.unless(isOrigin(origin) && !strings.Contains(origin, "*"), "CORS_ALLOWED_ORIGINS",
			"%q is no origin; expected scheme and host only, such as https://shop.example "+
				"(patterns go into CORS_ALLOWED_ORIGIN_REGEXES)", origin)
	}
	for _, origin := range s.CSRFTrustedOrigins {
		m.unless(isOrigin(origin), "CSRF_TRUSTED_ORIGINS",
			"%q is no origin; expected scheme and host only, such as https://shop.example or https://*.example", origin)
	}
	m.unless(isWebURL(s.FrontendURL), "FRONTEND_URL", "is no web address; expected one such as https://shop.example")
}

func (s *Settings) validateMail(m *mistakes) {
	m.unless(!s.EmailUseTLS || !s.EmailUseSSL, "EMAIL_USE_SSL",
		"excludes EMAIL_USE_TLS; expected one of them: TLS for port 587, SSL for port 465")
	_, err := mail.ParseAddress(s.DefaultFromEmail)
	m.unless(err == nil, "DEFAULT_FROM_EMAIL",
		"%q is no address; expected shop@example.com or Shop <shop@example.com>", s.DefaultFromEmail)
}

func (s *Settings) validateStorage(m *mistakes) {
	m.unless(s.MaxImage > 0, "OMNISTOCK_MAX_IMAGE", "%v is no limit; expected a size such as 10MB", s.MaxImage)
	m.unless(s.PublicURL == "" || isWebURL(s.PublicURL), "OMNISTOCK_PUBLIC_URL",
		"is no web address; expected one such as https://api.shop.example")
	if s.SupabaseEndpoint != "" {
		m.unless(isWebURL(s.SupabaseEndpoint), "SUPABASE_STORAGE_ENDPOINT",
			"is no web address; expected one such as https://project.supabase.co/storage/v1/s3")
	}
	if !s.UseSupabaseStorage {
		return
	}
	const missing = "is not set; USE_SUPABASE_STORAGE needs it"
	m.unless(s.SupabaseEndpoint != "", "SUPABASE_STORAGE_ENDPOINT", missing)
	m.unless(s.SupabaseAccessKey != "", "SUPABASE_STORAGE_ACCESS_KEY", missing)
	m.unless(s.SupabaseSecretKey != "", "SUPABASE_STORAGE_SECRET_KEY", missing)
}
