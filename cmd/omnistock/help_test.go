package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var updateHelp = flag.Bool("update", false, "write the help of all commands into testdata/help")

// withoutEnvironment is where nothing is set.
func withoutEnvironment(name string) string {
	return map[string]string{"OMNISTOCK_ENV_FILE": os.DevNull, "OMNISTOCK_DATA_DIR": "/nowhere"}[name]
}

// commandTree returns the root of all commands.
func commandTree(t *testing.T) *cobra.Command {
	t.Helper()
	c, err := newCommandLine(nil, withoutEnvironment, new(bytes.Buffer), new(bytes.Buffer))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.program.close(); err != nil {
			t.Error(err)
		}
	})
	return newRootCommand(c)
}

// walk calls fn for a command and all below it. Hidden ones are not for people.
func walk(cmd *cobra.Command, fn func(*cobra.Command)) {
	fn(cmd)
	for _, member := range cmd.Commands() {
		if !member.Hidden {
			walk(member, fn)
		}
	}
}

// TestHelp_golden compares what each command says of itself with testdata/help; -update writes it.
func TestHelp_golden(t *testing.T) {
	const dir = "testdata/help"
	var files []string
	walk(commandTree(t), func(cmd *cobra.Command) {
		path := filepath.Join(dir, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".golden")
		files = append(files, path)
		var out, errOut bytes.Buffer
		args := slices.Concat(strings.Fields(cmd.CommandPath())[1:], []string{"--help"})
		if code := run(t.Context(), args, withoutEnvironment, strings.NewReader(""), &out, &errOut); code != exitGood || errOut.Len() > 0 {
			t.Errorf("%s: exit code %d: %s", cmd.CommandPath(), code, errOut.String())
		}
		if *updateHelp {
			if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(path)
		if diff := cmp.Diff(string(want), out.String()); err != nil || diff != "" {
			t.Errorf("%s: %v; go test ./cmd/omnistock -run TestHelp_golden -update mends it (-want +got):\n%s", path, err, diff)
		}
	})
	there, err := filepath.Glob(dir + "/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range there {
		if slices.Contains(files, path) {
			continue
		}
		if !*updateHelp {
			t.Errorf("%s is the help of no command", path)
		} else if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

func TestHelp_isComplete(t *testing.T) {
	lists := regexp.MustCompile(`^(list|show.*|inspect|check|diffsettings|version)$`)
	walk(commandTree(t), func(cmd *cobra.Command) {
		path := cmd.CommandPath()
		if !strings.Contains(cmd.UsageString(), "Exit codes: 0 good, 1 error, 2 wrong usage.") {
			t.Errorf("%s: the help lists no exit codes", path)
		}
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: short help %q is empty or a sentence", path, cmd.Short)
		}
		if cmd.HasParent() && (!strings.Contains(cmd.Example, "omnistock "+cmd.Name()) && !strings.Contains(cmd.Example, path)) {
			t.Errorf("%s: no example of it in %q", path, cmd.Example)
		}
		if lists.MatchString(cmd.Name()) && cmd.Flag("json") == nil {
			t.Errorf("%s lists something and has no --json", path)
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s: --%s is not explained", path, f.Name)
			}
		})
		for _, text := range []string{cmd.Short, cmd.Long, cmd.Example} {
			for _, r := range text {
				if r > '~' {
					t.Errorf("%s: %q is not ASCII", path, r)
				}
			}
		}
	})
}

// parity are the names and flags of manage.py, and of the Django backend's own commands, that scripts use.
var parity = map[string]string{
	"check": "tag list-tags deploy fail-level json", "migrate": "plan check noinput", "showmigrations": "list plan json",
	"sqlmigrate": "", "sqlsequencereset": "", "loaddata": "format ignorenonexistent exclude",
	"dumpdata": "format indent exclude natural-foreign natural-primary pks output all", "anonymize": "noinput yes force",
	"createsuperuser": "username email noinput if-not-exists", "createuser": "superuser username email noinput if-not-exists",
	"changepassword": "stdin", "dbshell": "", "diffsettings": "all json", "config show": "all json", "sendtestemail": "",
	"flushexpiredtokens": "dry-run", "clearsessions": "dry-run", "flush": "noinput", "runserver": "noreload", "serve": "",
	"spectacular": "format file validate fail-on-warn color", "openapi": "check breaking update", "collectstatic": "noinput",
	"load_demo_data": "count overwrite", "seed_reference_data": "", "create_default_stores": "dry-run",
	"backfill_collectible_stores": "dry-run", "show_urls": "json format", "healthcheck": "", "generate_secret_key": "",
	"token inspect": "json", "token revoke": "jti user", "user list": "inactive staff vendor json", "user show": "json",
	"user disable": "force", "user enable": "", "user promote": "staff superuser force", "version": "json",
	"completion bash": "", "completion zsh": "", "completion fish": "", "help": "",
}

func TestParity_namesAndFlags(t *testing.T) {
	root := commandTree(t)
	for path, flags := range parity {
		cmd, rest, err := root.Find(strings.Fields(path))
		if err != nil || len(rest) > 0 || cmd == root {
			t.Errorf("there is no command %s: %v", path, err)
			continue
		}
		for name := range strings.FieldsSeq(flags + " verbosity no-color") {
			if cmd.Flag(name) == nil {
				t.Errorf("%s has no --%s", path, name)
			}
		}
	}
}
