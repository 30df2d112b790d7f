package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// lockedBuffer is a buffer that one goroutine writes while another reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestServe_endsRequestsUnderWay(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(started)
		<-finish
		_, _ = io.WriteString(w, "done")
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- serveUntil(ctx, &http.Server{Handler: handler, ReadHeaderTimeout: time.Second}, listener, 10*time.Second)
	}()

	answered := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			answered <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		body, _ := io.ReadAll(response.Body)
		answered <- string(body)
	}()
	<-started
	stop()
	for range 100 { // the listener closes in the background
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			break
		}
		_ = conn.Close()
		time.Sleep(10 * time.Millisecond)
	}
	if conn, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("a new connection is accepted while the server stops")
	}
	close(finish)
	if got := <-answered; got != "done" {
		t.Errorf("the request under way got %q, want its answer", got)
	}
	if err := <-served; err != nil {
		t.Errorf("serve = %v, want nil", err)
	}
}

func TestServe_gracePasses(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	defer close(finish)
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(started); <-finish })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
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
