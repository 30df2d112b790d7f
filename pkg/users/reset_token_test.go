package users

import (
	"strings"
	"testing"
	"time"
)

const sharedSecret = "oracle-shared-secret-key-0123456789abcdefghijklmnopqrstuvwxyz"

var (
	resetTime = time.Date(2025, 12, 1, 10, 0, 0, 987654000, time.UTC)
	lastLogin = time.Date(2025, 11, 30, 12, 0, 0, 123456000, time.UTC)
)

func resetAlice() resetSubject {
	return resetSubject{ID: 3, Password: djangoHashes["alice"].encoded, Email: "alice@alpha.example"}
}

// The tokens were computed with Python's hmac, hashlib and datetime, as Django does.
func TestResetToken_likeDjango(t *testing.T) {
	loggedIn := resetAlice()
	loggedIn.LastLogin = &lastLogin
	tests := map[string]struct {
		secret string
		user   resetSubject
		now    time.Time
		want   string
	}{
		"never logged in": {sharedSecret, resetAlice(), resetTime, "d04mg0-40519aa49948b6cf9a3cee4f0352092c"},
		"logged in":       {sharedSecret, loggedIn, resetTime, "d04mg0-e5745c8ec821f1020e90013b4c246f6e"},
		"no e-mail": {
			sharedSecret,
			resetSubject{ID: 9, Password: "!abc"},
			resetTime,
			"d04mg0-23e49e3d742265c725fe27ea40e9c3d5",
		},
		"large id, first second, other scripts": {
			"ключ",
			resetSubject{ID: 9007199254740993, Email: "Ōkami@example.org"},
			resetTokenEpoch,
			"0-1b0eb0d2bd10ed2f2bbfffc89ae95cc3",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := makeResetToken([]byte(tt.secret), tt.user, tt.now); got != tt.want {
				t.Errorf("token = %s, want %s", got, tt.want)
			}
			if !checkResetToken([]byte(tt.secret), tt.user, tt.want, tt.now) {
				t.Error("the token is refused")
			}
		})
	}
}

// SQLite and PostgreSQL may give a time back in another zone or with fewer digits.
func TestResetToken_sameLoginReadAnotherWay(t *testing.T) {
	read := lastLogin.Truncate(time.Second).In(time.FixedZone("", 2*60*60))
	before, after := resetAlice(), resetAlice()
	before.LastLogin, after.LastLogin = &lastLogin, &read
	token := makeResetToken([]byte(sharedSecret), before, resetTime)
	if !checkResetToken([]byte(sharedSecret), after, token, resetTime) {
		t.Error("the token is refused")
	}
}

func TestResetToken_lasts3Days(t *testing.T) {
	tests := map[time.Duration]bool{
		0:                             true,
		3 * 24 * time.Hour:            true,
		3*24*time.Hour + time.Second:  false,
		365 * 24 * time.Hour:          false,
		-time.Hour:                    true, // Django too honors a token of a server whose clock is ahead
		-100 * 365 * 24 * time.Hour:   true,
		-20 * 365 * 24 * time.Hour:    true,
		3*24*time.Hour - time.Second:  true,
		30 * 24 * time.Hour:           false,
		3*24*time.Hour + 48*time.Hour: false,
	}
	token := makeResetToken([]byte(sharedSecret), resetAlice(), resetTime)
	for later, want := range tests {
		if got := checkResetToken([]byte(sharedSecret), resetAlice(), token, resetTime.Add(later)); got != want {
			t.Errorf("after %v: valid = %t, want %t", later, got, want)
		}
	}
}

func TestResetToken_endsWithAChange(t *testing.T) {
	later := lastLogin.Add(time.Second)
	tests := map[string]func(*resetSubject){
		"another user":     func(u *resetSubject) { u.ID = 4 },
		"another password": func(u *resetSubject) { u.Password = djangoHashes["root"].encoded },
		"another e-mail":   func(u *resetSubject) { u.Email = "Alice@alpha.example" },
		"another login":    func(u *resetSubject) { u.LastLogin = &later },
		"no login":         func(u *resetSubject) { u.LastLogin = nil },
	}
	user := resetAlice()
	user.LastLogin = &lastLogin
	token := makeResetToken([]byte(sharedSecret), user, resetTime)
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			changed := user
			change(&changed)
			if checkResetToken([]byte(sharedSecret), changed, token, resetTime) {
				t.Error("the token is still valid")
			}
		})
	}
}

func TestResetToken_tamperedWith(t *testing.T) {
	token := makeResetToken([]byte(sharedSecret), resetAlice(), resetTime)
	stamp, signature, _ := strings.Cut(token, "-")
	for _, bad := range []string{
		"", "-", "--", stamp, stamp + "-", "-" + signature, signature,
		token + "0", token + "-", " " + token, token + "\n", token[1:], token[:len(token)-1],
		strings.ToUpper(token), "0" + token, "+" + token, "-" + token,
		"d04mg1-" + signature, stamp + "--" + signature, stamp + "_" + signature,
		"zzzzzzzzzzzzz-" + signature, "1y2p0ij32e8e7-" + signature, "1y2p0ij32e8e8-" + signature,
		strings.Repeat("z", 1000) + "-" + signature,
	} {
		if checkResetToken([]byte(sharedSecret), resetAlice(), bad, resetTime) {
			t.Errorf("%q is valid", bad)
		}
	}
	if checkResetToken([]byte("another secret"), resetAlice(), token, resetTime) {
		t.Error("the token is valid under another secret")
	}
}

// A signature of a second so far ahead that the difference could overflow.
func TestResetToken_farFuture(t *testing.T) {
	for _, seconds := range []int64{1<<62 - 1, 1 << 62, 1<<63 - 1} {
		token := signResetToken([]byte(sharedSecret), resetAlice(), seconds)
		before2001 := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
		if got, want := checkResetToken([]byte(sharedSecret), resetAlice(), token, before2001), seconds < 1<<62; got != want {
			t.Errorf("second %d: valid = %t, want %t", seconds, got, want)
		}
	}
}
