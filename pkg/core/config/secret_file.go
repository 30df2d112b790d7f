package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// LoadOrCreateSecret returns the key that the file holds. Where there is no file it makes one with a new key of 64
// random URL-safe characters, readable by its owner alone, and makes its folder (mode 0700) where that is missing too.
// Processes that start at once end with the same key. A file that others can read, or whose key is weak, is an error.
func LoadOrCreateSecret(path string) (Secret, error) {
	key, err := readSecret(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if err := createSecret(path); err != nil {
		return "", fmt.Errorf("make secret key file: %w", err)
	}
	return readSecret(path)
}

func readSecret(path string) (Secret, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("secret key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("secret key file %s: others may read it (mode %04o); "+
			"if nobody did, run chmod 600 %s, else remove it", path, mode, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("secret key file: %w", err)
	}
	key := Secret(strings.TrimSpace(string(text)))
	if err := weakSecret(key); err != nil {
		return "", fmt.Errorf("secret key file %s: the key %w; remove the file to get a new one", path, err)
	}
	return key, nil
}

// createSecret makes the file, or leaves that of another process which was faster. The key is complete on disk before
// the name exists, and a link, unlike a rename, never replaces a file.
func createSecret(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	draft, err := writeDraft(filepath.Dir(path), NewSecret())
	if draft != "" {
		defer func() { _ = os.Remove(draft) }()
	}
	if err != nil {
		return err
	}
	if err := os.Link(draft, path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// writeDraft writes the key to a new file in the folder and returns its name, also with an error once it exists.
func writeDraft(folder string, key Secret) (string, error) {
	f, err := os.CreateTemp(folder, ".secret-*") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(key.Reveal() + "\n")
	return f.Name(), errors.Join(err, f.Sync(), f.Close())
}

// NewSecret returns 64 random characters of the URL-safe alphabet, 384 bits.
func NewSecret() Secret {
	random := make([]byte, 48)
	_, _ = rand.Read(random) // never fails
	return Secret(base64.RawURLEncoding.EncodeToString(random))
}
