package users

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrCostTooHigh says that a stored hash asks for more time or memory than any hasher writes; it was not computed.
var ErrCostTooHigh = errors.New("password hash costs too much to check")

// errMalformedHash never quotes the field: what is no hash may be a password.
var errMalformedHash = errors.New("no password hash of a known form")

// maxEncodedLength is twice what Django's column holds.
const maxEncodedLength = 256

// hashInfo is what an encoded password says of itself, and the means to check one.
type hashInfo struct {
	Algorithm string                              // one of hashParsers
	Cost      int                                 // see DescribeHash
	salt      string                              // PBKDF2 only: harden needs it
	verify    func(password string) (bool, error) // nil if the cost is too high
}

// hashParsers are the formats of Django's default hashers, by the word before the first dollar sign, and its plain
// bcrypt. A parser gets what follows that sign and computes nothing.
var hashParsers = map[string]func(rest string) (hashInfo, error){
	pbkdf2SHA256:    pbkdf2Digest{newSHA256, 32}.parse,
	"pbkdf2_sha1":   pbkdf2Digest{newSHA1, 20}.parse,
	"argon2":        parseArgon2,
	"bcrypt_sha256": bcryptInput(hexSHA256).parse,
	"bcrypt":        bcryptInput(plainBytes).parse,
	"scrypt":        parseScrypt,
}

// parseHash reads an encoded password. With ErrCostTooHigh, Algorithm and Cost are known; any other error means that
// nothing is, and that no password matches.
func parseHash(encoded string) (hashInfo, error) {
	algorithm, rest, _ := strings.Cut(encoded, "$")
	parse, known := hashParsers[algorithm]
	if !known || len(encoded) > maxEncodedLength {
		return hashInfo{}, errMalformedHash
	}
	info, err := parse(rest)
	if errors.Is(err, errMalformedHash) {
		return hashInfo{}, err
	}
	info.Algorithm = algorithm
	return info, err
}

// DescribeHash returns the algorithm of an encoded password, as Django names it, or "unusable" where none can match.
// The cost is in the algorithm's own unit: iterations of PBKDF2, the binary logarithm of bcrypt's rounds, KiB of
// argon2, N of scrypt. The error is that of a malformed or unknown hash, or ErrCostTooHigh beside the values.
func DescribeHash(encoded string) (algorithm string, cost int, err error) {
	if strings.HasPrefix(encoded, unusablePrefix) {
		return "unusable", 0, nil
	}
	info, err := parseHash(encoded)
	return info.Algorithm, info.Cost, err
}

// parseCost reads a positive decimal number, or a malformed one as 0. What overflows is the largest int, which is
// beyond every limit.
func parseCost(s string) int {
	n, err := strconv.Atoi(s)
	if errors.Is(err, strconv.ErrRange) && !strings.HasPrefix(s, "-") {
		return math.MaxInt
	}
	if err != nil || n < 1 || strconv.Itoa(n) != s {
		return 0
	}
	return n
}

// decodeExactly decodes s if it is what enc makes of its bytes. Go's decoders also take line breaks, Django compares
// the text.
func decodeExactly(enc *base64.Encoding, s string) ([]byte, error) {
	b, err := enc.DecodeString(s)
	if err != nil || enc.EncodeToString(b) != s {
		return nil, fmt.Errorf("%w: bad base64", errMalformedHash)
	}
	return b, nil
}
