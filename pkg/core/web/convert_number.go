package web

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// maxNumberText is the longest text, in characters, that is read as a whole number.
const maxNumberText = 1000

// wholeNumber is an integer as Python's int() reads one from a text, and the zeros that may follow its point.
var wholeNumber = regexp.MustCompile(`^\s*([-+]?\d+)(\.0*)?\s*$`)

func (f *field) convertInt(v value, dst reflect.Value) []string {
	if f.rules.pk {
		return convertPK(v, dst)
	}
	if v.kind == textKind && runeCount(v.text) > maxNumberText {
		return []string{msgTooLong}
	}
	if v.kind != textKind && v.kind != intKind && v.kind != floatKind {
		return []string{msgNotInteger}
	}
	match := wholeNumber.FindStringSubmatch(v.text)
	if match == nil {
		return []string{msgNotInteger}
	}
	n := saturate(match[1])
	if msg := f.checkBounds(n); msg != "" {
		return []string{msg}
	}
	dst.SetInt(n)
	return nil
}

// checkBounds says what is wrong with n: a bound of the field's rules, or of its type.
func (f *field) checkBounds(n int64) string {
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if f.typ.Kind() == reflect.Int32 {
		least, most = math.MinInt32, math.MaxInt32
	}
	if f.rules.most != nil {
		most = *f.rules.most
	}
	switch {
	case n > most:
		return fmt.Sprintf("Ensure this value is less than or equal to %d.", most)
	case n < least:
		return fmt.Sprintf("Ensure this value is greater than or equal to %d.", least)
	case f.rules.least != nil && n < *f.rules.least:
		return f.rules.tooSmall()
	}
	return ""
}

// tooSmall is what is said of a number below the least one.
func (r *rules) tooSmall() string {
	if r.message != "" {
		return r.message
	}
	return fmt.Sprintf("Ensure this value is greater than or equal to %d.", *r.least)
}

// saturate reads digits that may exceed int64: no row has the id MaxInt64, no rule allows such a number.
func saturate(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err == nil {
		return n
	}
	if strings.HasPrefix(digits, "-") {
		return math.MinInt64
	}
	return math.MaxInt64
}

// convertPK reads the id of another object: a number, or its text.
func convertPK(v value, dst reflect.Value) []string {
	match := wholeNumber.FindStringSubmatch(v.text)
	if (v.kind != intKind && v.kind != textKind) || match == nil || match[2] != "" {
		return []string{fmt.Sprintf("Incorrect type. Expected pk value, received %s.", v.kind)}
	}
	dst.SetInt(saturate(match[1]))
	return nil
}
