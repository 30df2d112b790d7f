package users

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/omni-stock/omnistock/pkg/core/mail"
)

const resetText = `Hello,

somebody, most likely you, asked to set a new password for your Omni-Stock account. Open this link to choose one:

%s

The link is valid for 24 hours and works once. Your user name is %q, without the quotes.

If you did not ask for this mail, ignore it: your password stays as it is.
`

// newResetMail tells the user how to set a new password. The page of the link posts uid and token back.
func newResetMail(frontendURL string, u *User, token string) mail.Message {
	query := url.Values{"uid": {strconv.FormatInt(u.ID, 10)}, "token": {token}}
	link := frontendURL + "/reset-password?" + query.Encode()
	return mail.Message{
		To: u.Email, Subject: "Reset your Omni-Stock password", Text: fmt.Sprintf(resetText, link, u.Username),
	}
}
