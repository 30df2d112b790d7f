package core

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// DecimalError says which limit of a decimal field a text breaks. Its messages are those of Django REST framework.
type DecimalError string

func (e DecimalError) Error() string { return string(e) }

const errNotANumber = DecimalError("A valid number is required.")

// maxDecimalText is the longest text that is read as a number, maxExponent the largest power of ten in it; both are
// Python's.
const (
	maxDecimalText = 1000
	maxExponent    = 999_999_999_999_999_999
)

// parseDecimal reads a decimal number such as "7.5", " -1e1 " or "0" into units of 10^-places. At most digits
// decimal digits may stand in it, at most places of them behind the point, counted as Python's decimal module does.
func parseDecimal(text string, digits, places int) (int64, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxDecimalText {
		return 0, DecimalError("String value too large.")
	}
	negative, coefficient, exponent, err := splitDecimal(text)
	if err != nil {
		return 0, err
	}
	if err := checkDigits(len(coefficient), exponent, digits, places); err != nil {
		return 0, err
	}
	scaled := coefficient + strings.Repeat("0", exponent+places)
	n, err := strconv.ParseInt(scaled, 10, 64)
	if err != nil {
		return 0, errNotANumber
	}
	if negative {
		n = -n
	}
	return n, nil
}

// splitDecimal takes a number apart: -12.30e1 is (true, "1230", -1). Zero keeps one digit.
func splitDecimal(text string) (negative bool, coefficient string, exponent int, err error) {
	rest, negative := strings.CutPrefix(text, "-")
	if !negative {
		rest = strings.TrimPrefix(rest, "+")
	}
	mantissa, power := rest, ""
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		mantissa, power = rest[:i], rest[i+1:]
		if exponent, err = strconv.Atoi(power); err != nil || exponent > maxExponent || exponent < -maxExponent {
			return false, "", 0, errNotANumber
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	coefficient = whole + fraction
	if coefficient == "" || strings.Trim(coefficient, "0123456789") != "" {
		return false, "", 0, errNotANumber
	}
	coefficient = strings.TrimLeft(coefficient, "0")
	if coefficient == "" {
		coefficient = "0"
	}
	return negative, coefficient, exponent - len(fraction), nil
}

// checkDigits is Django REST framework's DecimalField.validate_precision.
func checkDigits(count, exponent, digits, places int) error {
	total, behind := count+exponent, 0
	if exponent < 0 {
		behind = -exponent
		total = max(count, behind)
	}
	switch {
	case total > digits:
		return DecimalError(fmt.Sprintf("Ensure that there are no more than %d digits in total.", digits))
	case behind > places:
		return DecimalError(fmt.Sprintf("Ensure that there are no more than %d decimal places.", places))
	case total-behind > digits-places:
		return DecimalError(fmt.Sprintf("Ensure that there are no more than %d digits before the decimal point.", digits-places))
	}
	return nil
}

// appendDecimal writes n units of 10^-places as a decimal number with exactly that many places.
func appendDecimal(b []byte, n int64, places int) []byte {
	unit := uint64(1)
	for range places {
		unit *= 10
	}
	u := uint64(n) //nolint:gosec // two's complement is undone below
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	b = strconv.AppendUint(b, u/unit, 10)
	b = append(b, '.')
	for fraction := u % unit; unit > 1; fraction %= unit {
		unit /= 10
		b = append(b, "0123456789"[fraction/unit])
	}
	return b
}

var errDecimalColumn = errors.New("scan decimal: neither text nor a whole number")

// scanDecimal reads a column: PostgreSQL gives the text of a numeric, SQLite the whole number of units.
func scanDecimal(src any, places int) (int64, error) {
	switch v := src.(type) {
	case int64:
		return v, nil
	case string:
		return parseDecimal(v, 18, places)
	case []byte:
		return parseDecimal(string(v), 18, places)
	}
	return 0, fmt.Errorf("%w: %T", errDecimalColumn, src)
}
