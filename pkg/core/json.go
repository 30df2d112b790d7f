package core

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

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

// CanonicalNumber gives a number of a document as its digits and a power of ten: 12.50, 1250e-2 and 0.125e2 are all
// 125e-1, as PostgreSQL's jsonb keeps but one of them. It never computes, so that no digit is lost. (An exponent beyond
// all reason is left as it is: no jsonb holds such a number.)
func CanonicalNumber(n json.Number) json.Number {
	mantissa, power, _ := strings.Cut(strings.ToLower(n.String()), "e")
	exponent, err := strconv.Atoi(power)
	if err != nil && power != "" {
		return n
	}
	digits, isNegative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	significant := strings.TrimRight(digits, "0")
	exponent += len(digits) - len(significant) - len(fraction)
	if significant == "" {
		return "0"
	}
	if isNegative {
		significant = "-" + significant
	}
	return json.Number(significant + "e" + strconv.Itoa(exponent))
}
