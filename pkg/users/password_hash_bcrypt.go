package users

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"

	"golang.org/x/crypto/bcrypt"
)

// maxBcryptCost stands for 16 times the work of Django's 12.
const maxBcryptCost = 16

// bcryptForm is $, what bcrypt itself writes: version, cost, 22 characters of salt and 31 of hash. Django puts its
// name of the algorithm and one more $ before it.
var bcryptForm = regexp.MustCompile(`^\$2[aby]\$([0-3][0-9])\$[./A-Za-z0-9]{53}$`)

// bcryptInput makes of a password what bcrypt is given.
type bcryptInput func(password string) []byte

// hexSHA256 keeps a long password whole: bcrypt looks at 72 bytes.
func hexSHA256(password string) []byte {
	sum := sha256.Sum256([]byte(password))
	return hex.AppendEncode(nil, sum[:])
}

func plainBytes(password string) []byte { return []byte(password) }

// parse reads $2b$12$salthash.
func (in bcryptInput) parse(rest string) (hashInfo, error) {
	form := bcryptForm.FindStringSubmatch(rest)
	if form == nil {
		return hashInfo{}, errMalformedHash
	}
	cost, err := strconv.Atoi(form[1])
	if err != nil || cost < bcrypt.MinCost || cost > bcrypt.MaxCost {
		return hashInfo{}, errMalformedHash
	}
	info := hashInfo{Cost: cost}
	if cost > maxBcryptCost {
		return info, ErrCostTooHigh
	}
	info.verify = func(password string) (bool, error) {
		err := bcrypt.CompareHashAndPassword([]byte(rest), in(password))
		if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
			return false, nil
		}
		return err == nil, err
	}
	return info, nil
}
