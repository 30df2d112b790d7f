package storage

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// An Owner is the object that images belong to.
type Owner struct {
	Kind Kind
	ID   int64
}

// Kind is a kind of owner.
type Kind string

// The kinds of owner.
const (
	Items  Kind = "items"
	Stores Kind = "stores"
	Users  Kind = "users"
)

// keyForm is the form of all keys: kind/yyyy/mm/owner-random.extension. It also finds a key at the end of an address.
var keyForm = regexp.MustCompile(`^(?:.*/)?((items|stores|users)/\d{4}/\d{2}/(\d+)-([0-9a-f]{32})(\.thumb)?\.(jpg|png))$`)

// newKey makes the key of an image that is kept now. Nobody can guess it.
func newKey(owner Owner, now time.Time, extension string) string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: see crypto/rand
	return fmt.Sprintf("%s/%s/%d-%s%s", owner.Kind, now.UTC().Format("2006/01"), owner.ID, hex.EncodeToString(random[:]), extension)
}

// thumbnailKey is the key of an image's thumbnail.
func thumbnailKey(key string) string {
	dot := strings.LastIndexByte(key, '.')
	return key[:dot] + ".thumb" + key[dot:]
}

// IsKey reports whether the text is the key of an image or a thumbnail, and nothing more.
func IsKey(text string) bool {
	match := keyForm.FindStringSubmatch(text)
	return match != nil && match[1] == text
}

// ContentType is the type of the object of that key.
func ContentType(key string) string { return contentTypes[path.Ext(key)] }

// key returns the key of the owner's image at the address, or nothing if it is none: clients can write any address into
// a record, also that of another owner's image.
func (o Owner) key(address string) string {
	match := keyForm.FindStringSubmatch(address)
	if match == nil || match[2] != string(o.Kind) || match[3] != strconv.FormatInt(o.ID, 10) || match[5] != "" {
		return ""
	}
	return match[1]
}
