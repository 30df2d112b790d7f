package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/core/check"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// manyExpired is the number of rows from which on flushexpiredtokens is worth a call. A busy day leaves some behind.
const manyExpired = 1000

// diagnoseExpired finds out whether anybody calls flushexpiredtokens.
func (p *program) diagnoseExpired(ctx context.Context) (msgs []check.Message, err error) {
	for _, kind := range p.expiring() {
		n, err := kind.deleted(ctx, true)
		if err != nil {
			return msgs, fmt.Errorf("%ss: %w", kind.name, err)
		}
		if n >= manyExpired {
			msgs = append(msgs, check.Message{
				Level: check.Info, Text: fmt.Sprintf("there are %s", count(int(n), "expired "+kind.name)),
				Hint: "call omnistock flushexpiredtokens daily",
			})
		}
	}
	return msgs, nil
}

// diagnoseImages compares the stored images with those that records name.
func (p *program) diagnoseImages(ctx context.Context) ([]check.Message, error) {
	found, err := p.Images.Prune(ctx, p.db, storage.PruneOptions{Columns: p.app.Images(), OlderThan: defaultPruneAge, DryRun: true})
	if err != nil {
		return nil, err
	}
	var missing, orphans []check.Case
	for _, m := range found.Missing[:min(len(found.Missing), check.MaxCases)] {
		missing = append(missing, check.Case{Name: fmt.Sprintf("%s %d", m.Table, m.ID), Count: int64(len(found.Missing))})
	}
	for _, o := range found.Orphans[:min(len(found.Orphans), check.MaxCases)] {
		orphans = append(orphans, check.Case{Name: o.Key, Count: int64(len(found.Orphans))})
	}
	return append(
		check.Finding(check.Message{
			Level: check.Warning, ID: "images.W001", Text: "records whose image is gone",
			Hint: "restore the images from a backup, or upload them again; omnistock media prune --dry-run lists all",
		}, missing),
		check.Finding(check.Message{
			Level: check.Info, ID: "images.I001", Text: "stored images that no record names", Hint: "omnistock media prune",
		}, orphans)...,
	), nil
}

// Backups are late when the next one should have been made for some time. Without a schedule a week is long.
const (
	backupSlack  = time.Hour
	backupUnless = 7 * 24 * time.Hour
)

// diagnoseBackups looks at the newest archive in the folder of backups.
func (p *program) diagnoseBackups(context.Context) ([]check.Message, error) {
	s := p.settings
	newest, err := backup.Newest(s.BackupDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	age := time.Since(newest)
	m := check.Message{Object: s.BackupDir, Hint: "omnistock backup; OMNISTOCK_BACKUP_EVERY=24h lets the server make them"}
	switch {
	case newest.IsZero() && s.BackupEvery == 0:
		m.Level, m.ID, m.Text = check.Info, "backups.I001", "there is no backup, and none is scheduled"
	case newest.IsZero():
		m.Level, m.ID, m.Text = check.Warning, "backups.W001", "there is no backup yet"
	case s.BackupEvery > 0 && age > s.BackupEvery+s.BackupEvery/2+backupSlack:
		m.Level, m.Text = check.Error, fmt.Sprintf("the newest backup is %.1f days old, though one is due every %s", days(age), s.BackupEvery)
		m.Hint = "the server's log says why: the scheduled backup failed"
	case s.BackupEvery == 0 && age > backupUnless:
		m.Level, m.ID, m.Text = check.Warning, "backups.W002", fmt.Sprintf("the newest backup is %.1f days old", days(age))
	default:
		return nil, nil
	}
	return []check.Message{m}, nil
}

func days(d time.Duration) float64 { return d.Hours() / 24 }
