package users

import (
	"errors"
	"strings"
	"testing"
)

// Well-formed hashes that nobody should compute.
var costlyHashes = map[string]string{
	"pbkdf2":           "pbkdf2_sha256$10000001$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=",
	"pbkdf2_sha1":      "pbkdf2_sha1$999999999$abcdefghijklmnopqrstuv$+5oTfD/enXsijOBknW6M6cP8zps=",
	"pbkdf2, overflow": "pbkdf2_sha256$99999999999999999999$abcdefghijklmnopqrstuv$UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs=",
	"argon2, memory":   "argon2$argon2id$v=19$m=1048577,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
	"argon2, passes":   "argon2$argon2id$v=19$m=256,t=17,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
	"argon2, lanes":    "argon2$argon2id$v=19$m=1024,t=2,p=65$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
	"bcrypt":           "bcrypt$$2b$17$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
	"bcrypt_sha256":    "bcrypt_sha256$$2b$31$abcdefghijklmnopqrstuuraR8y8jUb0UMmCc9fwl/YxKZSpSs52u",
	"scrypt":           "scrypt$8388608$abcdefghijklmnopqrstuv$1$1$" + scryptHash,
	"scrypt, r":        "scrypt$2$abcdefghijklmnopqrstuv$4194305$1$" + scryptHash,
	"scrypt, p":        "scrypt$16384$abcdefghijklmnopqrstuv$8$65$" + scryptHash,
	"scrypt, overflow": "scrypt$4611686018427387904$abcdefghijklmnopqrstuv$9223372036854775807$99999999999999999999$" + scryptHash,
	"scrypt, huge n":   "scrypt$99999999999999999999$abcdefghijklmnopqrstuv$8$5$" + scryptHash,
}

const (
	sha256Hash = "UkZXrUzHhrac78+32Hketbp/WKXw7KW4bZRIE/ibqXs="
	scryptHash = "YBJMELQWiYWbgUxzG/+yAp1GQZLDy+n3C/Otkzhh0FB/TYE4EiNsURHSEPDRSFEah1BFnRmg9t49hxB8sPwx6w=="
	argon2Hash = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	bcryptHash = "abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
)

func TestParseHash_malformed(t *testing.T) {
	tests := map[string]string{
		"empty":                     "",
		"no hash":                   "secret",
		"unusable":                  "!",
		"unusable hash":             "!pbkdf2_sha256$1000$salt$" + sha256Hash,
		"algorithm alone":           "pbkdf2_sha256",
		"unknown algorithm":         "md5$salt$d41d8cd98f00b204e9800998ecf8427e",
		"upper case":                "PBKDF2_SHA256$1000$salt$" + sha256Hash,
		"field missing":             "pbkdf2_sha256$1000$" + sha256Hash,
		"field too many":            "pbkdf2_sha256$1000$salt$" + sha256Hash + "$",
		"no salt":                   "pbkdf2_sha256$1000$$" + sha256Hash,
		"no iterations":             "pbkdf2_sha256$$salt$" + sha256Hash,
		"zero iterations":           "pbkdf2_sha256$0$salt$" + sha256Hash,
		"negative iterations":       "pbkdf2_sha256$-1000$salt$" + sha256Hash,
		"very negative iterations":  "pbkdf2_sha256$-99999999999999999999$salt$" + sha256Hash,
		"signed iterations":         "pbkdf2_sha256$+1000$salt$" + sha256Hash,
		"leading zero":              "pbkdf2_sha256$01000$salt$" + sha256Hash,
		"hexadecimal iterations":    "pbkdf2_sha256$0x10$salt$" + sha256Hash,
		"hash of another size":      "pbkdf2_sha256$1000$salt$+5oTfD/enXsijOBknW6M6cP8zps=",
		"hash of no base64":         "pbkdf2_sha256$1000$salt$***",
		"hash without padding":      "pbkdf2_sha256$1000$salt$" + strings.TrimRight(sha256Hash, "="),
		"line break in the hash":    "pbkdf2_sha256$1000$salt$" + sha256Hash + "\n",
		"stray bits in the hash":    "pbkdf2_sha256$1000$salt$" + strings.Replace(sha256Hash, "s=", "t=", 1),
		"longer than a column":      "pbkdf2_sha256$1000$" + strings.Repeat("s", 256) + "$" + sha256Hash,
		"argon2d":                   "argon2$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 version 16":         "argon2$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 without version":    "argon2$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 in another order":   "argon2$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 with more fields":   "argon2$argon2id$v=19$m=256,t=2,p=1,keyid=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 with spaces":        "argon2$argon2id$v=19$m= 256,t=2,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 without passes":     "argon2$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 without lanes":      "argon2$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$" + argon2Hash,
		"argon2 with little memory": "argon2$argon2id$v=19$m=15,t=2,p=2$c29tZXNhbHQ$" + argon2Hash,
		"argon2, overflow":          "argon2$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$" + argon2Hash,
		"argon2 with a short salt":  "argon2$argon2id$v=19$m=256,t=2,p=1$c29t$" + argon2Hash,
		"argon2 with a short hash":  "argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EA",
		"argon2 without hash":       "argon2$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
		"bcrypt with one dollar":    "bcrypt$2b$04$" + bcryptHash,
		"bcrypt of no version":      "bcrypt$$3b$04$" + bcryptHash,
		"bcrypt of cost 3":          "bcrypt$$2b$03$" + bcryptHash,
		"bcrypt of cost 32":         "bcrypt$$2b$32$" + bcryptHash,
		"bcrypt in another field":   "bcrypt$bcrypt$$2b$04$" + bcryptHash,
		"bcrypt cut off":            "bcrypt$$2b$04$" + bcryptHash[1:],
		"bcrypt with a line break":  "bcrypt$$2b$04$" + bcryptHash + "\n",
		"scrypt in another order":   "scrypt$abcdefghijklmnopqrstuv$16384$8$5$" + scryptHash,
		"scrypt, n no power of two": "scrypt$15$abcdefghijklmnopqrstuv$2$3$" + scryptHash,
		"scrypt, n of 1":            "scrypt$1$abcdefghijklmnopqrstuv$2$3$" + scryptHash,
		"scrypt without r":          "scrypt$16$abcdefghijklmnopqrstuv$0$3$" + scryptHash,
		"scrypt without p":          "scrypt$16$abcdefghijklmnopqrstuv$2$0$" + scryptHash,
		"scrypt without salt":       "scrypt$16$$2$3$" + scryptHash,
		"scrypt with a short hash":  "scrypt$16$abcdefghijklmnopqrstuv$2$3$" + sha256Hash,
	}
	for name, encoded := range tests {
		t.Run(name, func(t *testing.T) {
			info, err := parseHash(encoded)
			if !errors.Is(err, errMalformedHash) || info.Algorithm != "" || info.verify != nil {
				t.Errorf("got %+v, %v, want errMalformedHash", info, err)
			}
			if ok, upgrade, err := NewHasher(1).Verify(t.Context(), "secret", encoded); ok || upgrade || err != nil {
				t.Errorf("match, upgrade = %t, %t, %v, want none", ok, upgrade, err)
			}
		})
	}
}

func TestDescribeHash_algorithmAndCost(t *testing.T) {
	tests := []struct {
		encoded, algorithm string
		cost               int
		err                error
	}{
		{djangoHashes["alice"].encoded, "pbkdf2_sha256", 720_000, nil},
		{matchingHashes["pbkdf2_sha1"].encoded, "pbkdf2_sha1", 1000, nil},
		{matchingHashes["scrypt"].encoded, "scrypt", 16, nil},
		{matchingHashes["bcrypt_sha256"].encoded, "bcrypt_sha256", 4, nil},
		{matchingHashes["bcrypt $2a$"].encoded, "bcrypt", 5, nil},
		{matchingHashes["argon2id, lanes"].encoded, "argon2", 256, nil},
		{costlyHashes["pbkdf2"], "pbkdf2_sha256", 10_000_001, ErrCostTooHigh},
		{costlyHashes["bcrypt_sha256"], "bcrypt_sha256", 31, ErrCostTooHigh},
		{UnusablePassword(), "unusable", 0, nil},
		{"", "", 0, errMalformedHash},
		{"hunter2", "", 0, errMalformedHash},
	}
	for _, tt := range tests {
		algorithm, cost, err := DescribeHash(tt.encoded)
		if algorithm != tt.algorithm || cost != tt.cost || !errors.Is(err, tt.err) {
			t.Errorf("%q: got %q, %d, %v, want %q, %d, %v", tt.encoded, algorithm, cost, err, tt.algorithm, tt.cost, tt.err)
		}
	}
}

// Parsing panics for no field, and what it lets through is bounded: so a row in the database can't stop the server.
func FuzzParseHash(f *testing.F) {
	for _, tt := range matchingHashes {
		f.Add(tt.encoded)
	}
	for _, encoded := range costlyHashes {
		f.Add(encoded)
	}
	for _, tt := range djangoHashes {
		f.Add(tt.encoded)
	}
	f.Add("!")
	f.Fuzz(func(t *testing.T, encoded string) {
		info, err := parseHash(encoded)
		if (err == nil) != (info.verify != nil) {
			t.Fatalf("got %+v, %v: what is in error can't be verified, all else can", info, err)
		}
		if err != nil {
			return
		}
		limits := map[string]int{
			"pbkdf2_sha256": maxIterations, "pbkdf2_sha1": maxIterations, "argon2": maxArgon2Memory,
			"bcrypt_sha256": maxBcryptCost, "bcrypt": maxBcryptCost, "scrypt": maxScryptMemory / 128,
		}
		if info.Cost < 1 || info.Cost > limits[info.Algorithm] {
			t.Errorf("%s of cost %d", info.Algorithm, info.Cost)
		}
		if !isCheap(info) {
			return
		}
		if _, err := info.verify("password"); err != nil {
			t.Errorf("verify: %v", err)
		}
	})
}

// isCheap reports whether the fuzzer may verify a hash. Of scrypt the cost does not tell.
func isCheap(info hashInfo) bool {
	limits := map[string]int{"pbkdf2_sha256": 1000, "pbkdf2_sha1": 1000, "argon2": 256, "bcrypt_sha256": 4, "bcrypt": 4}
	return info.Cost <= limits[info.Algorithm]
}
