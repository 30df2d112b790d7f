package users

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/console"
)

func (s *Service) newTokenCommand() *cobra.Command {
	return console.Group(&cobra.Command{
		Use: "token", Short: "Look into a token, or make it worthless",
		Example: "  omnistock token inspect token.txt\n  omnistock token revoke --user ann",
	}, s.newTokenInspectCommand(), s.newTokenRevokeCommand())
}

func (s *Service) newTokenInspectCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "inspect [FILE]", Short: "Tell what a token says, whose it is and whether it is good", Args: cobra.MaximumNArgs(1),
		Long: `Tell what an access or refresh token says, whose it is, and whether a server takes it. The token is read from a file or
from standard input, never from the command line, which every process of the machine can read. Its signature is not
shown. Times are in UTC.

The exit code is 1 where a server refuses the token.`,
		Example: "  omnistock token inspect token.txt\n  pbpaste | omnistock token inspect --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := readToken(cmd, args)
			if err != nil {
				return err
			}
			i, err := s.inspect(cmd.Context(), raw)
			if err != nil {
				return err
			}
			if asJSON {
				err = console.WriteJSON(cmd.OutOrStdout(), i.shown())
			} else {
				err = console.WriteTable(cmd.OutOrStdout(), i.rows(s.now()))
			}
			if err == nil && i.refusal != "" {
				return console.ErrReported
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return cmd
}

func (s *Service) newTokenRevokeCommand() *cobra.Command {
	var jti, username string
	cmd := &cobra.Command{
		Use: "revoke [FILE]", Short: "Make refresh tokens worthless", Args: cobra.MaximumNArgs(1),
		Long: `Make a refresh token worthless: the one of an id (--jti), all of a user (--user), or the one that is read from a file or
from standard input. An access token cannot be revoked: it expires by itself within minutes.`,
		Example: "  omnistock token revoke --user ann\n  omnistock token revoke --jti 0f8fad5bd9cb469fa16570867728950e\n  omnistock token revoke < token.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			out := console.Say(cmd)
			switch {
			case len(args) > 0 && jti+username != "":
				return console.Usage(errors.New("give one of --jti, --user and a file"))
			case username != "":
				revoked, err := s.revokeAll(cmd.Context(), username)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(out, "User '%s': refresh tokens revoked: %d.\n", username, revoked)
				return err
			case jti != "":
				changed, err := s.revokeID(cmd.Context(), jti)
				return sayRevoked(out, jti, changed, err)
			}
			raw, err := readToken(cmd, args)
			if err != nil {
				return err
			}
			c, changed, err := s.revokeRaw(cmd.Context(), raw)
			return sayRevoked(out, c.ID, changed, err)
		},
	}
	cmd.Flags().StringVar(&jti, "jti", "", "id of a token, as inspect shows it")
	cmd.Flags().StringVar(&username, "user", "", "name of the user whose tokens are meant")
	cmd.MarkFlagsMutuallyExclusive("jti", "user")
	return cmd
}

func sayRevoked(w io.Writer, jti string, changed bool, err error) error {
	if err != nil {
		return err
	}
	state := "is revoked"
	if !changed {
		state = "was revoked already"
	}
	_, err = fmt.Fprintf(w, "Refresh token %s %s.\n", console.Printable(jti), state)
	return err
}

// readToken reads a token from the file that is named, or from standard input, where a person is asked for it.
func readToken(cmd *cobra.Command, args []string) (string, error) {
	if len(args) > 0 && strings.Count(args[0], ".") == 2 && strings.HasPrefix(args[0], "eyJ") {
		return "", console.Usage(errors.New("a token is a secret, and no argument: give it in a file or on standard input"))
	}
	if len(args) > 0 && args[0] != "-" {
		file, err := os.Open(args[0])
		if err != nil {
			return "", err
		}
		defer file.Close() //nolint:errcheck // it was only read
		return firstWord(file)
	}
	if p := newPrompter(cmd); p.isTerminal {
		return p.await(cmd.Context(), "Token: ", p.readPassword)
	}
	return firstWord(cmd.InOrStdin())
}

// firstWord takes the token out of the text, which may be the value of an Authorization header.
func firstWord(r io.Reader) (string, error) {
	scanner := bufio.NewScanner(io.LimitReader(r, 4*maxTokenLength))
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		if word := scanner.Text(); !strings.EqualFold(word, "Bearer") {
			return word, nil
		}
	}
	return "", errors.Join(scanner.Err(), errNoToken)
}

func (i *inspection) rows(now time.Time) [][]string {
	jti, _ := i.claims["jti"].(string)
	typ, _ := i.claims["token_type"].(string)
	verdict := "good"
	if i.refusal != "" {
		verdict = "refused: " + i.refusal
	}
	return [][]string{
		{"verdict", verdict},
		{"type", typ},
		{"jti", jti},
		{"user", i.owner()},
		{"issued", ago(i.claimTime("iat"), now)},
		{"expires", ago(i.claimTime("exp"), now)},
		{"signature", map[bool]string{true: "good", false: "of another secret"}[i.isSigned]},
		{"blacklisted", console.YesNo(i.blacklisted)},
		{"header", compact(i.header)},
		{"claims", compact(i.claims)},
	}
}

func (i *inspection) owner() string {
	id := newUserID(i.claims["user_id"])
	switch {
	case id == 0:
		return "none"
	case i.user == nil:
		return fmt.Sprintf("%d (gone)", id)
	case !i.user.IsActive:
		return fmt.Sprintf("%d (%s, disabled)", id, i.user.Username)
	}
	return fmt.Sprintf("%d (%s)", id, i.user.Username)
}

// ago is a moment and how far it is away.
func ago(t *time.Time, now time.Time) string {
	if t == nil {
		return "not said"
	}
	text, distance := t.Format(time.DateTime), t.Sub(now).Round(time.Second)
	if distance < 0 {
		return fmt.Sprintf("%s (%v ago)", text, -distance)
	}
	return fmt.Sprintf("%s (in %v)", text, distance)
}

// compact is JSON on one line. What came as JSON can be written so.
func compact(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

// A shownToken is an inspection as programs read it.
type shownToken struct {
	Good        bool            `json:"good"`
	Refusal     string          `json:"refusal"` // "" if it is good
	Type        any             `json:"type"`
	JTI         any             `json:"jti"`
	UserID      int64           `json:"user_id"`
	Username    string          `json:"username"` // "" if there is no such user
	UserActive  bool            `json:"user_active"`
	IssuedAt    *core.Timestamp `json:"issued_at"`
	ExpiresAt   *core.Timestamp `json:"expires_at"`
	Signed      bool            `json:"signed"` // with the secret of this installation
	Blacklisted bool            `json:"blacklisted"`
	Header      map[string]any  `json:"header"`
	Claims      map[string]any  `json:"claims"`
}

func (i *inspection) shown() shownToken {
	shown := shownToken{
		Good: i.refusal == "", Refusal: i.refusal, Type: i.claims["token_type"], JTI: i.claims["jti"],
		UserID:   newUserID(i.claims["user_id"]),
		IssuedAt: core.NewTimestamp(i.claimTime("iat")), ExpiresAt: core.NewTimestamp(i.claimTime("exp")),
		Signed: i.isSigned, Blacklisted: i.blacklisted, Header: i.header, Claims: i.claims,
	}
	if i.user != nil {
		shown.Username, shown.UserActive = i.user.Username, i.user.IsActive
	}
	return shown
}
