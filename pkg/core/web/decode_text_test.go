package web_test

import (
	"strings"
	"testing"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestText_isTrimmedAndTakesNumbers(t *testing.T) {
	for body, want := range map[string]string{
		`"  a b\t"`: "a b", `"\u001fa\u3000"`: "a", `12345`: "12345", `-0`: "0", `1.50`: "1.5", `1e3`: "1000.0",
		`1e16`: "1e+16", `0.00001`: "1e-05", `-0.0`: "-0.0", `1e999`: "inf", `-1e999`: "-inf", `"\ud83d\ude00"`: "😀", `"\\ud800"`: `\ud800`,
	} {
		wantFields(t, `{"text":`+body+`}`, fields{Text: core.Some(want)})
	}
	wantFields(t, `{"secret":" padded "}`, fields{Secret: core.Some(" padded ")})
	wantFields(t, `{"note":"  "}`, fields{Note: core.Some("")})
	wantFields(t, `{"note":null}`, fields{Note: core.Optional[string]{Sent: true, Null: true}})
}

func TestText_refused(t *testing.T) {
	for body, msg := range map[string]string{
		`null`: "This field may not be null.", `""`: "This field may not be blank.", `" \n"`: "This field may not be blank.",
		`true`: "Not a valid string.", `["x"]`: "Not a valid string.", `{"a":1}`: "Not a valid string.",
		`"a\u0000b"`:      "Null characters are not allowed.",
		`"a\ud800b"`:      "Surrogate characters are not allowed: U+D800.",
		`"\ude00"`:        "Surrogate characters are not allowed: U+DE00.",
		`"\ud83d\\ude00"`: "Surrogate characters are not allowed: U+D83D.",
	} {
		wantRefused(t, `{"text":`+body+`}`, `{"text":["`+msg+`"]}`)
	}
	wantRefused(t, `{"secret":""}`, `{"secret":["This field may not be blank."]}`)
}

func TestText_lengthCountsCharacters(t *testing.T) {
	wantFields(t, `{"short":"äöüß😀"}`, fields{Short: core.Some("äöüß😀")})
	wantRefused(t, `{"short":"123456"}`, `{"short":["Ensure this field has no more than 5 characters."]}`)
	wantRefused(t, `{"short":"ä"}`, `{"short":["Ensure this field has at least 2 characters."]}`)
	wantRefused(t, `{"short":"12345\u0000\ud800"}`, `{"short":["Ensure this field has no more than 5 characters.",
		"Null characters are not allowed.", "Surrogate characters are not allowed: U+D800."]}`)
}

func TestEmail_forms(t *testing.T) {
	for _, email := range []string{
		"a@b.co", "first.last+tag@shop.example.com", "x@localhost", `\"qx\"@b.co`, "a@[127.0.0.1]", "a@[::1]", "a@bücher.example",
	} {
		wantFields(t, `{"email":"`+email+`"}`, fields{Email: core.Some(strings.ReplaceAll(email, `\`, ""))})
	}
	for _, email := range []string{
		"nope", "@b.co", "a@", "a@b", "a@b.c", "a b@c.de", "a@-b.co", "a@b-.co", "a..b@c.de", "a@b.co.", "a@[::1", "a@[fe80::1%25eth0]",
		"a@b@c.de", "a@" + strings.Repeat("x", 64) + ".de", strings.Repeat("a", 320) + "@b.co",
	} {
		wantRefused(t, `{"email":"`+email+`"}`, `{"email":["Enter a valid email address."]}`)
	}
}

func TestURL_forms(t *testing.T) {
	for _, link := range []string{
		"https://img.example/b.jpg", "http://u:p@a.example:80/?q#f", "ftp://localhost", "HTTPS://Img.Example", "http://1.2.3.4/",
		"http://[::1]:8000/a", "https://bücher.example/%zz", "http://a.xn--p1ai./",
	} {
		wantFields(t, `{"link":"`+link+`"}`, fields{Link: core.Some(link)})
	}
	for _, link := range []string{
		"nope", "example.com", "javascript:alert(1)", "file:///etc/passwd", "http://", "http://host", "http://a.b/ c", "http://a_b.example",
		"http://1.2.3.256", "http://[::1", "http://[fe80::1%25eth0]/", "http://a.example:999999", "http://-a.example", "//a.example",
	} {
		wantRefused(t, `{"link":"`+link+`"}`, `{"link":["Enter a valid URL."]}`)
	}
	wantRefused(t, `{"link":"`+strings.Repeat("x", 31)+`"}`,
		`{"link":["Ensure this field has no more than 30 characters.", "Enter a valid URL."]}`)
	wantRefused(t, `{"image":"http://img.example/x.jpg"}`, `{"image":["Image URLs must use HTTPS."]}`)
	wantRefused(t, `{"image":"nope"}`, `{"image":["Enter a valid URL."]}`)
}

func TestChoice_valuesOnly(t *testing.T) {
	wantFields(t, `{"color":"red"}`, fields{Color: core.Some[color]("red")})
	wantFields(t, `{"no_color":""}`, fields{NoColor: core.Some[color]("")})
	for body, shown := range map[string]string{`"Red"`: "Red", `""`: "", `5`: "5", `true`: "True", `" red"`: " red", `"\ud800red"`: "\ufffdred"} {
		wantRefused(t, `{"color":`+body+`}`, `{"color":["\"`+shown+`\" is not a valid choice."]}`)
	}
	wantRefused(t, `{"color":null}`, `{"color":["This field may not be null."]}`)
}
