package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/progress"
)

// CreateOptions say how to make an archive.
type CreateOptions struct {
	Path     string // of the archive, or a folder in which it gets a name with the time
	Keep     int    // how many archives of that name to keep in the folder, this one among them; 0 keeps all
	Bucket   bool   // the images of the bucket, too
	Progress *progress.Reporter
}

// Created is what Create did.
type Created struct {
	Path     string
	Bytes    int64
	Took     time.Duration
	Deleted  []string // paths of older archives
	Manifest *Manifest
}

// lockNumber is that of the database's lock, "omnibkup": one archive is made at a time.
const lockNumber = 0x6f6d6e69626b7570

// errRunning is about two archives at once.
var errRunning = core.Errorf(core.Conflict, "another backup of this database is under way")

// Create writes an archive of the database as it is at one moment, and of the images. It never overwrites a file. Until
// the archive is whole and on the disk it has another name, and older ones are left alone; an error leaves nothing
// behind. Of several on one database, also in different programs on PostgreSQL, one is made and the others are a
// core.Conflict.
func (s *Service) Create(ctx context.Context, o CreateOptions) (created *Created, err error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	return s.create(ctx, o)
}

// lock keeps others from making an archive of the database.
func (s *Service) lock(ctx context.Context) (unlock func() error, err error) {
	if !s.mu.TryLock() {
		return nil, errRunning
	}
	unlockDatabase, ok, err := db.TryLock(ctx, s.db, lockNumber)
	if err == nil && !ok {
		err = errRunning
	}
	if err != nil {
		s.mu.Unlock()
		return nil, err
	}
	return func() error {
		defer s.mu.Unlock()
		return unlockDatabase()
	}, nil
}

func (s *Service) create(ctx context.Context, o CreateOptions) (*Created, error) {
	start := time.Now()
	path, folder, err := archivePath(o.Path, s.now())
	if err != nil {
		return nil, err
	}
	if folder == "" && o.Keep > 0 {
		return nil, core.Errorf(core.Invalid, "older archives are found in a folder: give one, and no file, to keep %d", o.Keep)
	}
	created := &Created{Path: path}
	if created.Manifest, created.Bytes, err = s.write(ctx, path, o); err != nil {
		return nil, err
	}
	if o.Keep > 0 {
		if created.Deleted, err = deleteOld(folder, o.Keep); err != nil {
			return created, err
		}
	}
	created.Took = time.Since(start)
	return created, nil
}

// write makes the archive under a name of its own, and gives it the right one when it is on the disk.
func (s *Service) write(ctx context.Context, path string, o CreateOptions) (m *Manifest, size int64, err error) {
	draft, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*"+draftSuffix) // closed to other users
	if err != nil {
		return nil, 0, fmt.Errorf("make the archive: %w", err)
	}
	m, err = s.pack(ctx, draft, o)
	if info, statErr := draft.Stat(); statErr == nil {
		size = info.Size()
	}
	err = errors.Join(err, draft.Sync(), draft.Close())
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		_ = os.Remove(draft.Name()) // the error says more
		return nil, 0, fmt.Errorf("make the archive: %w", err)
	}
	return m, size, syncFolder(filepath.Dir(path))
}

// pack writes all that belongs into an archive.
func (s *Service) pack(ctx context.Context, file *os.File, o CreateOptions) (*Manifest, error) {
	m := &Manifest{Format: formatNumber, Version: s.version, Engine: s.engine(), CreatedAt: s.now().UTC().Truncate(time.Second)}
	w, err := newArchiveWriter(file, m.CreatedAt)
	if err != nil {
		return nil, err
	}
	err = db.Snapshot(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		return s.packTables(ctx, tx, w, m, o.Progress)
	})
	if err == nil {
		err = s.packMedia(ctx, w, m, o)
	}
	if err != nil {
		return nil, err
	}
	return m, w.finish(m)
}
