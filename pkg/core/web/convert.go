package web

import (
	"fmt"
	"reflect"

	"github.com/omni-stock/omnistock/pkg/core"
)

// The messages of Django REST framework, which clients match and show.
const (
	msgRequired   = "This field is required."
	msgNull       = "This field may not be null."
	msgBlank      = "This field may not be blank."
	msgNotText    = "Not a valid string."
	msgNotBoolean = "Must be a valid boolean."
	msgNotInteger = "A valid integer is required."
	msgTooLong    = "String value too large."
	msgNotDate    = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
	msgNotTime    = "Datetime has wrong format. Use one of these formats instead: " +
		"YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
	msgNotJSON = "Value must be valid JSON."
)

// convert reads v as the field's type into dst. It returns what is wrong with it: nil, []string or core.Fields.
func (f *field) convert(v value, dst reflect.Value) any {
	switch {
	case f.object != nil && f.list:
		return f.convertList(v, dst)
	case f.object != nil:
		return f.object.convert(v, dst)
	case f.list:
		if msgs := f.convertNumbers(v, dst); len(msgs) > 0 {
			return msgs
		}
		return nil
	}
	if msgs := f.convertScalar(v, dst); len(msgs) > 0 {
		return msgs
	}
	return nil
}

func (f *field) convertScalar(v value, dst reflect.Value) []string {
	switch f.typ {
	case moneyType:
		return convertDecimal(v, dst, core.ParseMoney, f)
	case gradeType:
		return convertDecimal(v, dst, core.ParseGrade, f)
	case percentType:
		return convertDecimal(v, dst, core.ParsePercent, f)
	case dateType:
		return convertParsed(v, dst, parseDate, msgNotDate)
	case timeType:
		return convertParsed(v, dst, parseTime, msgNotTime)
	case jsonType:
		return convertJSON(v, dst)
	case uploadType:
		return convertUpload(v, dst)
	case largeType:
		return convertLargeUpload(v, dst)
	}
	switch f.typ.Kind() {
	case reflect.Bool:
		return convertBool(v, dst)
	case reflect.Int, reflect.Int32, reflect.Int64:
		return f.convertInt(v, dst)
	case reflect.String:
		return f.convertText(v, dst)
	}
	panic(fmt.Sprintf("web: field %s: no reader for %s", f.name, f.typ)) // isReadable has seen to it
}

// convertDecimal reads Money, Grade and Percent.
func convertDecimal[T interface {
	~int64
	AppendText(b []byte) ([]byte, error)
}](v value, dst reflect.Value, parse func(string) (T, error), f *field) []string {
	if v.kind == listKind || v.kind == dictKind || v.kind == boolKind {
		return []string{"A valid number is required."}
	}
	amount, err := parse(trim(v.text))
	if err != nil {
		return []string{err.Error()}
	}
	negative := amount < 0
	if money, ok := any(amount).(core.Money); ok {
		negative = money.IsNegative()
	}
	if f.rules.least != nil && negative {
		return []string{f.rules.tooSmall()}
	}
	dst.SetInt(int64(amount))
	return nil
}

func isDecimal(t reflect.Type) bool { return t == moneyType || t == gradeType || t == percentType }

var booleans = map[string]bool{
	"true": true, "True": true, "TRUE": true, "t": true, "T": true, "yes": true, "Yes": true, "YES": true,
	"y": true, "Y": true, "on": true, "On": true, "ON": true, "1": true,
	"false": false, "False": false, "FALSE": false, "f": false, "F": false, "no": false, "No": false, "NO": false,
	"n": false, "N": false, "off": false, "Off": false, "OFF": false, "0": false,
}

// booleanFloats are those that Python holds to be equal to 1 and 0.
var booleanFloats = map[string]bool{"1.0": true, "0.0": false, "-0.0": false}

func convertBool(v value, dst reflect.Value) []string {
	b, ok := booleans[v.text]
	if v.kind == floatKind {
		b, ok = booleanFloats[v.text]
	}
	if !ok || v.kind == listKind || v.kind == dictKind {
		return []string{msgNotBoolean}
	}
	dst.SetBool(b)
	return nil
}
