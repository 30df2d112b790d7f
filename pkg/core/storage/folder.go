package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// mediaPath is where a Folder's objects are served.
const mediaPath = "/media/"

// partSuffix ends the name of an object that is being written.
const partSuffix = ".part"

// A Folder keeps each object as a file that only this user may read. Nothing outside of it is reached, also not by
// links inside.
type Folder struct {
	dir       string
	publicURL string
}

// NewFolder returns a storage in the folder, which is made when it is first written to. The public URL is the server's
// own, without a slash at its end, or empty where it is not known.
func NewFolder(dir, publicURL string) *Folder { return &Folder{dir: dir, publicURL: publicURL} }

// URL implements Storage.
func (f *Folder) URL(key string) string { return f.publicURL + mediaPath + key }

// Put implements Storage. The file appears whole or not at all.
func (f *Folder) Put(_ context.Context, key, _ string, content []byte) (err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return fmt.Errorf("make the media folder: %w", err)
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return fmt.Errorf("open the media folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if err := root.MkdirAll(path.Dir(key), 0o700); err != nil {
		return fmt.Errorf("make a media folder: %w", err)
	}
	part := key + partSuffix
	if err := writeFile(root, part, content); err != nil {
		return errors.Join(fmt.Errorf("write an object: %w", err), removeFile(root, part))
	}
	if err := root.Rename(part, key); err != nil {
		return errors.Join(fmt.Errorf("name an object: %w", err), removeFile(root, part))
	}
	return nil
}

// writeFile writes a file through to the disk. One of that name is what a crash has left.
func writeFile(root *os.Root, name string, content []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

func removeFile(root *os.Root, name string) error {
	if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Delete implements Storage.
func (f *Folder) Delete(_ context.Context, key string) (err error) {
	root, err := os.OpenRoot(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the media folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return removeFile(root, key)
}

// Open implements Storage.
func (f *Folder) Open(_ context.Context, key string) (io.ReadCloser, error) {
	file, _, err := f.open(key)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// List implements Storage.
func (f *Folder) List(ctx context.Context, fn func(Object) error) (err error) {
	root, err := os.OpenRoot(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the media folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("list the media folder: %w", err)
		}
		if !d.Type().IsRegular() || !IsKey(strings.TrimSuffix(name, partSuffix)) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted just now
		}
		if err != nil {
			return fmt.Errorf("list the media folder: %w", err)
		}
		return fn(Object{Key: name, Size: info.Size(), Modified: info.ModTime()})
	})
}

// open returns the file of an object, or NotFound. What is no key names nothing.
func (f *Folder) open(key string) (*os.File, fs.FileInfo, error) {
	if !IsKey(key) {
		return nil, nil, errNotFound()
	}
	file, err := os.OpenInRoot(f.dir, key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, errNotFound()
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open an object: %w", err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNotFound()
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}
