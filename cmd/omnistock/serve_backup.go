package main

import (
	"context"

	"github.com/omni-stock/omnistock/pkg/backup"
)

// startBackups makes backups while the server runs, if the settings say so. stop ends one that is under way, and returns
// when nothing is left of it.
func (p *program) startBackups(ctx context.Context) (stop func()) {
	o := backup.Schedule{Every: p.settings.BackupEvery, Folder: p.settings.BackupDir, Keep: p.settings.BackupKeep}
	if o.Every == 0 {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.backup.RunEvery(ctx, o)
	}()
	return func() {
		cancel()
		<-ended
	}
}
