package domainstest

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/domains"
	"github.com/omni-stock/omnistock/pkg/users"
)

// NewDomains puts the domains together as tests want them: passwords cost nothing, mails stay here, images are gone after
// the test. What a test wants otherwise, such as a clock of its own, it changes.
func NewDomains(t testing.TB, db *bun.DB, change ...func(*domains.Options)) *domains.Domains {
	t.Helper()
	o := domains.Options{
		Users: users.Options{Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}},
		Now:   time.Now, Log: slog.New(slog.DiscardHandler),
	}
	for _, fn := range change {
		fn(&o)
	}
	if o.Images == nil {
		o.Images = apptest.NewImages(t)
	}
	d := domains.New(db, o)
	t.Cleanup(func() { _ = d.Users.Close(context.Background()) })
	return d
}

// NewApp builds an app of NewDomains, and returns both.
func NewApp(t testing.TB, db *bun.DB, change ...func(*domains.Options)) (*apptest.App, *domains.Domains) {
	t.Helper()
	var d *domains.Domains
	a := apptest.New(t, func(t testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		t.Helper()
		d = NewDomains(t, db, change...)
		return d.Users.Authenticate, d.Modules()
	}, db)
	return a, d
}
