package users

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// resetTokenLifetime is Django's PASSWORD_RESET_TIMEOUT.
const resetTokenLifetime = 3 * 24 * time.Hour

// resetTokenSalt keeps the signature from being used for anything else that the secret signs.
const resetTokenSalt = "django.contrib.auth.tokens.PasswordResetTokenGenerator"

// resetTokenEpoch is second 0 of a token's time stamp.
var resetTokenEpoch = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// A resetSubject is what of an account goes into the signature of its reset token. The token ends with the first
// change to any of it: it works once, because the password changes, and not after a login.
type resetSubject struct {
	ID        int64
	Password  string     // encoded
	Email     string     // as stored
	LastLogin *time.Time // nil before the first login
}

// makeResetToken returns the token that allows to set a new password, as Django's PasswordResetTokenGenerator with a
// TIME_ZONE of UTC makes it: seconds since 2001 in base 36, a hyphen, 32 hexadecimal digits.
func makeResetToken(secret []byte, user resetSubject, now time.Time) string {
	return signResetToken(secret, user, resetTokenSeconds(now))
}

// checkResetToken reports whether the token was made for the account as it is now, at most 3 days ago.
func checkResetToken(secret []byte, user resetSubject, token string, now time.Time) bool {
	stamp, _, _ := strings.Cut(token, "-")
	made, err := strconv.ParseUint(stamp, 36, 62) // 62 bits: the difference below can't overflow
	if err != nil {
		return false
	}
	want := signResetToken(secret, user, int64(made))
	if !hmac.Equal([]byte(want), []byte(token)) {
		return false
	}
	return resetTokenSeconds(now)-int64(made) <= int64(resetTokenLifetime/time.Second)
}

func resetTokenSeconds(t time.Time) int64 { return t.Unix() - resetTokenEpoch.Unix() }

// signResetToken returns the token of the given second. Django keeps every other digit to shorten the link.
func signResetToken(secret []byte, user resetSubject, seconds int64) string {
	key := sha256.Sum256(append([]byte(resetTokenSalt), secret...))
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(user.signedText(seconds)))
	digits := hex.EncodeToString(mac.Sum(nil))
	half := make([]byte, 0, len(digits)/2)
	for i := 0; i < len(digits); i += 2 {
		half = append(half, digits[i])
	}
	return strconv.FormatInt(seconds, 36) + "-" + string(half)
}

// signedText joins what the token signs, as Python formats it.
func (u resetSubject) signedText(seconds int64) string {
	login := ""
	if u.LastLogin != nil {
		login = u.LastLogin.UTC().Format(time.DateTime)
	}
	return strconv.FormatInt(u.ID, 10) + u.Password + login + strconv.FormatInt(seconds, 10) + u.Email
}
