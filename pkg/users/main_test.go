package users_test

import (
	"context"
	"maps"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/app"
	"github.com/omni-stock/omnistock/pkg/core/apptest"
	"github.com/omni-stock/omnistock/pkg/core/dbtest"
	"github.com/omni-stock/omnistock/pkg/core/mail"
	"github.com/omni-stock/omnistock/pkg/users"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const secret = "a secret of the tests, long enough for HS256"

// A fixture is the domain behind its API, with a clock and a mailbox that the test holds.
type fixture struct {
	*apptest.App
	Users *users.Service
	Mail  *mail.Outbox
	Clock *clock
}

// A clock stands still unless it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// each runs fn on both engines. A hash costs one iteration.
func each(t *testing.T, fn func(t *testing.T, f *fixture)) {
	t.Helper()
	eachWith(t, users.Options{PasswordIterations: 1}, fn)
}

func eachWith(t *testing.T, o users.Options, fn func(t *testing.T, f *fixture)) {
	t.Helper()
	var f *fixture
	build := func(t testing.TB, db *bun.DB) (func(context.Context, string) (core.Actor, error), []app.Module) {
		t.Helper()
		f = &fixture{Mail: &mail.Outbox{}, Clock: &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.UTC)}}
		o.Secret, o.Now, o.Mail, o.FrontendURL = []byte(secret), f.Clock.Now, f.Mail, "https://shop.example"
		o.Images = apptest.NewImages(t)
		f.Users = users.NewService(db, o)
		t.Cleanup(func() { _ = f.Users.Close(context.Background()) })
		return f.Users.Authenticate, []app.Module{o.Images.Module(), f.Users.Module()}
	}
	apptest.Each(t, build, func(t *testing.T, a *apptest.App) {
		f.App = a
		fn(t, f)
	})
}

// fields is a JSON object.
type fields map[string]any

// with returns the object with other or further members.
func (f fields) with(more fields) fields {
	all := fields{}
	maps.Copy(all, f)
	maps.Copy(all, more)
	return all
}

const annsPassword = "correct horse 1"

// ann is the input of a good registration.
var ann = fields{
	"username": "ann", "email": "ann@shop.example", "password": annsPassword, "birthdate": "1990-01-02",
}

// register makes the account ann, or one that differs in the given members, and returns its id.
func (f *fixture) register(t *testing.T, more fields) int64 {
	t.Helper()
	return f.Post(t, "/api/v1/auth/register/", ann.with(more)).ID(t, http.StatusCreated)
}

// A tokenPair is what a log-in gives.
type tokenPair struct{ refresh, access string }

// logIn returns the tokens of an account that has ann's password.
func (f *fixture) logIn(t *testing.T, username string) tokenPair {
	t.Helper()
	res := f.Post(t, "/api/v1/auth/token/", fields{"username": username, "password": annsPassword})
	return newTokenPair(t, res)
}

func newTokenPair(t *testing.T, res *apptest.Response) tokenPair {
	t.Helper()
	body := res.Object(t, http.StatusOK)
	refresh, _ := body["refresh"].(string)
	access, _ := body["access"].(string)
	if refresh == "" || access == "" {
		t.Fatalf("no pair of tokens in %s", res.Body)
	}
	return tokenPair{refresh, access}
}

// asAnn registers ann and returns a client that is logged in as her.
func (f *fixture) asAnn(t *testing.T) apptest.Client {
	t.Helper()
	f.register(t, nil)
	return f.As(f.logIn(t, "ann").access)
}

// count is the number of rows that the query counts.
func (f *fixture) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := f.DB.NewRaw(query, args...).Scan(t.Context(), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// exec changes the database behind the program's back.
func (f *fixture) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := f.DB.NewRaw(query, args...).Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// atOnce sends n requests at the same time and returns how many were answered with each status.
func atOnce(n int, send func(i int) *apptest.Response) map[int]int {
	var wait sync.WaitGroup
	answers := make([]*apptest.Response, n)
	for i := range n {
		wait.Go(func() { answers[i] = send(i) })
	}
	wait.Wait()
	statuses := map[int]int{}
	for _, res := range answers {
		statuses[res.Status]++
	}
	return statuses
}
