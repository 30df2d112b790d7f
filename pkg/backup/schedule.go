package backup

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Schedule says when a server makes archives, and where.
type Schedule struct {
	Every  time.Duration
	Folder string // is made if need be
	Keep   int    // 0 keeps all
}

// retryTime is how long after a failure the next attempt comes, where Every is longer.
const retryTime = 10 * time.Minute

// RunEvery makes an archive whenever the newest one in the folder is as old as the schedule allows, until ctx ends.
// Failures are logged, and tried again.
func (s *Service) RunEvery(ctx context.Context, o Schedule) {
	for {
		wait, err := s.untilDue(o)
		if err == nil && wait <= 0 {
			err = s.runDue(ctx, o)
			wait = 0
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.log.ErrorContext(ctx, "the scheduled backup failed", "folder", o.Folder, "error", err)
			wait = min(o.Every, retryTime)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(wait, time.Second)):
		}
	}
}

// untilDue returns how long it is until the next archive is due: nothing, or less, if it is now.
func (s *Service) untilDue(o Schedule) (time.Duration, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return 0, err
	}
	newest, err := Newest(o.Folder)
	if err != nil || newest.IsZero() {
		return 0, err
	}
	age := s.now().Sub(newest)
	if age < 0 { // a clock was wrong
		return o.Every, nil
	}
	return o.Every - age, nil
}

// runDue makes an archive unless another program on the same database makes one now, or just did.
func (s *Service) runDue(ctx context.Context, o Schedule) (err error) {
	unlock, err := s.lock(ctx)
	if core.KindOf(err) == core.Conflict && err != nil {
		s.log.InfoContext(ctx, "a backup is under way already")
		return waitFor(ctx, min(o.Every, retryTime))
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if wait, err := s.untilDue(o); err != nil || wait > 0 {
		return err
	}
	created, err := s.create(ctx, CreateOptions{Path: o.Folder, Keep: o.Keep})
	if err != nil {
		return err
	}
	s.log.InfoContext(ctx, "backup made", "file", filepath.Base(created.Path), "bytes", created.Bytes, "took", created.Took,
		"rows", created.Manifest.rows(), "deleted", len(created.Deleted))
	return nil
}

// waitFor returns nil after the time, or when ctx ends.
func waitFor(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
	return nil
}
