package dbtest

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core/db"
	"github.com/uptrace/bun"
)

// A server is PostgreSQL, in which databases may be created.
type server struct {
	url   *url.URL     // of the database from which the others are managed
	admin *bun.DB      // that database
	stop  func() error // stops Docker's container

	template     func() (name string, err error) // makes a migrated database, once
	templateName string                          // of that database, once it is made
}

// startServer starts the server of this test binary, once. It stands in started from then on.
var (
	startServer = sync.OnceValues(newServer)
	started     *server
)

func newServer() (*server, error) {
	address, stop := os.Getenv("OMNISTOCK_TEST_DATABASE_URL"), func() error { return nil }
	if address == "" {
		var err error
		if address, stop, err = runContainer(); err != nil {
			return nil, err
		}
	}
	admin, err := db.Open(address)
	if err != nil {
		return nil, errors.Join(err, stop())
	}
	u, _ := url.Parse(address) // db.Open has parsed it too
	started = &server{url: u, admin: admin, stop: stop}
	started.template = sync.OnceValues(started.newTemplate)
	return started, admin.PingContext(context.Background())
}

// purge drops the template and stops the container. It does nothing where no server was started.
func purge() error {
	if started == nil {
		return nil
	}
	var dropped error
	if started.templateName != "" {
		dropped = started.drop(started.templateName)
	}
	return errors.Join(dropped, started.admin.Close(), started.stop())
}

// runningServer fails the test where there is no server.
func runningServer(t testing.TB) *server {
	t.Helper()
	s, err := startServer()
	if err != nil {
		t.Fatalf("dbtest: no PostgreSQL: %v\nStart Docker, or set OMNISTOCK_TEST_DATABASE_URL.", err)
	}
	return s
}

// create makes a database as a copy of another one and returns its name. Its files are copied, which takes a seventh of
// the time that writing each page to the log would.
func (s *server) create(template string) (string, error) {
	name := "omnistock_test_" + strings.ToLower(rand.Text())
	_, err := s.admin.ExecContext(context.Background(), "CREATE DATABASE ? TEMPLATE ? STRATEGY file_copy", bun.Ident(name), bun.Ident(template))
	return name, err
}

func (s *server) drop(name string) error {
	_, err := s.admin.ExecContext(context.Background(), "DROP DATABASE IF EXISTS ? WITH (FORCE)", bun.Ident(name))
	return err
}

// urlOf returns the URL of one of the server's databases.
func (s *server) urlOf(name string) string {
	u := *s.url
	u.Path = "/" + name
	return u.String()
}

func (s *server) newTemplate() (name string, err error) {
	if s.templateName, err = s.create("template1"); err != nil {
		return "", err
	}
	return s.templateName, migrate(s.urlOf(s.templateName))
}

// migrated returns the name of the migrated template.
func (s *server) migrated(t testing.TB) string {
	t.Helper()
	name, err := s.template()
	if err != nil {
		t.Fatalf("dbtest: migrate postgres: %v", err)
	}
	return name
}

// newPostgres returns the URL of a copy of the template, which is dropped after the test.
func newPostgres(t testing.TB, template string) string {
	t.Helper()
	s := runningServer(t)
	name, err := s.create(template)
	if err != nil {
		t.Fatalf("dbtest: create database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.drop(name); err != nil {
			t.Errorf("dbtest: drop database: %v", err)
		}
	})
	return s.urlOf(name)
}
