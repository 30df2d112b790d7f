package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// Where the disk is filling up, and where it is as good as full.
const (
	lowSpace    = 1 << 30   // bytes
	lowShare    = 0.10      // of the disk
	plentySpace = 10 << 30  // bytes: of a large disk, a small share is enough
	fullSpace   = 100 << 20 // bytes
)

// Space is that of a disk, in bytes.
type space struct{ free, total uint64 }

// disk looks at the disks of the folders, at each once.
func (d doctor) disk(context.Context) (msgs []check.Message, err error) {
	seen := map[space]bool{}
	for _, folder := range d.Folders {
		s, failed := spaceOf(nearestFolder(folder))
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", folder, failed))
			continue
		}
		if !seen[s] {
			msgs = append(msgs, s.judge(folder)...)
		}
		seen[s] = true
	}
	return msgs, err
}

func (s space) judge(folder string) []check.Message {
	share := float64(s.free) / float64(max(s.total, 1))
	m := check.Message{
		Level: check.Warning, ID: "disk.W001", Object: folder,
		Text: fmt.Sprintf("%s are free, %.0f %% of the disk", inBytes(s.free), share*100),
		Hint: "make room, or give the server a larger disk: where it is full, no change can be stored",
	}
	if s.free < fullSpace {
		m.Level, m.ID = check.Error, "disk.E001"
	}
	return unless(s.free >= plentySpace || s.free >= lowSpace && share >= lowShare, m)
}

// nearestFolder returns the folder, or the closest one above it that exists.
func nearestFolder(folder string) string {
	for {
		_, err := os.Stat(folder)
		if !errors.Is(err, fs.ErrNotExist) || folder == filepath.Dir(folder) {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// inBytes writes a size for people.
func inBytes[T int64 | uint64](n T) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.0f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%d KB", n>>10)
}
