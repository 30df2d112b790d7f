package users

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newUserShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show USERNAME", Short: "Show an account", Args: cobra.ExactArgs(1),
		Long: `Show an account: its rights, how its password is hashed, how many log-ins of it are open, and for whom its owner works.
The hash itself is never shown. Times are in UTC.`,
		Example: "  omnistock user show ann\n  omnistock user show ann --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := s.dossier(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return console.WriteJSON(cmd.OutOrStdout(), d.shown())
			}
			return console.WriteTable(cmd.OutOrStdout(), d.rows())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func (d *dossier) rows() [][]string {
	u := d.user
	return [][]string{
		{"id", strconv.FormatInt(u.ID, 10)},
		{"username", u.Username},
		{"email", u.Email},
		{"name", strings.TrimSpace(u.FirstName + " " + u.LastName)},
		{"role", string(u.Role)},
		{"active", console.YesNo(u.IsActive)},
		{"staff", console.YesNo(u.IsStaff)},
		{"superuser", console.YesNo(u.IsSuperuser)},
		{"joined", u.DateJoined.UTC().Format(tableTime)},
		{"last login", timeOrNever(u.LastLogin)},
		{"password", d.password()},
		{"open log-ins", strconv.FormatInt(d.sessions.Open, 10)},
		{"last token", timeOrNever(d.sessions.Newest)},
		{"vendors", d.vendors()},
	}
}

func (d *dossier) password() string {
	switch {
	case d.algorithm == "":
		return "of a form that nobody can log in with"
	case !d.usable:
		return d.algorithm + ": nobody can log in with it"
	}
	return fmt.Sprintf("%s, cost %d", d.algorithm, d.cost)
}

func (d *dossier) vendors() string {
	var all []string
	for _, job := range d.jobs {
		text := fmt.Sprintf("%s (%s)", job.Vendor, job.Role)
		if !job.Active {
			text = fmt.Sprintf("%s (%s, %s)", job.Vendor, job.Role, job.State)
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

// A shownUser is an account, with what is known of it elsewhere, as programs read it.
type shownUser struct {
	listedUser
	Password    shownPassword   `json:"password"`
	OpenLogIns  int64           `json:"open_log_ins"` // refresh tokens that still work
	NewestToken *core.Timestamp `json:"newest_token"`
	Vendors     []Job           `json:"vendors"`
}

type shownPassword struct {
	Algorithm string `json:"algorithm"` // "" for a form that is not known
	Cost      int    `json:"cost"`
	Usable    bool   `json:"usable"`
}

func (d *dossier) shown() shownUser {
	return shownUser{
		listedUser: newListedUser(d.user), Password: shownPassword{d.algorithm, d.cost, d.usable},
		OpenLogIns: d.sessions.Open, NewestToken: core.NewTimestamp(d.sessions.Newest), Vendors: append([]Job{}, d.jobs...),
	}
}
