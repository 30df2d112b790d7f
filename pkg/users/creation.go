package users

import (
	"cmp"
	"context"
	"fmt"
	"io"
	osuser "os/user"
	"strings"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A creation is one run of a command that creates an account.
type creation struct {
	*Service
	*prompter
	report      io.Writer // hears what was done
	quiet       bool      // nobody is asked
	ifNotExists bool
}

func (c *creation) run(ctx context.Context, in NewUser) error {
	if in.Superuser {
		in.Staff, in.Role = true, RoleAdmin
	}
	if !c.quiet && !c.isTerminal {
		return fmt.Errorf("%w; with --noinput, nothing is asked", errNoTerminal)
	}
	if err := c.name(ctx, &in); err != nil {
		return err
	}
	if c.ifNotExists {
		if _, err := c.ByUsername(ctx, in.Username); core.KindOf(err) != core.NotFound {
			return c.sayExists(in.Username, err)
		}
	}
	if err := c.complete(ctx, &in); err != nil {
		return err
	}
	if _, err := c.Create(ctx, in); err != nil {
		return err
	}
	c.sayCreated(in)
	return nil
}

// name finds the user name out.
func (c *creation) name(ctx context.Context, in *NewUser) (err error) {
	if c.quiet {
		in.Username = cmp.Or(in.Username, c.getenv("DJANGO_SUPERUSER_USERNAME"))
		return nil
	}
	if in.Username == "" {
		in.Username, err = c.askName(ctx)
	}
	return err
}

// askName offers the name under which the person is known to the machine.
func (c *creation) askName(ctx context.Context) (string, error) {
	question, fallback := "Username: ", ""
	if who, err := osuser.Current(); err == nil {
		fallback = strings.ToLower(who.Username)
		question = fmt.Sprintf("Username (leave blank to use '%s'): ", fallback)
	}
	for {
		username, err := c.line(ctx, question, fallback)
		if err != nil || username == "" {
			return username, err
		}
		_, err = c.ByUsername(ctx, username)
		if c.ifNotExists || core.KindOf(err) == core.NotFound {
			return username, nil
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintln(c.out, "Error: That username is already taken.")
	}
}

// complete finds e-mail address and password out.
func (c *creation) complete(ctx context.Context, in *NewUser) (err error) {
	if c.quiet {
		in.Email = cmp.Or(in.Email, c.getenv("DJANGO_SUPERUSER_EMAIL"))
		if in.Password = c.getenv(passwordVariable); in.Password == "" {
			in.Password, err = pipedPassword(c.prompter)
		}
		return err
	}
	if in.Email == "" {
		if in.Email, err = c.line(ctx, "Email address: ", ""); err != nil {
			return err
		}
	}
	return c.askPassword(ctx, in)
}

// askPassword asks until the password is good, or the person insists on a weak one.
func (c *creation) askPassword(ctx context.Context, in *NewUser) (err error) {
	for !in.WeakPassword {
		if in.Password, err = c.password(ctx); err != nil {
			return err
		}
		problems := passwordProblems(in.Password, in.newUser("", c.now()).passwordOwner())
		if len(problems) == 0 {
			return nil
		}
		fmt.Fprintln(c.out, strings.Join(problems, "\n"))
		in.WeakPassword, err = c.confirms(ctx, "Bypass password validation and create user anyway?")
		if err != nil {
			return err
		}
	}
	return nil
}

// sayExists tells that there is nothing to do, or passes on why that is not known.
func (c *creation) sayExists(username string, err error) error {
	if err == nil {
		fmt.Fprintf(c.report, "User '%s' exists already: nothing to do.\n", username)
	}
	return err
}

func (c *creation) sayCreated(in NewUser) {
	kind := "User"
	if in.Superuser {
		kind = "Superuser"
	}
	fmt.Fprintf(c.report, "%s created successfully.\n", kind)
	if in.Password == "" {
		fmt.Fprintln(c.report, "No password was set: changepassword sets one.")
	}
}
