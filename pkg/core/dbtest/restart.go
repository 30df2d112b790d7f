package dbtest

import (
	"fmt"
	"net"
	"testing"

	"github.com/ory/dockertest/v3"
	"github.com/ory/dockertest/v3/docker"
)

// A Server is a PostgreSQL of one test's own, which can be killed and started again.
type Server struct {
	URL string // of a migrated database without rows; it stays the same

	pool      *dockertest.Pool
	container *dockertest.Resource
}

// NewServer starts a PostgreSQL in Docker, wherever other tests have theirs. It goes when the test ends.
func NewServer(t testing.TB) *Server {
	t.Helper()
	pool, container, err := startContainer(fast, map[docker.Port][]docker.PortBinding{
		port: {{HostIP: "127.0.0.1", HostPort: freePort(t)}},
	})
	if err != nil {
		t.Fatalf("dbtest: a server of its own takes a Docker engine: %v", err)
	}
	t.Cleanup(func() {
		if err := pool.Purge(container); err != nil {
			t.Errorf("dbtest: %v", err)
		}
	})
	s := &Server{URL: addressOf(container.GetHostPort(port)), pool: pool, container: container}
	if err := wait(s.URL); err != nil {
		t.Fatalf("dbtest: the server does not answer: %v", err)
	}
	if err := migrate(s.URL); err != nil {
		t.Fatalf("dbtest: migrate: %v", err)
	}
	return s
}

// Kill ends the server at once (SIGKILL), in the middle of whatever it does.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := s.pool.Client.KillContainer(docker.KillContainerOptions{ID: s.container.Container.ID}); err != nil {
		t.Fatalf("dbtest: kill the server: %v", err)
	}
}

// Start starts the server again, which recovers what was committed, and waits until it answers.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	if err := s.pool.Client.StartContainer(s.container.Container.ID, nil); err != nil {
		t.Fatalf("dbtest: start the server: %v", err)
	}
	if err := wait(s.URL); err != nil {
		t.Fatalf("dbtest: the server does not answer: %v", err)
	}
}

// freePort is a port of this machine that nobody listens at.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it does not wait
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing was written
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
}
