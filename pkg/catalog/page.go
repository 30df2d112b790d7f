package catalog

import (
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// A Filter narrows a list; an empty field does not. Which fields there are depends on what is listed.
type Filter struct {
	Search     string // part of the name, the slug or the code, whatever the case
	Game       string
	Kind       string
	EraID      *int64
	EraOfSetID *int64 // of products: that of their set
	SetID      *int64
	AxisID     *int64
}

// query is the filter in an address.
func (f Filter) query() url.Values {
	query := url.Values{}
	for name, text := range map[string]string{"q": f.Search, "game": f.Game, "kind": f.Kind} {
		if text != "" {
			query.Set(name, text)
		}
	}
	setID := func(name string, id *int64) {
		if id != nil {
			query.Set(name, strconv.FormatInt(*id, 10))
		}
	}
	setID("era", f.EraID)
	setID("era", f.EraOfSetID)
	setID("set", f.SetID)
	setID("axis", f.AxisID)
	return query
}

// A position is the row with which a page ended.
type position struct {
	name string
	id   int64
}

var errCursor = core.InvalidField("cursor", "Invalid cursor")

// String is the cursor that leads on from the row: base64url of the id (eight bytes, big end first) and the name.
func (p position) String() string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(p.id)) //nolint:gosec // read back by the same turn
	return base64.RawURLEncoding.EncodeToString(append(raw, p.name...))
}

// readCursor returns where a page starts, nil for the first one.
func readCursor(cursor string) (*position, error) {
	if cursor == "" {
		return nil, nil //nolint:nilnil // no cursor is no position
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) < 8 {
		return nil, errCursor
	}
	name := string(raw[8:])
	if !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return nil, errCursor
	}
	return &position{name, int64(binary.BigEndian.Uint64(raw))}, nil //nolint:gosec // as String wrote it
}
