package users

import (
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // Django's pbkdf2_sha1; as an HMAC it still holds
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"hash"
	"strconv"
	"strings"
)

// pbkdf2SHA256 is the algorithm of new hashes.
const pbkdf2SHA256 = "pbkdf2_sha256"

// maxIterations is ten times what Django will write in some years: 3 seconds of CPU.
const maxIterations = 10_000_000

func newSHA256() hash.Hash { return sha256.New() }
func newSHA1() hash.Hash   { return sha1.New() } //nolint:gosec // see the import

// pbkdf2Digest is the hash function below PBKDF2; its size is also that of the result.
type pbkdf2Digest struct {
	hash func() hash.Hash
	size int
}

// parse reads Django's iterations$salt$base64.
func (d pbkdf2Digest) parse(rest string) (hashInfo, error) {
	fields := strings.Split(rest, "$")
	if len(fields) != 3 || fields[1] == "" {
		return hashInfo{}, errMalformedHash
	}
	want, err := decodeExactly(base64.StdEncoding, fields[2])
	info := hashInfo{Cost: parseCost(fields[0]), salt: fields[1]}
	switch {
	case err != nil || len(want) != d.size || info.Cost == 0:
		return hashInfo{}, errMalformedHash
	case info.Cost > maxIterations:
		return info, ErrCostTooHigh
	}
	info.verify = func(password string) (bool, error) {
		got, err := pbkdf2.Key(d.hash, password, []byte(info.salt), info.Cost, d.size)
		return subtle.ConstantTimeCompare(got, want) == 1, err
	}
	return info, nil
}

// encodePBKDF2 returns the password encoded by the default algorithm. It fails only where the machine's policy
// forbids PBKDF2.
func encodePBKDF2(password, salt string, iterations int) (string, error) {
	key, err := pbkdf2.Key(newSHA256, password, []byte(salt), iterations, sha256.Size)
	if err != nil {
		return "", err
	}
	fields := []string{pbkdf2SHA256, strconv.Itoa(iterations), salt, base64.StdEncoding.EncodeToString(key)}
	return strings.Join(fields, "$"), nil
}
