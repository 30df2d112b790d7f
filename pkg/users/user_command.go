package users

import (
	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newCreateUserCommand() *cobra.Command {
	in := NewUser{}
	cmd := s.newCreateCommand("createuser", "Create an account", &in)
	cmd.Flags().BoolVar(&in.Staff, "staff", false, "may see what is for the staff of the installation")
	cmd.Flags().BoolVar(&in.Superuser, "superuser", false, "may do everything; includes --staff")
	return cmd
}

func (s *Service) newCreateSuperuserCommand() *cobra.Command {
	return s.newCreateCommand("createsuperuser", "Create an account that may do everything", &NewUser{Superuser: true})
}

func (s *Service) newCreateCommand(name, short string, in *NewUser) *cobra.Command {
	var quiet, ifNotExists bool
	cmd := &cobra.Command{
		Use: name, Short: short, Args: cobra.NoArgs,
		Long: short + `.

On a terminal it asks for what the flags leave open, and for the password. With --noinput it takes user name, e-mail
address and password from DJANGO_SUPERUSER_USERNAME, DJANGO_SUPERUSER_EMAIL and DJANGO_SUPERUSER_PASSWORD, or the
password from the first line of standard input. An account without a password gets one through a reset link.`,
		Example: "  omnistock " + name + " --username ann --email ann@shop.example",
	}
	flags := cmd.Flags()
	flags.StringVar(&in.Username, "username", "", "user name")
	flags.StringVar(&in.Email, "email", "", "e-mail address")
	flags.StringVar(&in.First, "first-name", "", "first name")
	flags.StringVar(&in.Last, "last-name", "", "last name")
	flags.BoolVar(&quiet, "noinput", false, "ask nothing")
	flags.BoolVar(&ifNotExists, "if-not-exists", false, "do nothing if the user name is taken")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c := &creation{Service: s, prompter: newPrompter(cmd), report: console.Say(cmd), quiet: quiet, ifNotExists: ifNotExists}
		return fieldErrors(c.run(cmd.Context(), *in))
	}
	return cmd
}
