package backup

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/storage"
)

// Options set a Service up.
type Options struct {
	Models  []any           // nil pointers of the bun models of all tables that the program reads or writes
	Folder  storage.Storage // of the images
	Bucket  storage.Storage // of the images; nil where there is none
	Version string          // of the program
	Now     func() time.Time
	Log     *slog.Logger

	// Missing fills tables, by their names, of which an older archive has no rows that it would have now.
	Missing map[string]func(ctx context.Context, tx bun.Tx) (rows int, err error)
}

// A Service makes and restores archives of one installation.
type Service struct {
	db      *bun.DB
	models  []any
	places  map[string]storage.Storage // by their names in archives
	version string
	now     func() time.Time
	log     *slog.Logger
	missing map[string]func(ctx context.Context, tx bun.Tx) (rows int, err error)
	mu      sync.Mutex // held while an archive is made
}

// NewService returns a service on the database. It does no I/O.
func NewService(bunDB *bun.DB, o Options) *Service {
	s := &Service{
		db: bunDB, models: o.Models, places: map[string]storage.Storage{folderPlace: o.Folder},
		version: o.Version, now: o.Now, log: o.Log, missing: o.Missing,
	}
	if o.Bucket != nil {
		s.places[bucketPlace] = o.Bucket
	}
	return s
}

// engine is the name of the database's engine in manifests.
func (s *Service) engine() string {
	if db.IsPostgres(s.db) {
		return "postgresql"
	}
	return "sqlite"
}
