package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// startServer is "serve [args]": it starts the server in the background on a free port, waits until it says where it
// serves, and sets $URL. The server is stopped, and must end well, when the script ends.
func startServer(ts *testscript.TestScript, neg bool, args []string) {
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, os.Args[0], append([]string{"serve", "127.0.0.1:0"}, args...)...)
	program, err := exec.LookPath("omnistock")
	ts.Check(err)
	cmd.Path, cmd.Args[0] = program, "omnistock"
	cmd.Dir = ts.Getenv("WORK")
	for _, name := range []string{
		"OMNISTOCK_DATA_DIR", "OMNISTOCK_PASSWORD_ITERATIONS", "DATABASE_URL", "DJANGO_SECRET_KEY", "EMAIL_BACKEND", "HOME", "PATH",
	} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	ts.Check(cmd.Start())
	ts.Defer(func() {
		cancel()
		_ = cmd.Wait()
		if cmd.ProcessState.ExitCode() != 0 {
			ts.Logf("serve ended with %v", cmd.ProcessState)
		}
		if strings.Contains(out.String(), scriptSecret) {
			ts.Fatalf("the server's output holds the secret key")
		}
	})
	address := regexp.MustCompile(`serves on (http://\S+)`)
	for range 100 {
		if match := address.FindStringSubmatch(out.String()); match != nil {
			ts.Setenv("URL", match[1])
			ts.Logf("%s", out.String())
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("the server does not say where it serves: %s", out.String())
}

// sendRequest is "http METHOD PATH STATUS [BODY]": it sends a request to $URL, as $TOKEN if that is set, fails unless
// the status is as given, writes the body to the file response, and sets $TOKEN from an access token in it.
func sendRequest(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: http METHOD PATH STATUS [BODY]")
	}
	body := strings.NewReader(strings.Join(args[3:], " "))
	request, err := http.NewRequest(args[0], ts.Getenv("URL")+args[1], body)
	ts.Check(err)
	request.Header.Set("Content-Type", "application/json")
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	client := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	response, err := client.Do(request)
	ts.Check(err)
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	ts.Check(err)
	if got := response.Status[:3]; got != args[2] {
		ts.Fatalf("%s %s: status %s, want %s: %s", args[0], args[1], got, args[2], text)
	}
	ts.Check(os.WriteFile(ts.MkAbs("response"), append(text, '\n'), 0o600))
	if match := regexp.MustCompile(`"access":"([^"]+)"`).FindSubmatch(text); match != nil {
		ts.Setenv("TOKEN", string(match[1]))
	}
}

// checkMode is "mode FILE MODE": it fails unless the file has the permissions, in octal.
func checkMode(ts *testscript.TestScript, neg bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := info.Mode().Perm().String(); got != args[1] {
		ts.Fatalf("%s has the mode %s, want %s", args[0], got, args[1])
	}
}
