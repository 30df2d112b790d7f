package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// LogFormat is how log lines are written: LogAuto, LogText or LogJSON.
type LogFormat string

// The log formats.
const (
	LogAuto LogFormat = "auto" // LogText on a terminal, LogJSON elsewhere
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// UnmarshalText sets one of the formats, in any case of letters.
func (f *LogFormat) UnmarshalText(text []byte) error {
	return setChoice(f, text, LogAuto, LogText, LogJSON)
}

// LogLevel is the least level that is logged: debug, info, warning or error.
type LogLevel string

// UnmarshalText sets one of the levels, in any case of letters; warn is a name of warning.
func (l *LogLevel) UnmarshalText(text []byte) error {
	if strings.EqualFold(strings.TrimSpace(string(text)), "warn") {
		text = []byte("warning")
	}
	return setChoice(l, text, "debug", "info", "warning", "error")
}

// Level returns the level as slog knows it.
func (l LogLevel) Level() slog.Level {
	switch l {
	case "debug":
		return slog.LevelDebug
	case "warning":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	}
	return slog.LevelInfo
}

// MailBackend is what becomes of a mail: smtp, console, file or memory.
type MailBackend string

// djangoBackends are the names that Django has for them.
var djangoBackends = map[string]string{
	"django.core.mail.backends.smtp.emailbackend":      "smtp",
	"django.core.mail.backends.console.emailbackend":   "console",
	"django.core.mail.backends.filebased.emailbackend": "file",
	"django.core.mail.backends.locmem.emailbackend":    "memory",
}

// UnmarshalText sets one of the backends, by its short or its Django name, in any case of letters.
func (b *MailBackend) UnmarshalText(text []byte) error {
	if short, ok := djangoBackends[strings.ToLower(strings.TrimSpace(string(text)))]; ok {
		text = []byte(short)
	}
	return setChoice(b, text, "smtp", "console", "file", "memory")
}

// sslMode is libpq's word for how much of TLS a connection needs.
type sslMode string

// UnmarshalText sets one of the modes.
func (m *sslMode) UnmarshalText(text []byte) error {
	return setChoice(m, text, "disable", "allow", "prefer", "require", "verify-ca", "verify-full")
}

// setChoice sets dst to the choice that the text names, in any case of letters.
func setChoice[T ~string](dst *T, text []byte, choices ...T) error {
	value := T(strings.ToLower(strings.TrimSpace(string(text))))
	if slices.Contains(choices, value) {
		*dst = value
		return nil
	}
	var names []string
	for _, c := range choices {
		names = append(names, string(c))
	}
	return fmt.Errorf("%q is unknown; expected %s", text, strings.Join(names, ", "))
}
