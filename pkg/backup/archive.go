package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// maxManifest bounds the memory that a manifest takes: enough for two million images.
const maxManifest = 512 << 20

// An Archive is one that was read from end to end, and found whole.
type Archive struct {
	Path     string
	Bytes    int64 // of the file
	Manifest *Manifest
}

// Open reads the whole archive and compares each file with its checksum. The error for one that is cut off, damaged, of
// another program or of a newer version says so.
func Open(ctx context.Context, path string, r *progress.Reporter) (*Archive, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", path)
	}
	a := &Archive{Path: path, Bytes: info.Size()}
	if a.Manifest, err = readManifest(ctx, path, r); err != nil {
		return nil, a.errorf(err)
	}
	return a, nil
}

// errorf names the archive in front of what is wrong with it.
func (a *Archive) errorf(err error) error {
	var pathErr *os.PathError
	if err == nil || errors.As(err, &pathErr) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%s: %w", a.Path, err)
}

// readManifest returns the manifest of an archive in which all is as the manifest says.
func readManifest(ctx context.Context, path string, r *progress.Reporter) (*Manifest, error) {
	task := r.Start("checking", "bytes", progress.Unknown)
	defer task.Done()
	var files []File
	var text bytes.Buffer
	err := readArchive(ctx, path, func(name string, size int64, content io.Reader) error {
		if text.Len() > 0 {
			return errors.New("it is damaged: something follows its manifest")
		}
		if name == manifestName {
			_, err := text.ReadFrom(io.LimitReader(content, maxManifest))
			return err
		}
		file, err := readHashed(name, size, content, nil)
		files = append(files, file)
		task.Add(size)
		return err
	})
	m := &Manifest{}
	parsed := json.Unmarshal(text.Bytes(), m)
	if text.Len() > 0 && parsed == nil {
		// First what explains all else: a newer version may have files that this one does not know.
		if err := m.check(migrations.Names()); err != nil {
			return nil, err
		}
	}
	switch {
	case err != nil:
		return nil, err
	case text.Len() == 0:
		return nil, errors.New("it is cut off: it has no manifest")
	case parsed != nil:
		return nil, fmt.Errorf("its manifest cannot be read: %w", parsed)
	}
	return m, m.checkFiles(files)
}

// checkFiles compares the files that were found with those of the manifest.
func (m *Manifest) checkFiles(found []File) error {
	if len(found) != len(m.Files) {
		return fmt.Errorf("it is damaged: it holds %d files, its manifest names %d", len(found), len(m.Files))
	}
	for i, file := range found {
		if file != m.Files[i] {
			return fmt.Errorf("it is damaged: %s does not have the checksum that the manifest names", file.Name)
		}
		table := tableFile.FindStringSubmatch(file.Name)
		if table != nil && !slices.ContainsFunc(m.Tables, func(t Table) bool { return t.Name == table[1] }) {
			return fmt.Errorf("it is damaged: its manifest does not know the table %s", table[1])
		}
	}
	return nil
}

// each calls fn with each file but the manifest, and compares it with its checksum once more.
func (a *Archive) each(ctx context.Context, fn func(name string, content io.Reader) error) error {
	i := 0
	err := readArchive(ctx, a.Path, func(name string, size int64, content io.Reader) error {
		if name == manifestName {
			return nil
		}
		file, err := readHashed(name, size, content, func(r io.Reader) error { return fn(name, r) })
		if err == nil && (i >= len(a.Manifest.Files) || file != a.Manifest.Files[i]) {
			err = fmt.Errorf("it was changed while it was read: %s", name)
		}
		i++
		return err
	})
	if err == nil && i != len(a.Manifest.Files) {
		err = errors.New("it was changed while it was read")
	}
	return a.errorf(err)
}
