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
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/storage"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/stock"
	"github.com/omni-stock/omnistock/pkg/users"
)

// A program is the domains on a database, and what works on all of it.
type program struct {
	*domains.Domains
	settings *config.Settings
	log      *slog.Logger
	db       *bun.DB
	mail     mail.Sender
	fixtures *fixtures.Service
	staging  *anonymization.Service
	backup   *backup.Service
	app      *app.App
}

// newProgram puts the program together. It does no I/O: the database is opened when a query needs it.
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
	d := domains.New(bunDB, domains.Options{
		Users: usersOptions(s, sender, getenv), Images: newImages(s, folder, bucket, log), Now: time.Now, Log: log,
	})
	system := app.System{FrontendURL: s.FrontendURL, Ready: func(ctx context.Context) error { return ping(ctx, bunDB) }}
	info := web.Info{Title: "Omni-Stock API", Version: "1.0", Description: "Inventory for people who sell collectibles."}
	a := app.New(info, system, d.Modules()...)
	return &program{
		Domains: d, settings: s, log: log, db: bunDB, mail: sender, app: a,
		staging:  anonymization.NewService(bunDB, d.Users, a.Models()),
		fixtures: fixtures.NewService(bunDB, d.Users, d.Inventory, d.Stock, a.Models(), time.Now),
		backup: backup.NewService(bunDB, backup.Options{
			Models: a.Models(), Folder: folder, Bucket: bucket, Version: version, Now: time.Now, Log: log,
			Missing: map[string]func(context.Context, bun.Tx) (int, error){stock.Table: d.Stock.BalanceAll},
		}),
	}, nil
}

func usersOptions(s *config.Settings, sender mail.Sender, getenv func(string) string) users.Options {
	return users.Options{
		Secret: []byte(s.SecretKey.Reveal()), Now: time.Now, PasswordIterations: s.PasswordIterations, Mail: sender,
		FrontendURL: s.FrontendURL, Getenv: getenv,
		LateSecret: func() ([]byte, error) {
			err := s.RequireSecret()
			return []byte(s.SecretKey.Reveal()), err
		},
	}
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
		Log: p.log, Authenticate: p.Users.Authenticate, Around: p.Keys.Around, IsOutage: db.IsOutage, AllowedHosts: s.AllowedHosts,
		CORS:    web.CORS{Origins: s.CORSAllowedOrigins, Patterns: s.CORSAllowedOriginRegexes},
		MaxBody: int64(s.MaxBody), MaxUpload: int64(s.MaxImport), RateLimit: s.RateLimit, TrustedProxies: s.TrustedProxies,
	})
}

// close lets mails that were accepted go out, for a while, and closes the database.
func (p *program) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), p.settings.ShutdownTimeout)
	defer cancel()
	if err := p.Users.Close(ctx); err != nil {
		p.log.Warn("mails are lost", "error", err)
	}
	return p.db.Close()
}
