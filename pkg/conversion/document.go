package conversion

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

var errNoDocument = errors.New("is no JSON document")

// canonicalJSON gives a document so that documents of the same meaning are the same text: members by name, no spaces,
// numbers without superfluous digits. PostgreSQL's jsonb keeps no more than the meaning. An empty text stands for {}.
func canonicalJSON(document []byte) ([]byte, error) {
	if len(document) == 0 || string(document) == "{}" {
		return []byte("{}"), nil
	}
	if !utf8.Valid(document) {
		return nil, errNotUnicode
	}
	var value any
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoDocument, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errNoDocument
	}
	c := canonicalWriter{escapes: bytes.Contains(document, []byte(`\u`)), replacement: holdsReplacement(document)}
	err := c.write(value)
	return c.out, err
}

// holdsReplacement reports whether the replacement character stands in the document, and is not made by the decoder from
// half a surrogate pair.
func holdsReplacement(document []byte) bool {
	return bytes.Contains(document, []byte("\uFFFD")) || bytes.Contains(bytes.ToLower(document), []byte(`\ufffd`))
}

// A canonicalWriter writes one document.
type canonicalWriter struct {
	out         []byte
	escapes     bool // the document has characters written as \u…
	replacement bool // it may hold the replacement character
}

func (c *canonicalWriter) write(value any) error {
	switch v := value.(type) {
	case nil:
		c.out = append(c.out, "null"...)
	case bool:
		c.out = strconv.AppendBool(c.out, v)
	case json.Number:
		c.out = append(c.out, core.CanonicalNumber(v)...)
	case string:
		return c.writeText(v)
	case []any:
		return c.writeList(v)
	case map[string]any:
		return c.writeObject(v)
	}
	return nil
}

// writeText writes a text with its length in front, which needs no escapes.
func (c *canonicalWriter) writeText(text string) error {
	switch {
	case !c.escapes: // the decoder lets no other null character through
	case strings.IndexByte(text, 0) >= 0:
		return errNullCharacter
	case !c.replacement && strings.ContainsRune(text, utf8.RuneError):
		return errNotUnicode
	}
	c.out = append(strconv.AppendInt(append(c.out, '"'), int64(len(text)), 10), ':')
	c.out = append(c.out, text...)
	return nil
}

func (c *canonicalWriter) writeList(list []any) error {
	c.out = append(c.out, '[')
	for _, value := range list {
		if err := c.write(value); err != nil {
			return err
		}
		c.out = append(c.out, ',')
	}
	c.out = append(c.out, ']')
	return nil
}

func (c *canonicalWriter) writeObject(object map[string]any) error {
	c.out = append(c.out, '{')
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if err := c.writeText(name); err != nil {
			return err
		}
		if err := c.write(object[name]); err != nil {
			return err
		}
		c.out = append(c.out, ',')
	}
	c.out = append(c.out, '}')
	return nil
}
