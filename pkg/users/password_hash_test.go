package users

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// weakHasher makes hashes in no time; costs are compared, never felt.
func weakHasher() *Hasher { return NewHasher(1000) }

// djangoHashes were written by Django 5.0.6.
var djangoHashes = map[string]struct{ encoded, password string }{
	"alice": {"pbkdf2_sha256$720000$JrcM8kLZB4hyyPkUp7SLAS$E8ts3qP/ZyZO/fbdNGw7xOgRgGTmnArjLr4txRIyEvg=", "Alice-Oracle-1!"},
	"root":  {"pbkdf2_sha256$720000$uGoCnPd31AxFFUZY3z7qNv$jjr0E7twqgZCRj9zXlVh0zH0z4zKfLW9IO3FtaM7cx4=", "Root-Oracle-2025!"},
	"demo":  {"pbkdf2_sha256$720000$c8h9sZSueCtg8KMsVRqynP$zlWNSVWovN781AodcEueSgGgxjafha0UInS6OnNutqQ=", "demo"},
	// Computed with Python's hashlib at the cost that Django sets.
	"scrypt": {"scrypt$16384$abcdefghijklmnopqrstuv$8$5$7+fVdWAoYF5tiOFUhWAk9HPmdFw5yyZqSz8ThhvgSnI4xqXq4vnGiy+ngEpPYnpZTfLd3D4CXVjanFjRQ/qFrg==", "secret"},
}

func TestHasher_hashesOfDjango(t *testing.T) {
	h := NewHasher(DefaultIterations)
	for name, tt := range djangoHashes {
		t.Run(name, func(t *testing.T) {
			ok, upgrade, err := h.Verify(t.Context(), tt.password, tt.encoded)
			if wantUpgrade := name == "scrypt"; err != nil || !ok || upgrade != wantUpgrade {
				t.Errorf("match, upgrade = %t, %t, %v, want true, %t", ok, upgrade, err, wantUpgrade)
			}
		})
	}
}

// matchingHashes are cheap ones: the password, and whether weakHasher wants to replace the hash.
var matchingHashes = map[string]struct {
	encoded, password string
	upgrade           bool
}{
	// Computed with Python's hashlib.
	"pbkdf2_sha256 of the same cost":  {"pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=", "pässwörd ✓", false},
	"pbkdf2_sha256 of higher cost":    {"pbkdf2_sha256$2000$abcdefghijklmnopqrstuv$ePmy7igQrMtnJZYvLkxlSyOtB0TWnGOSvS5c9RthEN4=", "secret", false},
	"pbkdf2_sha256 of lower cost":     {"pbkdf2_sha256$10$abcdefghijklmnopqrstuv$Zep3w0YuM8Hkwwtmn5sEBsWXegyuJ8mZ4AwyR72XNws=", "secret", true},
	"pbkdf2_sha256 with a short salt": {"pbkdf2_sha256$1000$short$bQtR5S4/K4hBI5oQldFSA8Vo/9G/hJYT5vTSjgTT3Gw=", "secret", true},
	"pbkdf2_sha256, empty password":   {"pbkdf2_sha256$1000$abcdefghijklmnopqrstuv$vqafFtFOwJN9wrhga0SNKKw1GODAJgholvjeoMoWcZs=", "", false},
	"pbkdf2_sha1":                     {"pbkdf2_sha1$1000$abcdefghijklmnopqrstuv$+5oTfD/enXsijOBknW6M6cP8zps=", "secret", true},
	"scrypt":                          {"scrypt$16$abcdefghijklmnopqrstuv$2$3$YBJMELQWiYWbgUxzG/+yAp1GQZLDy+n3C/Otkzhh0FB/TYE4EiNsURHSEPDRSFEah1BFnRmg9t49hxB8sPwx6w==", "secret", true},
	// Computed with libxcrypt.
	"bcrypt":                   {"bcrypt$$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW", "secret", true},
	"bcrypt_sha256":            {"bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuuraR8y8jUb0UMmCc9fwl/YxKZSpSs52u", "secret", true},
	"bcrypt_sha256, 200 bytes": {"bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuu9ViTILsDj/CjtoxqVR.MbST/1290fj2", strings.Repeat("long ", 40), true},
	// Published with Openwall's crypt_blowfish, and with the reference implementation of argon2.
	"bcrypt $2a$":      {"bcrypt$$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U", true},
	"bcrypt, 72 bytes": {"bcrypt$$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored", true},
	"argon2id":         {"argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password", true},
	"argon2id, lanes":  {"argon2$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password", true},
	"argon2i":          {"argon2$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8", "password", true},
}

func TestHasher_knownHashes(t *testing.T) {
	h := weakHasher()
	for name, tt := range matchingHashes {
		t.Run(name, func(t *testing.T) {
			ok, upgrade, err := h.Verify(t.Context(), tt.password, tt.encoded)
			if err != nil || !ok || upgrade != tt.upgrade {
				t.Errorf("match, upgrade = %t, %t, %v, want true, %t", ok, upgrade, err, tt.upgrade)
			}
		})
	}
}

func TestHasher_wrongPassword(t *testing.T) {
	h := weakHasher()
	for name, tt := range matchingHashes {
		t.Run(name, func(t *testing.T) {
			ok, upgrade, err := h.Verify(t.Context(), "x"+tt.password, tt.encoded)
			if err != nil || ok || upgrade {
				t.Errorf("match, upgrade = %t, %t, %v, want false, false", ok, upgrade, err)
			}
		})
	}
}

func TestHasher_readsWhatItWrites(t *testing.T) {
	h := NewHasher(2)
	form := regexp.MustCompile(`^pbkdf2_sha256\$2\$[a-zA-Z0-9]{22}\$[a-zA-Z0-9+/]{43}=$`)
	rapid.Check(t, func(t *rapid.T) {
		password := rapid.String().Draw(t, "password")
		encoded, err := h.Encode(context.Background(), password)
		if err != nil || !form.MatchString(encoded) {
			t.Fatalf("encoded = %q, %v", encoded, err)
		}
		if ok, upgrade, err := h.Verify(context.Background(), password, encoded); !ok || upgrade || err != nil {
			t.Errorf("match, upgrade = %t, %t, %v", ok, upgrade, err)
		}
		if ok, _, err := h.Verify(context.Background(), password+"x", encoded); ok || err != nil {
			t.Errorf("another password: match = %t, %v", ok, err)
		}
	})
}

func TestHasher_saltsDiffer(t *testing.T) {
	h := NewHasher(1)
	seen := map[string]bool{}
	for range 100 {
		encoded, err := h.Encode(t.Context(), "same")
		if err != nil || seen[encoded] {
			t.Fatalf("encoded = %q again, %v", encoded, err)
		}
		seen[encoded] = true
	}
}

func TestHasher_refusesWhatCostsTooMuch(t *testing.T) {
	for name, encoded := range costlyHashes {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			ok, upgrade, err := weakHasher().Verify(t.Context(), "password", encoded)
			if ok || upgrade || !errors.Is(err, ErrCostTooHigh) {
				t.Errorf("match, upgrade = %t, %t, %v, want ErrCostTooHigh", ok, upgrade, err)
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// Timing must not tell whether there is an account, a usable password, or an old hash.
func TestHasher_mismatchesTakeTheSameTime(t *testing.T) {
	h := NewHasher(50_000)
	cases := map[string]string{
		"unusable":      UnusablePassword(),
		"empty":         "",
		"malformed":     "pbkdf2_sha256$1000$salt",
		"unknown":       "md5$salt$hash",
		"too costly":    costlyHashes["pbkdf2"],
		"older hash":    matchingHashes["pbkdf2_sha256 of lower cost"].encoded,
		"default again": mustEncode(t, h),
	}
	want := timeOf(t, func() error { return h.Spend(t.Context()) })
	for name, encoded := range cases {
		t.Run(name, func(t *testing.T) {
			got := timeOf(t, func() error {
				_, _, err := h.Verify(t.Context(), "wrong", encoded)
				return err
			})
			if got < want/10 { // a shortcut takes a thousandth; between is what the machine does besides
				t.Errorf("took %v, a default hash takes %v", got, want)
			}
		})
	}
}

func mustEncode(t *testing.T, h *Hasher) string {
	t.Helper()
	encoded, err := h.Encode(t.Context(), "right")
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// timeOf returns the shortest of three times: what else runs on the machine makes some longer.
func timeOf(t *testing.T, f func() error) time.Duration {
	t.Helper()
	best := time.Hour
	for range 3 {
		start := time.Now()
		if err := f(); err != nil && !errors.Is(err, ErrCostTooHigh) {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func TestHasher_waitsOnlyAsLongAsTheRequest(t *testing.T) {
	h := NewHasher(1)
	for range cap(h.slots) {
		h.slots <- struct{}{} // all are computing
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := h.Encode(ctx, "x"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("encode: %v, want a deadline", err)
	}
	for _, encoded := range []string{"", costlyHashes["pbkdf2"], matchingHashes["pbkdf2_sha1"].encoded} {
		if _, _, err := h.Verify(ctx, "secret", encoded); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("verify %q: %v, want a deadline", encoded, err)
		}
	}
}

func TestHasher_endedRequestComputesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		if _, err := NewHasher(1).Encode(ctx, "x"); !errors.Is(err, context.Canceled) {
			t.Fatalf("encode: %v, want canceled", err)
		}
	}
}

func TestHasher_givesItsSlotsBack(t *testing.T) {
	h := NewHasher(1)
	for range 3 * cap(h.slots) {
		for _, encoded := range []string{"", matchingHashes["pbkdf2_sha1"].encoded, costlyHashes["scrypt"]} {
			if _, _, err := h.Verify(t.Context(), "secret", encoded); err != nil && !errors.Is(err, ErrCostTooHigh) {
				t.Fatal(err)
			}
		}
	}
	if len(h.slots) != 0 {
		t.Errorf("%d slots are still taken", len(h.slots))
	}
}

func TestUnusablePassword_form(t *testing.T) {
	form := regexp.MustCompile(`^![a-zA-Z0-9]{40}$`)
	a, b := UnusablePassword(), UnusablePassword()
	if !form.MatchString(a) || !form.MatchString(b) || a == b {
		t.Errorf("got %q and %q", a, b)
	}
}

func TestUnusablePassword_matchesNothing(t *testing.T) {
	unusable := UnusablePassword()
	for _, password := range []string{"", "!", unusable, unusable[1:]} {
		if ok, _, err := weakHasher().Verify(t.Context(), password, unusable); ok || err != nil {
			t.Errorf("password %q: match = %t, %v", password, ok, err)
		}
	}
}

func TestRandomString_usesAllLetters(t *testing.T) {
	counts := map[rune]int{}
	for _, r := range randomString(62 * 1000) {
		counts[r]++
	}
	for _, r := range saltAlphabet {
		if n := counts[r]; n < 800 || n > 1200 { // over 6 standard deviations
			t.Errorf("%c occurs %d times, want about 1000", r, n)
		}
	}
	if len(counts) != len(saltAlphabet) {
		t.Errorf("%d different characters, want %d", len(counts), len(saltAlphabet))
	}
}

func BenchmarkHasher_default(b *testing.B) {
	h := NewHasher(DefaultIterations)
	password := hex.EncodeToString([]byte(rand.Text()))
	for b.Loop() {
		if _, err := h.Encode(b.Context(), password); err != nil {
			b.Fatal(err)
		}
	}
}
