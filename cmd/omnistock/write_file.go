package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// writeFile replaces a file in one step: who reads it sees the old text or the new one, and never half of it.
func writeFile(path string, text []byte) error {
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = draft.Write(text)
	err = errors.Join(err, draft.Chmod(0o644), draft.Sync(), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(draft.Name()))
	}
	return nil
}
