package users

import (
	"context"
	"fmt"
	osuser "os/user"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newChangePasswordCommand() *cobra.Command {
	var stdin bool
	cmd := &cobra.Command{
		Use: "changepassword [username]", Short: "Set the password of an account", Args: cobra.MaximumNArgs(1),
		Long: `Set the password of an account.

It asks for the new password on the terminal, or reads it from the first line of standard input. Without a user name,
it is for the user of that name on this machine.`,
		Example: "  omnistock changepassword ann\n  pass show shop/ann | omnistock changepassword ann --stdin",
	}
	cmd.Flags().BoolVar(&stdin, "stdin", false, "read the password from standard input")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		u, err := s.namedUser(cmd.Context(), args)
		if err != nil {
			return err
		}
		p := newPrompter(cmd)
		if stdin {
			err = s.setPipedPassword(cmd.Context(), p, u)
		} else {
			err = s.askNewPassword(cmd.Context(), p, u)
		}
		if err != nil {
			return fieldErrors(err)
		}
		fmt.Fprintf(console.Say(cmd), "Password changed successfully for user '%s'.\n", u.Username)
		return nil
	}
	return cmd
}

// namedUser returns the user that is named, or who has the name of the person at the machine.
func (s *Service) namedUser(ctx context.Context, args []string) (*User, error) {
	var username string
	if len(args) > 0 {
		username = args[0]
	} else if who, err := osuser.Current(); err == nil {
		username = who.Username
	}
	u, err := s.ByUsername(ctx, username)
	if core.KindOf(err) == core.NotFound {
		return nil, fmt.Errorf("user '%s' does not exist", username)
	}
	return u, err
}

func (s *Service) setPipedPassword(ctx context.Context, p *prompter, u *User) error {
	password, err := pipedPassword(p)
	if err != nil {
		return err
	}
	if password == "" {
		return errNoPassword
	}
	return s.SetPassword(ctx, u.ID, password)
}

// passwordAttempts is how often one may choose a password that the rules refuse.
const passwordAttempts = 3

func (s *Service) askNewPassword(ctx context.Context, p *prompter, u *User) error {
	fmt.Fprintf(p.out, "Changing password for user '%s'\n", u.Username)
	for range passwordAttempts {
		password, err := p.password(ctx)
		if err != nil {
			return err
		}
		err = s.SetPassword(ctx, u.ID, password)
		if core.KindOf(err) != core.Invalid {
			return err
		}
		fmt.Fprintln(p.out, fieldErrors(err))
	}
	return fmt.Errorf("password not changed after %d attempts", passwordAttempts)
}
