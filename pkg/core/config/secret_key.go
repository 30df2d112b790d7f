package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

const (
	minSecretBytes   = 32
	minSecretLetters = 5 // distinct ones
	insecurePrefix   = "django-insecure-"
	secretKeyName    = "DJANGO_SECRET_KEY"
)

// weakSecret returns what makes the key easy to guess, or nil. The rules are those of Django's security.W009, with the
// length that HS256 asks for.
func weakSecret(key Secret) error {
	text := key.Reveal()
	distinct := map[rune]bool{}
	for _, r := range text {
		distinct[r] = true
	}
	switch {
	case len(text) < minSecretBytes:
		return fmt.Errorf("is shorter than %d bytes", minSecretBytes)
	case len(distinct) < minSecretLetters:
		return fmt.Errorf("has fewer than %d different characters", minSecretLetters)
	case strings.HasPrefix(text, insecurePrefix):
		return fmt.Errorf("starts with %q, as keys do that are not secret", insecurePrefix)
	}
	return nil
}

// SecretKeyPath is where the secret key file is, or would be.
func (s *Settings) SecretKeyPath() string { return filepath.Join(s.DataDir, "secret.key") }

// mayUseKeyFile reports whether a key that this machine made up will do: one server, or no server at all. Servers that
// share a PostgreSQL database have to share a key, which only the operator can give them.
func (s *Settings) mayUseKeyFile() bool { return s.Embedded() || s.Debug }

// RequireSecret sees to it that SecretKey can be used, for the commands that sign or verify tokens. Where a key made up
// on this machine will do and none is set, it takes that of the secret key file, and makes the file if there is none.
// Otherwise a missing or weak key is an error that says how to get a good one.
func (s *Settings) RequireSecret() error {
	if s.mayUseKeyFile() {
		return s.useKeyFile()
	}
	if s.SecretKey == "" {
		return secretError(errors.New("is not set"))
	}
	if err := weakSecret(s.SecretKey); err != nil {
		return secretError(err)
	}
	return nil
}

// useKeyFile sets the key from the secret key file unless the operator set one, be it a weak one.
func (s *Settings) useKeyFile() error {
	if s.SecretKey != "" {
		return nil
	}
	key, err := LoadOrCreateSecret(s.SecretKeyPath())
	if err != nil {
		return err
	}
	s.SecretKey = key
	s.origins[secretKeyName] = origin{source: KeyFile, name: secretKeyName}
	return nil
}

func secretError(err error) error {
	return fmt.Errorf("DJANGO_SECRET_KEY: %w; with PostgreSQL and DEBUG off it must be %d or more random bytes, "+
		"such as `openssl rand -base64 48` prints", err, minSecretBytes)
}
