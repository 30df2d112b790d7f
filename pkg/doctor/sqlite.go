package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core/check"
)

// What is much for a database of SQLite.
const (
	maxLog        = 64 << 20 // bytes; at 16 MiB the program truncates it
	freeShare     = 0.25     // of the file
	freeBytes     = 64 << 20 // below this a rewrite is not worth it
	maxDefects    = 5        // that a message names
	restoreAdvice = "stop the server, keep a copy of the file, and restore the newest backup that omnistock restore --verify finds good"
)

// integrity lets SQLite check all pages, indexes and constraints.
func (d doctor) integrity(ctx context.Context) (msgs []check.Message, err error) {
	defects, err := selectDefects(ctx, d.DB)
	if len(defects) > 0 {
		msgs = one(check.Message{
			Level: check.Critical, ID: "sqlite.E001", Text: "the file is damaged: " + strings.Join(defects, "; "), Hint: restoreAdvice,
		})
	}
	return msgs, err
}

// log looks at the write-ahead log. It grows as long as a reader does not end.
func (d doctor) log(context.Context) ([]check.Message, error) {
	info, err := os.Stat(d.File + "-wal")
	if d.File == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return unless(info.Size() <= maxLog, check.Message{
		Level: check.Warning, ID: "sqlite.W001", Object: d.File + "-wal",
		Text: fmt.Sprintf("the write-ahead log has %s", inBytes(info.Size())),
		Hint: "a program reads the database and does not end: find it (lsof), end it, and start the server again",
	}), nil
}

// freePages looks at the room in the file that deleted rows left.
func (d doctor) freePages(ctx context.Context) ([]check.Message, error) {
	p, err := selectPages(ctx, d.DB)
	if err != nil {
		return nil, err
	}
	free := p.Free * p.Size
	return unless(free < freeBytes || float64(p.Free) < freeShare*float64(p.Count), check.Message{
		Level: check.Info, ID: "sqlite.I001", Object: d.File,
		Text: fmt.Sprintf("%s of %s are free pages, which deleted rows left", inBytes(free), inBytes(p.Count*p.Size)),
		Hint: "new rows use them; to give them back to the disk, stop the server and run: omnistock dbshell -- 'VACUUM'",
	}), nil
}
