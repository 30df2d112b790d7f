package web_test

import (
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestBool_wordsOfPython(t *testing.T) {
	for body, want := range map[string]bool{
		`true`: true, `"true"`: true, `"yes"`: true, `"on"`: true, `"T"`: true, `1`: true, `"1"`: true, `1.0`: true,
		`false`: false, `"False"`: false, `"no"`: false, `"OFF"`: false, `0`: false, `0.0`: false, `-0.0`: false,
	} {
		wantFields(t, `{"flag":`+body+`}`, fields{Flag: core.Some(want)})
	}
	for _, body := range []string{`"maybe"`, `2`, `"1.0"`, `1.5`, `""`, `" true"`, `[]`, `{}`, `["true"]`} {
		wantRefused(t, `{"flag":`+body+`}`, `{"flag":["Must be a valid boolean."]}`)
	}
	for _, body := range []string{`null`, `""`, `"null"`, `"NULL"`} {
		wantFields(t, `{"null_flag":`+body+`}`, fields{NullFlag: core.Optional[bool]{Sent: true, Null: true}})
	}
}

func TestInteger_textsAndWholeFloats(t *testing.T) {
	for body, want := range map[string]int32{
		`5`: 5, `"5"`: 5, `" 5.0 "`: 5, `5.0`: 5, `"+5."`: 5, `1e3`: 1000, `-0`: 0, `2147483647`: 2147483647, `"007"`: 7,
	} {
		wantFields(t, `{"count":`+body+`}`, fields{Count: core.Some(want)})
	}
}

func TestInteger_refused(t *testing.T) {
	for body, msg := range map[string]string{
		`"abc"`: "A valid integer is required.", `1.5`: "A valid integer is required.", `true`: "A valid integer is required.",
		`""`: "A valid integer is required.", `[1]`: "A valid integer is required.", `1e30`: "A valid integer is required.",
		`null`: "This field may not be null.", `-1`: "Too few.",
		`2147483648`:                          "Ensure this value is less than or equal to 2147483647.",
		`-2147483649`:                         "Ensure this value is greater than or equal to -2147483648.",
		`1` + strings.Repeat("0", 5000):       "Ensure this value is less than or equal to 2147483647.",
		`"` + strings.Repeat("1", 1001) + `"`: "String value too large.",

		`-99999999999999999999999999999999999999999999999.0`: "A valid integer is required.",
	} {
		wantRefused(t, `{"count":`+body+`}`, `{"count":["`+msg+`"]}`)
	}
	wantRefused(t, `{"size":0}`, `{"size":["Ensure this value is greater than or equal to 1."]}`)
	wantRefused(t, `{"size":11}`, `{"size":["Ensure this value is less than or equal to 10."]}`)
}

func TestKey_numberOfAnotherObject(t *testing.T) {
	for body, want := range map[string]int64{`7`: 7, `"7"`: 7, `0`: 0, `99999999999999999999`: 9223372036854775807} {
		wantFields(t, `{"store":`+body+`}`, fields{Store: core.Some(want)})
	}
	for body, kind := range map[string]string{`"abc"`: "str", `{"id":1}`: "dict", `[1]`: "list", `true`: "bool", `1.5`: "float"} {
		wantRefused(t, `{"store":`+body+`}`, `{"store":["Incorrect type. Expected pk value, received `+kind+`."]}`)
	}
	for _, body := range []string{`null`, `""`} {
		wantRefused(t, `{"store":`+body+`}`, `{"store":["This field may not be null."]}`)
	}
}

func TestDecimal_numbersAndTexts(t *testing.T) {
	for body, want := range map[string]core.Money{
		`12.3`: 1230, `"12.30"`: 1230, `" 7.5 "`: 750, `5`: 500, `1e1`: 1000, `"1e3"`: 100000, `-0`: 0, `"-0"`: core.NegativeZero,
		`1.10`: 110, `0.1`: 10, `1e-2`: 1,
	} {
		wantFields(t, `{"price":`+body+`}`, fields{Price: core.Some(want)})
	}
	for _, body := range []string{`null`, `""`, `" "`} {
		wantFields(t, `{"grade":`+body+`}`, fields{Grade: core.Optional[core.Grade]{Sent: true, Null: true}})
	}
	wantFields(t, `{"grade":"9.5","rate":8.6}`, fields{Grade: core.Some[core.Grade](95), Rate: core.Some[core.Percent](860)})
}

func TestDecimal_refused(t *testing.T) {
	for body, msg := range map[string]string{
		`"abc"`: "A valid number is required.", `"NaN"`: "A valid number is required.", `true`: "A valid number is required.",
		`[1]`: "A valid number is required.", `""`: "A valid number is required.", `1e400`: "A valid number is required.",
		`null`: "This field may not be null.", `-0.01`: "Price cannot be negative.", `1.234`: "Ensure that there are no more than 2 decimal places.",
		`"123456789.00"`: "Ensure that there are no more than 10 digits in total.", `1e9`: "Ensure that there are no more than 10 digits in total.",
		`123456789`:                           "Ensure that there are no more than 8 digits before the decimal point.",
		`"` + strings.Repeat("1", 1001) + `"`: "String value too large.",
	} {
		wantRefused(t, `{"price":`+body+`}`, `{"price":["`+msg+`"]}`)
	}
	wantRefused(t, `{"rate":-1}`, `{"rate":["Ensure this value is greater than or equal to 0."]}`)
}
