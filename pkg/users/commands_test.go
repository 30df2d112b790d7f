package users_test

import (
	"bytes"
	"net/http"
	"os/user"
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/users"
)

// run runs a command with the line as its standard input, which is no terminal.
func (f *fixture) run(t *testing.T, stdin string, args ...string) (output string, err error) {
	t.Helper()
	for _, cmd := range f.Users.Module().Commands {
		if cmd.Name() != args[0] {
			continue
		}
		var out bytes.Buffer
		cmd.SetArgs(args[1:])
		cmd.SetIn(strings.NewReader(stdin))
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		err := cmd.ExecuteContext(t.Context())
		return out.String(), err
	}
	t.Fatalf("no command %s", args[0])
	return "", nil
}

// withVariables makes the commands see variables of the environment.
func withVariables(variables map[string]string) users.Options {
	return users.Options{PasswordIterations: 1, Getenv: func(name string) string { return variables[name] }}
}

func TestCreateUser_passwordFromStdin(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		out, err := f.run(t, annsPassword+"\nnot this\n", "createuser", "--noinput",
			"--username", "ann", "--email", "ann@shop.example", "--first-name", "Ann", "--last-name", "O")
		if err != nil || out != "User created successfully.\n" {
			t.Errorf("%v, output %q", err, out)
		}
		f.logIn(t, "ann")
		u, err := f.Users.ByUsername(t.Context(), "ann")
		if err != nil || u.FullName() != "Ann O" || u.IsStaff || u.IsSuperuser || u.Role != users.RoleSolo {
			t.Errorf("%v, user = %+v", err, u)
		}
	})
}

func TestCreateSuperuser_fromTheEnvironment(t *testing.T) {
	variables := map[string]string{
		"DJANGO_SUPERUSER_USERNAME": "root", "DJANGO_SUPERUSER_EMAIL": "root@shop.example", "DJANGO_SUPERUSER_PASSWORD": annsPassword,
	}
	for _, args := range [][]string{{"createsuperuser", "--noinput"}, {"createuser", "--superuser", "--noinput"}} {
		eachWith(t, withVariables(variables), func(t *testing.T, f *fixture) {
			out, err := f.run(t, "not this", args...)
			if err != nil || out != "Superuser created successfully.\n" {
				t.Errorf("%v, output %q", err, out)
			}
			f.logIn(t, "root")
			u, err := f.Users.ByUsername(t.Context(), "root")
			if err != nil || !u.IsStaff || !u.IsSuperuser || u.Role != users.RoleAdmin {
				t.Errorf("%v, user = %+v", err, u)
			}
		})
	}
}

func TestCreateUser_withoutPassword(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		out, err := f.run(t, "", "createuser", "--staff", "--noinput", "--username", "ann", "--email", "ann@shop.example")
		if err != nil || out != "User created successfully.\nNo password was set: changepassword sets one.\n" {
			t.Errorf("%v, output %q", err, out)
		}
		f.Post(t, tokenPath, fields{"username": "ann", "password": "x"}).Want(t, http.StatusUnauthorized, "")
	})
}

func TestCreateUser_refused(t *testing.T) {
	tests := map[string]struct {
		stdin string
		args  string
		want  string
	}{
		"nobody to ask": {"", "createuser", "nobody to ask: standard input is no terminal; with --noinput, nothing is asked"},
		"no names":      {annsPassword, "createuser --noinput", "email: This field may not be blank.\nusername: This field may not be blank."},
		"taken names": {
			annsPassword, "createuser --noinput --username ann --email ann@shop.example",
			"email: A user with that email already exists.\nusername: A user with that username already exists.",
		},
		"weak password":    {"12345678", "createuser --noinput --username bob --email b@shop.example", "password: This password is too common.\npassword: This password is entirely numeric."},
		"password as flag": {"", "createuser --noinput --password x", "unknown flag: --password"},
		"argument":         {"", "createuser bob", `unknown command "bob" for "createuser"`},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				out, err := f.run(t, test.stdin, strings.Fields(test.args)...)
				if err == nil || err.Error() != test.want || out != "" {
					t.Errorf("error = %q, want %q; output %q", err, test.want, out)
				}
			})
		}
		if n := f.count(t, "SELECT count(*) FROM users_user"); n != 1 {
			t.Errorf("accounts = %d, want 1", n)
		}
	})
}

func TestCreateUser_ifNotExists(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		args := []string{"createsuperuser", "--noinput", "--if-not-exists", "--username", "ann", "--email", "ann@shop.example"}
		for _, want := range []string{"Superuser created successfully.\n", "User 'ann' exists already: nothing to do.\n"} {
			if out, err := f.run(t, annsPassword, args...); err != nil || out != want {
				t.Errorf("%v, output %q, want %q", err, out, want)
			}
		}
	})
}

func TestChangePasswordCommand(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, fields{"password": "battery staple"})
		out, err := f.run(t, annsPassword, "changepassword", "ann", "--stdin")
		if err != nil || out != "Password changed successfully for user 'ann'.\n" {
			t.Errorf("%v, output %q", err, out)
		}
		f.logIn(t, "ann")
	})
}

func TestChangePasswordCommand_ofThePersonAtTheMachine(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		who, err := user.Current()
		if err != nil {
			t.Fatal(err)
		}
		f.register(t, fields{"username": who.Username})
		if _, err := f.run(t, "battery staple\r\n", "changepassword", "--stdin"); err != nil {
			t.Fatal(err)
		}
		f.Post(t, tokenPath, fields{"username": who.Username, "password": "battery staple"}).Want(t, http.StatusOK, "")
	})
}

func TestChangePasswordCommand_refused(t *testing.T) {
	tests := map[string]struct{ stdin, args, want string }{
		"unknown user":  {annsPassword, "changepassword ghost --stdin", "user 'ghost' does not exist"},
		"no password":   {"", "changepassword ann --stdin", "no password on standard input"},
		"weak password": {"password123", "changepassword ann --stdin", "password: This password is too common."},
		"nobody to ask": {annsPassword, "changepassword ann", "nobody to ask: standard input is no terminal"},
	}
	each(t, func(t *testing.T, f *fixture) {
		f.register(t, nil)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				_, err := f.run(t, test.stdin, strings.Fields(test.args)...)
				if err == nil || err.Error() != test.want {
					t.Errorf("error = %q, want %q", err, test.want)
				}
			})
		}
		f.logIn(t, "ann")
	})
}
