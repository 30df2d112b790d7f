package core

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun/schema"
)

// JSON is a document of any shape: jsonb on PostgreSQL, text on SQLite. nil stands for {}.
type JSON []byte

// MarshalJSON gives the document itself.
func (j JSON) MarshalJSON() ([]byte, error) {
	if len(j) == 0 {
		return []byte("{}"), nil
	}
	return j, nil
}

// UnmarshalJSON keeps a copy of the document.
func (j *JSON) UnmarshalJSON(b []byte) error {
	*j = bytes.Clone(b)
	return nil
}

// Scan reads a column. It never writes into the old document, which a copy of the row may share.
func (j *JSON) Scan(src any) error {
	switch v := src.(type) {
	case []byte:
		*j = bytes.Clone(v)
	case string:
		*j = JSON(v)
	case nil:
		*j = nil
	default:
		return fmt.Errorf("scan json: unexpected %T", src)
	}
	return nil
}

// AppendQuery writes the document into SQL as text.
func (j JSON) AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error) {
	text, err := j.MarshalJSON()
	if err != nil || !json.Valid(text) {
		return nil, fmt.Errorf("append json: not a document")
	}
	return gen.Dialect().AppendString(b, string(text)), nil
}
