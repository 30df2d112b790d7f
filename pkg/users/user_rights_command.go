package users

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newUserDisableCommand() *cobra.Command {
	off := false
	change := rightsChange{Active: &off}
	cmd := &cobra.Command{
		Use: "disable USERNAME", Short: "Shut an account out", Args: cobra.ExactArgs(1),
		Long: `Shut an account out, at once: its password and its tokens stop working, and its refresh tokens are blacklisted, so
that they stay worthless when the account is enabled again. What belongs to the account stays.

The last active superuser is only disabled with --force.`,
		Example: "  omnistock user disable ann",
		RunE: func(cmd *cobra.Command, args []string) error {
			u, changed, revoked, err := s.setRights(cmd.Context(), args[0], change)
			if err != nil {
				return err
			}
			state := "is disabled"
			if !changed {
				state = "was disabled already"
			}
			_, err = fmt.Fprintf(console.Say(cmd), "User '%s' %s. Refresh tokens blacklisted: %d.\n", u.Username, state, revoked)
			return err
		},
	}
	cmd.Flags().BoolVar(&change.Force, "force", false, "also the last active superuser")
	return cmd
}

func (s *Service) newUserEnableCommand() *cobra.Command {
	on := true
	return &cobra.Command{
		Use: "enable USERNAME", Short: "Let an account in again", Args: cobra.ExactArgs(1),
		Long:    "Let an account in again, with the password it had. Its owner has to log in anew.",
		Example: "  omnistock user enable ann",
		RunE: func(cmd *cobra.Command, args []string) error {
			u, changed, _, err := s.setRights(cmd.Context(), args[0], rightsChange{Active: &on})
			if err != nil {
				return err
			}
			state := "is enabled"
			if !changed {
				state = "was enabled already"
			}
			_, err = fmt.Fprintf(console.Say(cmd), "User '%s' %s.\n", u.Username, state)
			return err
		},
	}
}

func (s *Service) newUserPromoteCommand() *cobra.Command {
	var staff, superuser bool
	var change rightsChange
	cmd := &cobra.Command{
		Use: "promote USERNAME", Short: "Give an account rights, or take them", Args: cobra.ExactArgs(1),
		Long: `Give an account the rights of staff or of a superuser over this whole installation, or take them with
--staff=false and --superuser=false. A superuser is staff, too. (What a person may do at a vendor is another matter.)

The last active superuser only loses that with --force.`,
		Example: "  omnistock user promote ann --staff\n  omnistock user promote ann --superuser=false",
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flag("staff").Changed {
				change.Staff = &staff
			}
			if cmd.Flag("superuser").Changed {
				change.Superuser = &superuser
			}
			switch {
			case change.Staff == nil && change.Superuser == nil:
				return console.Usage(errors.New("nothing to change: give --staff or --superuser, or one of them with =false"))
			case superuser && change.Staff != nil && !staff:
				return console.Usage(errors.New("a superuser is staff, too: leave --staff=false away"))
			case superuser:
				change.Staff = &superuser
			}
			u, _, _, err := s.setRights(cmd.Context(), args[0], change)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(console.Say(cmd), "User '%s': %s.\n", u.Username, strings.Join(u.rights(), ", "))
			return err
		},
	}
	cmd.Flags().BoolVar(&staff, "staff", false, "may see what is for the staff of the installation")
	cmd.Flags().BoolVar(&superuser, "superuser", false, "may do everything")
	cmd.Flags().BoolVar(&change.Force, "force", false, "take the rights of the last active superuser, too")
	return cmd
}

// rights says what an account may do beyond its own things.
func (u *User) rights() []string {
	switch {
	case u.IsSuperuser && u.IsStaff:
		return []string{"staff", "superuser"}
	case u.IsSuperuser:
		return []string{"superuser"}
	case u.IsStaff:
		return []string{"staff"}
	}
	return []string{"no rights beyond its own"}
}
