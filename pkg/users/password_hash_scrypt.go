package users

import (
	"crypto/subtle"
	"encoding/base64"
	"strings"

	"golang.org/x/crypto/scrypt"
)

// Limits of what a scrypt hash may ask for. Django asks for 16 MiB, which it goes through 5 times.
const (
	maxScryptMemory = 512 << 20 // bytes
	maxScryptWork   = 1 << 30   // bytes gone through
)

const scryptHashSize = 64

// scryptParams are those of RFC 7914: n blocks of 128 r bytes, gone through p times.
type scryptParams struct{ n, r, p int }

// parseScrypt reads Django's N$salt$r$p$base64.
func parseScrypt(rest string) (hashInfo, error) {
	fields := strings.Split(rest, "$")
	if len(fields) != 5 || fields[1] == "" {
		return hashInfo{}, errMalformedHash
	}
	params := scryptParams{n: parseCost(fields[0]), r: parseCost(fields[2]), p: parseCost(fields[3])}
	want, err := decodeExactly(base64.StdEncoding, fields[4])
	if err != nil || len(want) != scryptHashSize || !params.areValid() {
		return hashInfo{}, errMalformedHash
	}
	info := hashInfo{Cost: params.n}
	if params.areTooHigh() {
		return info, ErrCostTooHigh
	}
	salt := []byte(fields[1])
	info.verify = func(password string) (bool, error) {
		got, err := scrypt.Key([]byte(password), salt, params.n, params.r, params.p, scryptHashSize)
		return subtle.ConstantTimeCompare(got, want) == 1, err
	}
	return info, nil
}

// areValid reports whether all are positive and n is a power of two above 1; the largest int, which stands for an
// overflow, passes for areTooHigh to refuse.
func (p scryptParams) areValid() bool {
	return p.n > 1 && (p.n&(p.n-1) == 0 || p.n > maxScryptMemory) && p.r > 0 && p.p > 0
}

// areTooHigh divides where it could multiply: the products overflow.
func (p scryptParams) areTooHigh() bool {
	return p.n > maxScryptMemory/128/p.r || p.p > maxScryptWork/128/p.r/p.n
}
