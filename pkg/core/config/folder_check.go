package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// CheckFolder returns the check (storage.E001) that files can be made in the folder, or, where it is yet to be made,
// that the folder itself can be. The setting is the variable that names it. The check leaves nothing behind.
func CheckFolder(setting, folder string) check.Check {
	run := func(context.Context) []check.Message {
		err := tryFolder(folder)
		if err == nil {
			return nil
		}
		return []check.Message{{
			Level: check.Error,
			Text:  fmt.Sprintf("%s cannot be written: %v", folder, err),
			Hint:  "make it writable for the user of the server, or set " + setting + " to another folder",
		}}
	}
	return check.Check{ID: "storage.E001", Tags: []string{"storage"}, Run: run}
}

func tryFolder(folder string) error {
	existing, err := nearestFolder(folder)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(existing, ".check-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// nearestFolder returns the folder, or the closest one above it that exists.
func nearestFolder(folder string) (string, error) {
	info, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) && folder != filepath.Dir(folder) {
		return nearestFolder(filepath.Dir(folder))
	}
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is not a folder", folder)
	}
	return folder, nil
}
