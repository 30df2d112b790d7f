package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// leaks is the file in which a watched command says that it showed a secret: its exit code could be read as an error
// that the script expects.
const leaks = "LEAKS"

// watchedMain is main for scripts. It looks through all that the command writes for secrets.
func watchedMain() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	var written lockedBuffer
	out, errOut := io.MultiWriter(os.Stdout, &written), io.MultiWriter(os.Stderr, &written)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdin, out, errOut)
	for name, secret := range knownSecrets() {
		if len(secret) > 7 && strings.Contains(written.String(), secret) {
			text := strings.Join(os.Args, " ") + " shows " + name + ":\n" + written.String()
			if err := os.WriteFile(os.Getenv(leaks), []byte(text), 0o600); err != nil {
				panic(err)
			}
		}
	}
	os.Exit(code) //nolint:revive // it is the main of a process
}

func knownSecrets() map[string]string {
	secrets := map[string]string{}
	for _, name := range []string{"DJANGO_SECRET_KEY", "DJANGO_SUPERUSER_PASSWORD"} {
		secrets[name] = os.Getenv(name)
	}
	file := filepath.Join(os.Getenv("OMNISTOCK_DATA_DIR"), "secret.key")
	if key, err := os.ReadFile(file); err == nil {
		secrets[file] = strings.TrimSpace(string(key))
	}
	return secrets
}

// watch makes a script fail at its end if one of its commands showed a secret.
func watch(t *testing.T, env *testscript.Env) {
	t.Helper()
	file := filepath.Join(env.WorkDir, ".tmp-leaks")
	env.Setenv(leaks, file)
	env.Defer(func() {
		if text, err := os.ReadFile(file); err == nil {
			t.Errorf("%s", text)
		}
	})
}

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
