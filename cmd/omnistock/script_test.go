package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// serverVariables are those of a script that the programs get which are started here.
var serverVariables = []string{
	"ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "DJANGO_SECRET_KEY", "EMAIL_BACKEND", "GORACE", "HOME", leaks, "OMNISTOCK_BACKUP_DIR",
	"OMNISTOCK_BACKUP_EVERY", "OMNISTOCK_DATA_DIR",
	"OMNISTOCK_PASSWORD_ITERATIONS", "PATH", "TMPDIR",
}

// startServer is "serve [args]": it starts the server in the background on a free port, waits until it says where it
// serves, sets $URL and writes what it said to the file welcome. The server is stopped, and must end well, when the
// script ends.
func startServer(ts *testscript.TestScript, _ bool, args []string) {
	program, err := exec.LookPath("omnistock")
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, append([]string{"serve", "127.0.0.1:0"}, args...)...)
	cmd.Args[0] = "omnistock"
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = scriptEnvironment(ts)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	log, err := os.Create(ts.MkAbs("log"))
	ts.Check(err)
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, log
	ts.Check(cmd.Start())
	ts.Check(log.Close()) // it is the server's now
	ts.Defer(func() {
		cancel()
		_ = cmd.Wait() // the state says it better: the error is that of ctx
		if code := cmd.ProcessState.ExitCode(); code != exitGood {
			text, _ := os.ReadFile(ts.MkAbs("log"))
			ts.Fatalf("the server ended with %d: %s%s", code, out, text)
		}
	})
	ts.Setenv("URL", awaitAddress(ts, out))
	ts.Check(os.WriteFile(ts.MkAbs("welcome"), []byte(out.String()), 0o600))
}

// scriptEnvironment is what a program gets that is started here, and not by the script.
func scriptEnvironment(ts *testscript.TestScript) (env []string) {
	for _, name := range serverVariables {
		env = append(env, name+"="+ts.Getenv(name))
	}
	return env
}

func awaitAddress(ts *testscript.TestScript, out *lockedBuffer) string {
	address := regexp.MustCompile(`serves on (http://\S+)[\s\S]*Stop with`)
	for range 200 {
		if match := address.FindStringSubmatch(out.String()); match != nil {
			return match[1]
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("the server does not say where it serves: %s", out)
	return ""
}

// setPort is "port": it sets $PORT to that of $URL.
func setPort(ts *testscript.TestScript, _ bool, _ []string) {
	address, err := url.Parse(ts.Getenv("URL"))
	ts.Check(err)
	ts.Setenv("PORT", address.Port())
}

// sendRequest is "http METHOD PATH STATUS [BODY]": it sends a request to $URL, as $TOKEN if that is set, fails unless
// the status is as given, writes the body to the file response, and sets $TOKEN from an access token in it.
func sendRequest(ts *testscript.TestScript, _ bool, args []string) {
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

// killAt is "kill_at REGEXP args…": it starts the program with the arguments, and kills it as soon as a line of its
// standard error matches.
func killAt(ts *testscript.TestScript, _ bool, args []string) {
	program, err := exec.LookPath("omnistock")
	ts.Check(err)
	cmd := exec.Command(program, args[1:]...)
	cmd.Args[0] = "omnistock"
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = scriptEnvironment(ts)
	errOut, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	line, seen := regexp.MustCompile(args[0]), bufio.NewScanner(errOut)
	for seen.Scan() && !line.MatchString(seen.Text()) {
	}
	ts.Check(cmd.Process.Kill())
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		ts.Fatalf("%v was done before it was killed: %v", args[1:], cmd.ProcessState)
	}
}

// checkMode is "mode FILE MODE": it fails unless the file has the permissions, such as -rw-------.
func checkMode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := info.Mode().Perm().String(); got != args[1] {
		ts.Fatalf("%s has the mode %s, want %s", args[0], got, args[1])
	}
}

// awaitFile is "await PATTERN": it waits until a file of that name is there.
func awaitFile(ts *testscript.TestScript, _ bool, args []string) {
	for range 200 {
		found, err := filepath.Glob(ts.MkAbs(args[0]))
		ts.Check(err)
		if len(found) > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("there is no %s", args[0])
}
