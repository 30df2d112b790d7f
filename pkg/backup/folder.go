package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// The names of archives in a folder begin with the time, so that their order is the order of time.
const (
	nameForm    = "omnistock-20060102T150405Z.tar.zst"
	draftSuffix = ".part"
)

var (
	archiveName = regexp.MustCompile(`^omnistock-\d{8}T\d{6}Z\.tar\.zst$`)
	draftName   = regexp.MustCompile(`^\.omnistock-\d{8}T\d{6}Z\.tar\.zst\.\d+\.part$`)
)

// draftAge is how old the file of an archive that was never finished is before it is deleted.
const draftAge = 24 * time.Hour

// archivePath returns where an archive made now belongs, and its folder if the path is one. Anything there is a Conflict.
func archivePath(path string, now time.Time) (archive, folder string, err error) {
	info, err := os.Stat(path)
	isFolder := err == nil && info.IsDir()
	switch {
	case isFolder:
		path, folder = filepath.Join(path, now.UTC().Format(nameForm)), path
		if _, err := os.Lstat(path); err == nil {
			return "", "", core.Errorf(core.Conflict, "%s was made in this very second", path)
		}
	case err == nil:
		return "", "", core.Errorf(core.Conflict, "%s is there already", path)
	case !errors.Is(err, fs.ErrNotExist):
		return "", "", err
	}
	return path, folder, nil
}

// archivesIn returns the names of the folder's archives, the oldest first.
func archivesIn(folder string) ([]string, error) {
	return namesIn(folder, archiveName)
}

// Newest returns when the newest archive of the folder was made, by its name, or the zero time if there is none.
func Newest(folder string) (time.Time, error) {
	names, err := archivesIn(folder)
	if err != nil || len(names) == 0 {
		return time.Time{}, err
	}
	return time.Parse(nameForm, names[len(names)-1])
}

func namesIn(folder string, form *regexp.Regexp) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("look for archives: %w", err)
	}
	var names []string
	for _, entry := range entries {
		if entry.Type().IsRegular() && form.MatchString(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// deleteOld deletes all but the newest archives of the folder, and what is left of some that were never finished. It
// returns the paths of the archives.
func deleteOld(folder string, keep int) (deleted []string, err error) {
	names, err := archivesIn(folder)
	if err != nil {
		return nil, err
	}
	for _, name := range names[:max(0, len(names)-keep)] {
		path := filepath.Join(folder, name)
		if err := os.Remove(path); err != nil {
			return deleted, fmt.Errorf("delete an old archive: %w", err)
		}
		deleted = append(deleted, path)
	}
	return deleted, deleteDrafts(folder)
}

func deleteDrafts(folder string) error {
	names, err := namesIn(folder, draftName)
	if err != nil {
		return err
	}
	for _, name := range names {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > draftAge {
			err = os.Remove(path)
			if err != nil {
				return fmt.Errorf("delete an unfinished archive: %w", err)
			}
		}
	}
	return nil
}

// syncFolder writes a file's name through to the disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
