package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// MediaRestored says what became of the archive's images.
type MediaRestored struct {
	Stored      int // that were missing
	Same        int // that were there
	Overwritten int // that were there and differed
	NoPlace     int // of a bucket, where none is set up
}

// A mediaPlan says what is to be done with the images, by their names in the archive.
type mediaPlan struct {
	missing, differing map[string]bool
	stored             map[string]bool // those of missing that were put
}

// planMedia compares the archive's images with those that are there. Conflict if one differs and may not be replaced.
func (l *loader) planMedia(ctx context.Context) error {
	l.media = mediaPlan{missing: map[string]bool{}, differing: map[string]bool{}, stored: map[string]bool{}}
	for _, file := range l.archive.Manifest.Files {
		place, key := splitKey(file.Name)
		if place == "" {
			continue
		}
		kept := l.service.places[place]
		if kept == nil {
			l.restored.Media.NoPlace++
			continue
		}
		sum, err := checksum(ctx, kept, key)
		switch {
		case err != nil && core.KindOf(err) == core.NotFound:
			l.media.missing[file.Name] = true
		case err != nil:
			return fmt.Errorf("read %s: %w", file.Name, err)
		case sum == file.SHA256:
			l.restored.Media.Same++
		default:
			l.media.differing[file.Name] = true
			if !l.options.Replace {
				return core.Errorf(core.Conflict, "another image than the archive's is there as %s; --replace overwrites it", file.Name)
			}
		}
	}
	return nil
}

func checksum(ctx context.Context, kept storage.Storage, key string) (sum string, err error) {
	content, err := kept.Open(ctx, key)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	hash := sha256.New()
	if _, err := io.Copy(hash, content); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// putMissing stores the images that are not there.
func (l *loader) putMissing(ctx context.Context) error {
	err := l.putMedia(ctx, "images", l.media.missing, func(name string) { l.media.stored[name] = true })
	l.restored.Media.Stored = len(l.media.stored)
	return err
}

// putDiffering overwrites the images that differ.
func (l *loader) putDiffering(ctx context.Context) error {
	return l.putMedia(ctx, "images overwritten", l.media.differing, func(string) { l.restored.Media.Overwritten++ })
}

// putMedia stores those images of the archive whose names are given, and calls done with each.
func (l *loader) putMedia(ctx context.Context, task string, names map[string]bool, done func(name string)) error {
	if len(names) == 0 {
		return nil
	}
	t := l.options.Progress.Start(task, "files", int64(len(names)))
	defer t.Done()
	return l.archive.each(ctx, func(name string, content io.Reader) error {
		if !names[name] {
			return nil
		}
		place, key := splitKey(name)
		all, err := io.ReadAll(content)
		if err != nil {
			return err
		}
		done(name) // before it is: a part of it may stay
		if err := l.service.places[place].Put(ctx, key, storage.ContentType(key), all); err != nil {
			return fmt.Errorf("store %s: %w", name, err)
		}
		t.Add(1)
		return nil
	})
}

// discardMedia deletes what putMissing stored.
func (l *loader) discardMedia(ctx context.Context) {
	for name := range l.media.stored {
		place, key := splitKey(name)
		if err := l.service.places[place].Delete(context.WithoutCancel(ctx), key); err != nil {
			l.service.log.WarnContext(ctx, "an image was not removed", "name", name, "error", err)
		}
	}
}
