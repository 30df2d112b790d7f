package users

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Limits of what an argon2 hash may ask for. Django asks for 100 MiB, 2 passes and 8 lanes.
const (
	maxArgon2Memory = 1 << 20 // KiB
	maxArgon2Passes = 16
	maxArgon2Lanes  = 64
)

// argon2Keys are the variants that there is code for: argon2d, which Django never wrote, is none of them.
var argon2Keys = map[string]func(password, salt []byte, passes, memory uint32, lanes uint8, size uint32) []byte{
	"argon2id": argon2.IDKey,
	"argon2i":  argon2.Key,
}

// argon2Params are passes over memory (KiB), divided into lanes.
type argon2Params struct{ memory, passes, lanes int }

// parseArgon2 reads argon2id$v=19$m=102400,t=2,p=8$salt$hash, the form of the reference implementation. Version 19 is
// the only one; salt and hash are in base64 without padding.
func parseArgon2(rest string) (hashInfo, error) {
	fields := strings.Split(rest, "$")
	if len(fields) != 5 || fields[1] != "v=19" {
		return hashInfo{}, errMalformedHash
	}
	key, known := argon2Keys[fields[0]]
	params, err := parseArgon2Params(fields[2])
	if !known || err != nil {
		return hashInfo{}, errMalformedHash
	}
	info := hashInfo{Cost: params.memory}
	if params.areTooHigh() {
		return info, ErrCostTooHigh
	}
	salt, saltErr := decodeExactly(base64.RawStdEncoding, fields[3])
	want, wantErr := decodeExactly(base64.RawStdEncoding, fields[4])
	if saltErr != nil || wantErr != nil || len(salt) < 8 || len(want) < 16 {
		return hashInfo{}, errMalformedHash
	}
	info.verify = func(password string) (bool, error) {
		p := params
		got := key([]byte(password), salt, uint32(p.passes), uint32(p.memory), uint8(p.lanes), uint32(len(want))) //nolint:gosec // bounded above
		return subtle.ConstantTimeCompare(got, want) == 1, nil
	}
	return info, nil
}

// parseArgon2Params reads m=102400,t=2,p=8. Each lane needs 8 KiB (RFC 9106, section 3.1).
func parseArgon2Params(s string) (argon2Params, error) {
	var p argon2Params
	_, err := fmt.Sscanf(s, "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.lanes)
	canonical := fmt.Sprintf("m=%d,t=%d,p=%d", p.memory, p.passes, p.lanes) == s
	if err != nil || !canonical || p.passes < 1 || p.lanes < 1 || p.memory/8 < p.lanes {
		return argon2Params{}, errMalformedHash
	}
	return p, nil
}

func (p argon2Params) areTooHigh() bool {
	return p.memory > maxArgon2Memory || p.passes > maxArgon2Passes || p.lanes > maxArgon2Lanes
}
