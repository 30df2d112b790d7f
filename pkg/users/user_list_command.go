package users

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newUserCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "user", Short: "List accounts, show one, shut one out, let one in, give rights",
		Example: "  omnistock user list --staff\n  omnistock user disable ann",
	}, s.newUserListCommand(), s.newUserShowCommand(), s.newUserDisableCommand(), s.newUserEnableCommand(), s.newUserPromoteCommand())
}

func (s *Service) newUserListCommand() *cobra.Command {
	var filter listFilter
	var vendor string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List accounts, the oldest first", Args: cobra.NoArgs,
		Long: `List accounts, the oldest first. Of several filters, all have to fit. Times are in UTC.

Rows are written as they are read: a list of any length needs little memory, and may be piped into head or grep.`,
		Example: "  omnistock user list\n  omnistock user list --staff --inactive\n  omnistock user list --vendor ann-cards --json",
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if vendor != "" {
				if filter.IDs, err = s.staffOf(cmd.Context(), vendor); err != nil {
					return err
				}
			}
			if asJSON {
				return s.listJSON(cmd.Context(), cmd.OutOrStdout(), filter)
			}
			return s.listTable(cmd.Context(), cmd.OutOrStdout(), filter)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&filter.Inactive, "inactive", false, "only accounts that are disabled")
	flags.BoolVar(&filter.Staff, "staff", false, "only staff and superusers")
	flags.StringVar(&vendor, "vendor", "", "only those who work for the vendor of this slug or id")
	flags.BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

// staffOf returns the ids of those who work for a vendor, which is none's where there are none.
func (s *Service) staffOf(ctx context.Context, vendor string) ([]int64, error) {
	ids, err := s.vendorStaff(ctx, vendor)
	if core.KindOf(err) == core.NotFound {
		return nil, fmt.Errorf("there is no vendor of the slug or id %q", vendor)
	}
	if len(ids) == 0 {
		ids = []int64{0}
	}
	return ids, err
}

// maxListWidth bounds a column: nobody's long name pushes everybody else's row over the edge.
const maxListWidth = 40

func (s *Service) listTable(ctx context.Context, w io.Writer, filter listFilter) error {
	longest, err := selectUserWidths(ctx, s.db, filter)
	if err != nil {
		return err
	}
	head := []string{"ID", "USERNAME", "EMAIL", "ACTIVE", "STAFF", "SUPERUSER", "JOINED", "LAST LOGIN"}
	widths := []int{len(strconv.FormatInt(longest.MaxID, 10)), longest.Username, longest.Email, 0, 0, 0, len(tableTime)}
	for i := range widths {
		widths[i] = min(max(widths[i], len(head[i])), maxListWidth)
	}
	if err := console.WriteRow(w, widths, head...); err != nil {
		return err
	}
	return s.eachUser(ctx, filter, func(u *User) error {
		return console.WriteRow(w, widths, strconv.FormatInt(u.ID, 10), u.Username, u.Email, console.YesNo(u.IsActive),
			console.YesNo(u.IsStaff), console.YesNo(u.IsSuperuser), u.DateJoined.UTC().Format(tableTime), timeOrNever(u.LastLogin))
	})
}

func (s *Service) listJSON(ctx context.Context, w io.Writer, filter listFilter) error {
	list := console.NewJSONList(w)
	if err := s.eachUser(ctx, filter, func(u *User) error { return list.Add(newListedUser(u)) }); err != nil {
		return err
	}
	return list.End()
}

// tableTime is a moment in a table, in UTC.
const tableTime = "2006-01-02 15:04"

func timeOrNever(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return t.UTC().Format(tableTime)
}

// A listedUser is an account as programs read it.
type listedUser struct {
	ID         int64           `json:"id"`
	Username   string          `json:"username"`
	Email      string          `json:"email"`
	FirstName  string          `json:"first_name"`
	LastName   string          `json:"last_name"`
	Role       Role            `json:"role"`
	Active     bool            `json:"active"`
	Staff      bool            `json:"staff"`
	Superuser  bool            `json:"superuser"`
	DateJoined core.Timestamp  `json:"date_joined"`
	LastLogin  *core.Timestamp `json:"last_login"`
}

func newListedUser(u *User) listedUser {
	return listedUser{
		ID: u.ID, Username: u.Username, Email: u.Email, FirstName: u.FirstName, LastName: u.LastName, Role: u.Role,
		Active: u.IsActive, Staff: u.IsStaff, Superuser: u.IsSuperuser,
		DateJoined: core.Timestamp(u.DateJoined), LastLogin: core.NewTimestamp(u.LastLogin),
	}
}
