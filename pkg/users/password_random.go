package users

import "crypto/rand"

const (
	saltAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	saltLength   = 22 // the fewest characters of saltAlphabet that hold 128 bits
)

// unusablePrefix starts a password field that no password matches.
const unusablePrefix = "!"

// UnusablePassword returns a new value for the password field of an account that is not to log in with a password.
// It is random because reset tokens are signed over the field and must not outlive a change from one to another.
func UnusablePassword() string { return unusablePrefix + randomString(40) }

// randomString returns n random characters of saltAlphabet, all equally likely.
func randomString(n int) string {
	const fair = 256 / len(saltAlphabet) * len(saltAlphabet) // bytes from here on would favor the first letters
	out := make([]byte, 0, n)
	for buf := make([]byte, n); len(out) < n; {
		rand.Read(buf) // never fails, says its documentation
		for _, b := range buf {
			if int(b) < fair && len(out) < n {
				out = append(out, saltAlphabet[int(b)%len(saltAlphabet)])
			}
		}
	}
	return string(out)
}
