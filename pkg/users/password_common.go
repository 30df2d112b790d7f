package users

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the list of common passwords
	"fmt"
	"io"
	"strings"
	"sync"
)

// The list holds 49,263 common passwords, lower case, one a line, in byte order. It joins those of zxcvbn 4.4.2
// (Dropbox) and @zxcvbn-ts/language-common 4.1.3, both under the MIT license: see common_passwords.LICENSE.
//
//go:embed common_passwords.txt.gz
var commonPasswordsGzip []byte

// commonPasswords unpacks the list on first use. It stays one string of 390 KB: a map would take ten times as much.
var commonPasswords = sync.OnceValue(func() string {
	text, err := gunzip(commonPasswordsGzip)
	if err != nil {
		panic(fmt.Sprintf("users: embedded list of common passwords: %v", err)) // the build is broken
	}
	return text
})

func gunzip(data []byte) (string, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}

// isCommonPassword reports whether the password, but for case and outer spaces, is on the list.
func isCommonPassword(password string) bool {
	return hasLine(commonPasswords(), strings.TrimSpace(strings.ToLower(password)))
}

// hasLine reports whether a sorted text, in which each line ends in a line break, has the line.
func hasLine(text, line string) bool {
	for text != "" {
		middle := len(text) / 2
		start := strings.LastIndexByte(text[:middle], '\n') + 1
		length := strings.IndexByte(text[start:], '\n')
		switch strings.Compare(line, text[start:start+length]) {
		case 0:
			return true
		case -1:
			text = text[:start]
		default:
			text = text[start+length+1:]
		}
	}
	return false
}
