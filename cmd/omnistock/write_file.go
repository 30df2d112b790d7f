package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile replaces a file in one step: who reads it sees the old text or the new one, and never half of it.
func writeFile(path string, text []byte) error {
	return replaceFile(path, 0o644, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// replaceFile is writeFile for what is written bit by bit: until write is done, it goes to a file beside it, which nobody
// else can read. If write fails, the file stays as it was.
func replaceFile(path string, mode fs.FileMode, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("write %s: it is there, and no file", path)
	}
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	err = write(draft)
	if err == nil {
		err = errors.Join(draft.Chmod(mode), draft.Sync())
	}
	err = errors.Join(err, draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(draft.Name()))
	}
	return nil
}
