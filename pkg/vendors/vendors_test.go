package vendors_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/users"
	"github.com/omni-stock/omnistock/pkg/vendors"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func build(t testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
	t.Helper()
	images := apptest.NewImages(t)
	us := users.NewService(db, users.Options{
		Secret: []byte(strings.Repeat("secret", 8)), Now: time.Now, PasswordIterations: 1, Mail: &mail.Outbox{}, Images: images,
	})
	vs := vendors.NewService(db, us, images, time.Now)
	return us.Authenticate, []app.Module{images.Module(), us.Module(), vs.Module()}
}

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, a *apptest.App)) {
	t.Helper()
	apptest.Each(t, build, fn)
}
