package inventory

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A position is the item that a page ended with: what it is sorted by, and its id.
type position struct {
	place any // string, core.Money, int32 or time.Time, as the column has it
	id    int64
}

var errCursor = core.InvalidField("cursor", "Invalid cursor")

// A cursor is base64url of a checksum, the id (eight bytes, big end first) and the text of what the item is sorted by.
// The checksum is also of what the list belongs to, so that a cursor leads on in that list alone. It is no secret: who
// makes one up gets another part of their own list.
const (
	checksumBytes = 8
	idBytes       = 8
)

// newCursor returns the cursor of the page that follows the item.
func newCursor(vendorID int64, p Page, last *Collectible) (string, error) {
	body := binary.BigEndian.AppendUint64(nil, uint64(last.ID)) //nolint:gosec // read back by the same turn
	body = append(body, p.Sort.textOf(last)...)
	sum, err := cursorChecksum(vendorID, p, body)
	return base64.RawURLEncoding.EncodeToString(append(sum, body...)), err
}

// readCursor returns where the page starts, nil for the start of the list. Its error is Invalid on the field cursor.
func readCursor(vendorID int64, p Page) (*position, error) {
	if p.Cursor == "" {
		return nil, nil //nolint:nilnil // no cursor is no position
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(p.Cursor)
	if err != nil || len(raw) < checksumBytes+idBytes {
		return nil, errCursor
	}
	body := raw[checksumBytes:]
	sum, err := cursorChecksum(vendorID, p, body)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare(sum, raw[:checksumBytes]) == 0 {
		return nil, errCursor
	}
	place, err := p.Sort.parse(string(body[idBytes:]))
	if err != nil {
		return nil, errCursor
	}
	id := binary.BigEndian.Uint64(body)
	return &position{place: place, id: int64(id)}, nil //nolint:gosec // as newCursor wrote it
}

// cursorChecksum is of the cursor's body and of all that makes a list: vendor, order, filters and search.
func cursorChecksum(vendorID int64, p Page, body []byte) ([]byte, error) {
	p.Limit, p.Offset, p.Cursor, p.Sort = 0, 0, "", p.Sort.orDefault()
	text, err := json.Marshal(struct {
		VendorID int64
		Page     Page
		Body     []byte
	}{vendorID, p, body})
	sum := sha256.Sum256(text)
	return sum[:checksumBytes], err
}

// textOf is what a cursor says of the item's place.
func (s Sort) textOf(c *Collectible) string {
	switch s.orDefault() {
	case BySKU:
		return c.SKU
	case ByPrice:
		return c.Price.String()
	case ByQuantity:
		return strconv.Itoa(int(c.Quantity))
	case ByCreatedAt:
		return c.CreatedAt.UTC().Format(time.RFC3339Nano)
	case ByUpdatedAt:
		return c.UpdatedAt.UTC().Format(time.RFC3339Nano)
	}
	return c.Name
}

var errPlace = errors.New("parse place: not one of the column")

// parse reads what textOf wrote.
func (s Sort) parse(text string) (any, error) {
	switch s.orDefault() {
	case ByPrice:
		price, err := core.ParseMoney(text)
		return price.Stored(), err
	case ByQuantity:
		n, err := strconv.ParseInt(text, 10, 32)
		return int32(n), err
	case ByCreatedAt, ByUpdatedAt:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err == nil && t.Year() < 1 {
			err = errPlace
		}
		return t, err
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return nil, errPlace
	}
	return text, nil
}
