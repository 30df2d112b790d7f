package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/fixtures"
	"github.com/omni-stock/omnistock/pkg/anonymization"
	"github.com/omni-stock/omnistock/pkg/backup"
	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/idempotency"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/costing"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/overview"
	"github.com/omni-stock/omnistock/pkg/pricing"
	"github.com/omni-stock/omnistock/pkg/sales"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/stocktake"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A program is the domains put together on a database.
type program struct {
	settings *config.Settings
	log      *slog.Logger
	db       *bun.DB
	users    *users.Service
	keys     *idempotency.Service
	fixtures *fixtures.Service
	mail     mail.Sender
	staging  *anonymization.Service
	images   *storage.Images
	catalog  *catalog.Service
	backup   *backup.Service
	app      *app.App
}

// newProgram puts the domains together. It does no I/O: the database is opened when a query needs it.
func newProgram(s *config.Settings, getenv func(string) string, log *slog.Logger, out io.Writer) (*program, error) {
	bunDB, err := db.Open(s.DatabaseURL.Reveal())
	if err != nil {
		return nil, err
	}
	sender, err := mail.New(mailOptions(s, out))
	if err != nil {
		return nil, err
	}
	folder, bucket, err := newStorages(s)
	if err != nil {
		return nil, err
	}
	images := newImages(s, folder, bucket, log)
	us := users.NewService(bunDB, users.Options{
		Secret: []byte(s.SecretKey.Reveal()), Now: time.Now, PasswordIterations: s.PasswordIterations, Mail: sender,
		FrontendURL: s.FrontendURL, Log: log, Getenv: getenv, Images: images,
		LateSecret: func() ([]byte, error) {
			err := s.RequireSecret()
			return []byte(s.SecretKey.Reveal()), err
		},
	})
	vs := vendors.NewService(bunDB, us, images, time.Now)
	ks := catalog.NewService(bunDB, vs, time.Now)
	ss := stock.NewService(bunDB, us, vs, time.Now)
	cs := costing.NewService(bunDB, vs, ss, time.Now)
	is := inventory.NewService(bunDB, us, vs, ss, images, time.Now)
	ps := pricing.NewService(bunDB, vs, time.Now)
	ov := overview.NewService(bunDB, vs, time.Now)
	ts := stocktake.NewService(bunDB, vs, ss, time.Now)
	system := app.System{FrontendURL: s.FrontendURL, Ready: func(ctx context.Context) error { return ping(ctx, bunDB) }}
	info := web.Info{Title: "Omni-Stock API", Version: "1.0", Description: "Inventory for people who sell collectibles."}
	keys := idempotency.NewService(bunDB, time.Now, log)
	a := app.New(
		info, system, keys.Module(), images.Module(), us.Module(), vs.Module(), ks.Module(), ss.Module(), cs.Module(), is.Module(), ts.Module(),
		ps.Module(), ov.Module(),
		sales.NewService(bunDB, vs, ss, time.Now).Module(),
		serial.NewService(bunDB, vs, ss, time.Now).Module(),
	)
	return &program{
		settings: s, log: log, db: bunDB, users: us, keys: keys, mail: sender, catalog: ks, app: a,
		staging:  anonymization.NewService(bunDB, us, a.Models()),
		fixtures: fixtures.NewService(bunDB, us, is, ss, a.Models(), time.Now), images: images,
		backup: backup.NewService(bunDB, backup.Options{
			Models: a.Models(), Folder: folder, Bucket: bucket, Version: version, Now: time.Now, Log: log,
			Missing: map[string]func(context.Context, bun.Tx) (int, error){stock.Table: ss.BalanceAll},
		}),
	}, nil
}

// storageTimeout bounds one operation on the bucket of the images.
const storageTimeout = 15 * time.Second

// newStorages returns the folder of images in the data folder, and the bucket that is used instead; nil if none is.
func newStorages(s *config.Settings) (folder *storage.Folder, bucket storage.Storage, err error) {
	folder = storage.NewFolder(filepath.Join(s.DataDir, "media"), s.PublicURL)
	if !s.UseSupabaseStorage {
		return folder, nil, nil
	}
	bucket, err = storage.NewS3(storage.S3Options{
		Endpoint: s.SupabaseEndpoint, Bucket: s.SupabaseBucket, Region: s.SupabaseRegion,
		AccessKey: s.SupabaseAccessKey.Reveal(), SecretKey: s.SupabaseSecretKey.Reveal(),
		PublicURL: s.SupabaseCustomDomain, Timeout: storageTimeout,
	})
	return folder, bucket, err
}

// newImages keeps images in the bucket, or in the folder where there is none. What the folder holds is served either way.
func newImages(s *config.Settings, folder *storage.Folder, bucket storage.Storage, log *slog.Logger) *storage.Images {
	o := storage.Options{Storage: folder, Folder: folder, MaxBytes: int64(s.MaxImage), Now: time.Now, Log: log}
	if bucket != nil {
		o.Storage = bucket
	}
	return storage.NewImages(o)
}

func mailOptions(s *config.Settings, out io.Writer) mail.Options {
	return mail.Options{
		Backend: string(s.EmailBackend), From: s.DefaultFromEmail, Host: s.EmailHost, Port: s.EmailPort, User: s.EmailHostUser,
		Password: s.EmailHostPassword.Reveal(), UseTLS: s.EmailUseTLS, UseSSL: s.EmailUseSSL, Timeout: s.EmailTimeout,
		Folder: s.EmailFilePath, Out: out,
	}
}

// handler serves the API as the settings say.
func (p *program) handler() http.Handler {
	s := p.settings
	return p.app.Handler(web.Config{
		Log: p.log, Authenticate: p.users.Authenticate, Around: p.keys.Around, IsOutage: db.IsOutage, AllowedHosts: s.AllowedHosts,
		CORS:    web.CORS{Origins: s.CORSAllowedOrigins, Patterns: s.CORSAllowedOriginRegexes},
		MaxBody: int64(s.MaxBody), MaxUpload: int64(s.MaxImport), RateLimit: s.RateLimit, TrustedProxies: s.TrustedProxies,
	})
}

// close lets mails that were accepted go out, for a while, and closes the database.
func (p *program) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), p.settings.ShutdownTimeout)
	defer cancel()
	if err := p.users.Close(ctx); err != nil {
		p.log.Warn("mails are lost", "error", err)
	}
	return p.db.Close()
}
