package config

import (
	"cmp"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// resolve sets what depends on other settings.
func (s *Settings) resolve(getenv func(string) string) {
	s.DataDir = cmp.Or(s.DataDir, defaultDataDir(getenv))
	s.EmailFilePath = cmp.Or(s.EmailFilePath, filepath.Join(s.DataDir, "mail"))
	s.BackupDir = cmp.Or(s.BackupDir, filepath.Join(s.DataDir, "backups"))
	s.resolveDatabase()
	if s.EmailBackend == "" {
		s.EmailBackend = s.defaultBackend()
	}
	if s.RenderHost != "" {
		s.AllowedHosts = addOnce(s.AllowedHosts, s.RenderHost)
	}
	s.FrontendURL = strings.TrimRight(s.FrontendURL, "/")
	s.PublicURL = strings.TrimRight(s.PublicURL, "/")
	if origin := originOf(s.FrontendURL); origin != "" {
		s.CORSAllowedOrigins = addOnce(s.CORSAllowedOrigins, origin)
		s.CSRFTrustedOrigins = addOnce(s.CSRFTrustedOrigins, origin)
	}
}

// defaultDataDir follows the XDG base directory specification, by which a relative path does not count.
func defaultDataDir(getenv func(string) string) string {
	if xdg := getenv("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
		return filepath.Join(xdg, "omnistock")
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share", "omnistock")
	}
	return "data"
}

// resolveDatabase chooses between DATABASE_URL, POSTGRES_* and the file in the data folder. A wrong DATABASE_URL stays
// as it is: falling back to another database would hide the mistake.
func (s *Settings) resolveDatabase() {
	_, urlSet := s.origins["DATABASE_URL"]
	db, dbSet := s.origins["POSTGRES_DB"]
	host, hostSet := s.origins["POSTGRES_HOST"]
	switch {
	case urlSet:
	case dbSet || hostSet:
		s.PostgresDB = cmp.Or(s.PostgresDB, s.PostgresUser)
		s.DatabaseURL = s.postgresURL()
		s.origins["DATABASE_URL"] = cmp.Or(db, host)
	default:
		s.DatabaseURL = SQLiteURL(filepath.Join(s.DataDir, "omnistock.db"))
	}
}

func (s *Settings) defaultBackend() MailBackend {
	if s.Embedded() || s.Debug {
		return "console"
	}
	return "smtp"
}

// originOf returns scheme, host and port of the URL, or nothing if it has none.
func originOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func addOnce(list []string, entry string) []string {
	if slices.Contains(list, entry) {
		return list
	}
	return append(list, entry)
}
