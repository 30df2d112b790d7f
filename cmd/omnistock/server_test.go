package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// A runningServer is the program itself, serving on a free port.
type runningServer struct {
	cmd     *exec.Cmd
	out     *lockedBuffer
	address string
}

func startProgram(t testing.TB, env ...string) *runningServer {
	t.Helper()
	return start(t, "omnistock-itself", env...)
}

// start is startProgram for the program at a path.
func start(t testing.TB, path string, env ...string) *runningServer {
	t.Helper()
	s := &runningServer{cmd: exec.Command(path, "serve", "127.0.0.1:0"), out: &lockedBuffer{}}
	s.cmd.Env = append([]string{"OMNISTOCK_DATA_DIR=" + t.TempDir(), "OMNISTOCK_ENV_FILE=" + os.DevNull, "GORACE=" + noRest}, env...)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill() // a test that failed left it
		_ = s.cmd.Wait()
	})
	address := regexp.MustCompile(`serves on http://(\S+)`)
	for range 200 {
		if match := address.FindStringSubmatch(s.out.String()); match != nil {
			s.address = match[1]
			return s
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not say where it serves: %s", s.out)
	return nil
}

// A slowRequest is one of which the server has read all but the body.
type slowRequest struct {
	conn   net.Conn
	reader *bufio.Reader
}

const slowBody = `{"username": "ann", "password": "x"}`

func (s *runningServer) startRequest(t *testing.T) *slowRequest {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the test is over
	// The server says that it goes on when it begins to read the body.
	fmt.Fprintf(conn, "POST /api/v1/auth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"+
		"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(slowBody))
	r := &slowRequest{conn: conn, reader: bufio.NewReader(conn)}
	if status := r.status(t); status != http.StatusContinue {
		t.Fatalf("status = %d, want %d", status, http.StatusContinue)
	}
	return r
}

func (r *slowRequest) status(t *testing.T) int {
	t.Helper()
	response, err := http.ReadResponse(r.reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	return response.StatusCode
}

func (s *runningServer) interrupt(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}

// awaitRefusal returns when the server refuses connections.
func (s *runningServer) awaitRefusal(t *testing.T) {
	t.Helper()
	for range 200 {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.address)
		if errors.Is(err, syscall.ECONNREFUSED) {
			return
		}
		if err == nil {
			_ = conn.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("a new connection is accepted while the server stops")
}

func TestServe_endsRequestsUnderWay(t *testing.T) {
	s := startProgram(t)
	r := s.startRequest(t)
	s.interrupt(t)
	s.awaitRefusal(t)
	if _, err := io.WriteString(r.conn, slowBody); err != nil {
		t.Fatal(err)
	}
	if status := r.status(t); status != http.StatusUnauthorized {
		t.Errorf("status = %d, want %d", status, http.StatusUnauthorized)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("serve ends with %v, want exit code 0: %s", err, s.out)
	}
}

func TestServe_secondSignalEndsAtOnce(t *testing.T) {
	s := startProgram(t)
	s.startRequest(t)
	s.interrupt(t)
	s.awaitRefusal(t)
	s.interrupt(t)
	_ = s.cmd.Wait() // the state says more
	status, ok := s.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("serve ends with %v, want the interrupt", s.cmd.ProcessState)
	}
}

func TestServe_cutsOffWhatTakesTooLong(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	defer close(finish)
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(started); <-finish })
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- serveUntil(ctx, &http.Server{Handler: handler, ReadHeaderTimeout: time.Second}, listener, 50*time.Millisecond)
	}()
	go func() {
		if response, err := http.Get("http://" + listener.Addr().String()); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-started
	stop()
	if err := <-served; err == nil {
		t.Error("serve = nil, want an error that a request was cut off")
	}
}
