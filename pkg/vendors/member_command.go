package vendors

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newMemberCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "member", Short: "List who works for a vendor, make somebody a member",
		Example: "  omnistock member list --vendor ann-cards\n  omnistock member add --vendor ann-cards --user ann",
	}, s.newMemberAddCommand(), s.newMemberListCommand())
}

func (s *Service) newMemberAddCommand() *cobra.Command {
	var in appointment
	cmd := &cobra.Command{
		Use: "add", Short: "Make a user a member of a vendor", Args: cobra.NoArgs,
		Long: `Make a user an active member of a vendor, without an invite: for vendors that nobody runs. Members invite others
through the API.

Who is a member already, is invited, has declined or was revoked is only changed with --existing.`,
		Example: "  omnistock member add --vendor ann-cards --user ann\n  omnistock member add --vendor 7 --user bob --role manager --existing",
		RunE: func(cmd *cobra.Command, _ []string) error {
			m, err := s.appoint(cmd.Context(), in)
			if core.KindOf(err) == core.Invalid {
				return console.Usage(err)
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(console.Say(cmd), "User '%s' is %s of vendor %d.\n", m.User.Username, m.Role, m.VendorID)
			return err
		},
	}
	cmd.Flags().StringVar(&in.Vendor, "vendor", "", "slug or id of the vendor")
	cmd.Flags().StringVar(&in.Username, "user", "", "user name")
	cmd.Flags().StringVar((*string)(&in.Role), "role", string(RoleOwner), "owner, admin, manager, member, staff, billing or viewer")
	cmd.Flags().BoolVar(&in.Existing, "existing", false, "also if the user is, or was, something there")
	require(cmd, "vendor", "user")
	return cmd
}

func (s *Service) newMemberListCommand() *cobra.Command {
	var vendor string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List who works for a vendor", Args: cobra.NoArgs,
		Long:    "List the members of a vendor, also those who are invited, have declined or were revoked. Times are in UTC.",
		Example: "  omnistock member list --vendor ann-cards\n  omnistock member list --vendor 7 --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			id, err := s.vendorID(cmd.Context(), vendor)
			if err != nil {
				return err
			}
			members, err := selectMembers(cmd.Context(), s.db, id)
			if err != nil {
				return err
			}
			if asJSON {
				return writeMembersJSON(cmd.OutOrStdout(), members)
			}
			return writeMembers(cmd.OutOrStdout(), members)
		},
	}
	cmd.Flags().StringVar(&vendor, "vendor", "", "slug or id of the vendor")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	require(cmd, "vendor")
	return cmd
}

// require makes a command line without one of the flags one that is not understood.
func require(cmd *cobra.Command, flags ...string) {
	for _, name := range flags {
		_ = cmd.MarkFlagRequired(name) // fails for an unknown flag only
	}
}

func writeMembers(w io.Writer, members []*Member) error {
	rows := [][]string{{"USER", "USERNAME", "EMAIL", "ROLE", "ACTIVE", "INVITE", "JOINED"}}
	for _, m := range members {
		rows = append(rows, []string{
			strconv.FormatInt(m.UserID, 10), m.User.Username, m.User.Email, string(m.Role), console.YesNo(m.IsActive),
			string(m.InviteStatus), m.JoinedAt.UTC().Format("2006-01-02 15:04"),
		})
	}
	return console.WriteTable(w, rows)
}

// A listedMember is a member as programs read it.
type listedMember struct {
	User     int64          `json:"user"`
	Username string         `json:"username"`
	Email    string         `json:"email"`
	Role     Role           `json:"role"`
	Active   bool           `json:"active"`
	Invite   InviteStatus   `json:"invite_status"`
	JoinedAt core.Timestamp `json:"joined_at"`
}

func writeMembersJSON(w io.Writer, members []*Member) error {
	list := console.NewJSONList(w)
	for _, m := range members {
		err := list.Add(listedMember{
			User: m.UserID, Username: m.User.Username, Email: m.User.Email, Role: m.Role, Active: m.IsActive,
			Invite: m.InviteStatus, JoinedAt: core.Timestamp(m.JoinedAt),
		})
		if err != nil {
			return err
		}
	}
	return list.End()
}
