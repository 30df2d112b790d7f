package config

import (
	"fmt"
	"io"
	"log/slog"
)

// mask stands for every secret, whatever its length.
const mask = "********"

// Secret is text that does not show itself: formatted with any verb of fmt, logged by slog or written as JSON or text
// it is asterisks, or nothing if it is empty. (fmt cannot call a method of an unexported field, so keep a Secret in an
// exported one, or pass on what Reveal gives.)
type Secret string

// Reveal returns the text.
func (s Secret) Reveal() string { return string(s) }

// String returns asterisks, or nothing if the secret is empty.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return mask
}

// Format writes what String returns, for all verbs.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText returns what String returns.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue returns what String returns.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
