package users

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// NewUser describes an account that somebody else than its owner makes.
type NewUser struct {
	Username     string // at most 150 characters
	Email        string // a bare address of at most 254 characters
	Password     string // none is set if it is empty: a reset link can give one
	WeakPassword bool   // the rules for passwords do not apply
	First, Last  string // at most 150 characters each
	Staff        bool   // may see what is for the staff of the installation
	Superuser    bool   // may do everything
	Role         Role   // RoleSolo if it is empty
}

// problems says what is wrong with the input itself.
func (in NewUser) problems() core.Fields {
	wrong := core.Fields{}
	for _, field := range []struct {
		name, text string
		max        int
		optional   bool
	}{
		{"username", in.Username, 150, false},
		{"email", in.Email, 254, false},
		{"first_name", in.First, 150, true},
		{"last_name", in.Last, 150, true},
	} {
		if msg := textProblem(field.text, field.max, field.optional); msg != "" {
			wrong.Add(field.name, msg)
		}
	}
	if address, err := netmail.ParseAddress(in.Email); wrong["email"] == nil && (err != nil || address.Address != in.Email) {
		wrong.Add("email", "Enter a valid email address.")
	}
	if in.Password == "" {
		return wrong
	}
	if msg := sendProblem(in.Password); msg != "" {
		wrong.Add("password", msg)
	}
	if !in.WeakPassword {
		addPasswordProblems(wrong, "password", in.Password, in.newUser("", time.Time{}))
	}
	return wrong
}

// sendProblem refuses a password that no request could log in with: text in requests is trimmed.
func sendProblem(password string) string {
	if strings.TrimSpace(password) != password || strings.ContainsRune(password, 0) || !utf8.ValidString(password) {
		return "A password cannot start or end with a space, or hold a null character."
	}
	return ""
}

// addPasswordProblems says what the rules have against a password of the user.
func addPasswordProblems(wrong core.Fields, field, password string, u *User) {
	for _, msg := range passwordProblems(password, u.passwordOwner()) {
		wrong.Add(field, msg)
	}
}

func textProblem(text string, maxLength int, optional bool) string {
	switch {
	case text == "" && !optional:
		return "This field may not be blank."
	case utf8.RuneCountInString(text) > maxLength:
		return fmt.Sprintf("Ensure this field has no more than %d characters.", maxLength)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0) || strings.TrimSpace(text) != text:
		return "Null characters, and spaces around the text, are not allowed."
	}
	return ""
}

func (in NewUser) newUser(encoded string, now time.Time) *User {
	role := in.Role
	if role == "" {
		role = RoleSolo
	}
	return &User{
		Username: in.Username, Email: in.Email, Password: encoded, FirstName: in.First, LastName: in.Last,
		IsActive: true, IsStaff: in.Staff, IsSuperuser: in.Superuser, Role: role, DateJoined: now,
	}
}
