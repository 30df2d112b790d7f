package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/migrations"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/config"
	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/core/web"
	"github.com/omni-stock/omnistock/pkg/inventory"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

// A program is the domains put together on a database.
type program struct {
	settings *config.Settings
	log      *slog.Logger
	db       *bun.DB
	users    *users.Service
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
	us := users.NewService(bunDB, users.Options{
		Secret: []byte(s.SecretKey.Reveal()), Now: time.Now, PasswordIterations: s.PasswordIterations, Mail: sender,
		FrontendURL: s.FrontendURL, Log: log, Getenv: getenv,
	})
	vs := vendors.NewService(bunDB, us, time.Now)
	is := inventory.NewService(bunDB, us, vs, time.Now)
	system := app.System{FrontendURL: s.FrontendURL, Ready: bunDB.PingContext}
	info := web.Info{Title: "Omni-Stock API", Version: "1.0", Description: "Inventory for people who sell collectibles."}
	return &program{
		settings: s, log: log, db: bunDB, users: us,
		app: app.New(info, system, us.Module(), vs.Module(), is.Module()),
	}, nil
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
		Log: p.log, Authenticate: p.users.Authenticate, AllowedHosts: s.AllowedHosts,
		CORS:    web.CORS{Origins: s.CORSAllowedOrigins, Patterns: s.CORSAllowedOriginRegexes},
		MaxBody: int64(s.MaxBody), RateLimit: s.RateLimit, TrustedProxies: s.TrustedProxies,
	})
}

// makeDataDir makes the folder of the embedded database, closed to other users.
func (p *program) makeDataDir() error {
	if err := os.MkdirAll(p.settings.DataDir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return nil
}

// migrate brings the schema up to date and calls report after each step.
func (p *program) migrate(ctx context.Context, report func(step string)) ([]string, error) {
	if err := p.makeDataDir(); err != nil {
		return nil, err
	}
	return migrations.Up(ctx, p.db, report)
}

// requireMigrated sees to it that the schema is the one this program knows. It makes the embedded database where there
// is none; other databases are left to the operator.
func (p *program) requireMigrated(ctx context.Context) error {
	if p.settings.Embedded() {
		_, err := p.migrate(ctx, func(string) {})
		return err
	}
	steps, err := migrations.Status(ctx, p.db)
	if err != nil {
		return err
	}
	pending := 0
	for _, step := range steps {
		if step.Unknown {
			return fmt.Errorf("the database has the step %s, which this version does not know: run the newer one", step.Name)
		}
		if !step.Applied {
			pending++
		}
	}
	if pending > 0 {
		return fmt.Errorf("the database lacks %d migration(s): run 'omnistock migrate' first", pending)
	}
	return nil
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
