package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// What the program may take, on the machine that measures.
const (
	maxColdStart  = 60 * time.Millisecond // to the first answer, with a database that is there
	maxIdleMemory = 16 << 20
	maxUsedMemory = 40 << 20 // after the requests
	maxProgram    = 40 << 20 // stripped
	usedRequests  = 10_000
)

// BenchmarkServe_coldStart starts the built program until /health/ answers. It fails if even the best start is too slow.
func BenchmarkServe_coldStart(b *testing.B) {
	program, data := mustBuildPlain(b), b.TempDir()
	makeDatabase(b, program, data)
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		s := launch(b, program, data)
		s.awaitHealth(b)
		best = min(best, time.Since(start))
		b.StopTimer()
		s.stop(b)
		b.StartTimer()
	}
	b.ReportMetric(float64(best.Microseconds())/1000, "best-ms")
	if best > maxColdStart {
		b.Errorf("the best cold start took %v, want at most %v", best, maxColdStart)
	}
}

// BenchmarkServe_size measures the program on disk, and in memory when it idles and after many requests.
func BenchmarkServe_size(b *testing.B) {
	program, data := mustBuildPlain(b), b.TempDir()
	makeDatabase(b, program, data)
	s := launch(b, program, data)
	s.awaitHealth(b)
	time.Sleep(time.Second)
	idle := s.memory(b)
	for range usedRequests {
		s.ask(b, "/api/v1/auth/me/")
	}
	used := s.memory(b)
	s.stop(b)
	info, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range []struct {
		name      string
		size, max int64
	}{{"idle", idle, maxIdleMemory}, {"used", used, maxUsedMemory}, {"program", info.Size(), maxProgram}} {
		b.ReportMetric(float64(m.size)/(1<<20), m.name+"-MB")
		if m.size > m.max {
			b.Errorf("%s takes %d bytes, want at most %d", m.name, m.size, m.max)
		}
	}
}

// makeDatabase lets what is measured start with a database that is there.
func makeDatabase(b *testing.B, program, data string) {
	b.Helper()
	s := launch(b, program, data)
	s.awaitHealth(b)
	s.stop(b)
}

// A launched program serves on a port that was free a moment ago.
type launched struct {
	cmd  *exec.Cmd
	base string
}

func launch(b *testing.B, program, data string) *launched {
	b.Helper()
	listener, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		b.Fatal(err)
	}
	s := &launched{cmd: exec.CommandContext(context.WithoutCancel(b.Context()), program, "serve", address), base: "http://" + address}
	s.cmd.Env = []string{"OMNISTOCK_DATA_DIR=" + data, "OMNISTOCK_ENV_FILE=" + os.DevNull}
	if err := s.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return s
}

func (s *launched) awaitHealth(b *testing.B) {
	b.Helper()
	for range 20_000 {
		if response, err := http.Get(s.base + "/health/"); err == nil {
			_ = response.Body.Close()
			return
		}
		time.Sleep(500 * time.Microsecond)
	}
	b.Fatal("the server does not answer")
}

func (s *launched) ask(b *testing.B, path string) {
	b.Helper()
	response, err := http.Get(s.base + path)
	if err != nil {
		b.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, response.Body) // so that the connection is used again
	_ = response.Body.Close()
}

func (s *launched) stop(b *testing.B) {
	b.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		b.Error(err)
	}
}

// memory is what the process has in memory for itself, in bytes. What it has of the program's file besides, the system
// takes back as it likes.
func (s *launched) memory(b *testing.B) int64 {
	b.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if err != nil {
		b.Skipf("memory is read on Linux only: %v", err)
	}
	match := regexp.MustCompile(`RssAnon:\s+(\d+) kB`).FindSubmatch(status)
	if match == nil {
		b.Fatalf("no memory in %s", status)
	}
	kilobytes, err := strconv.ParseInt(string(match[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes << 10
}
