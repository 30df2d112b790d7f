package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/omni-stock/omnistock/pkg/core"
)

func TestDate_forms(t *testing.T) {
	day := core.NewDate(time.Date(2024, 2, 9, 0, 0, 0, 0, time.UTC))
	wantFields(t, `{"day":"2024-02-09"}`, fields{Day: core.Some(day)})
	wantFields(t, `{"day":"2024-2-9"}`, fields{Day: core.Some(day)})
	for _, body := range []string{`""`, `"x"`, `"01/02/1990"`, `"2023-02-29"`, `"0000-01-01"`, `20240209`, `true`, `{}`, `"2024-02-09T00:00:00Z"`} {
		wantRefused(t, `{"day":`+body+`}`, `{"day":["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`)
	}
}

func TestTime_forms(t *testing.T) {
	at := core.Some(time.Date(2024, 2, 9, 10, 20, 0, 0, time.UTC))
	for _, text := range []string{
		"2024-02-09T10:20:00Z", "2024-02-09 10:20", "2024-02-09T10:20:00.0000009Z", "2024-02-09T12:20:00+02:00", "2024-02-09 12:20+0200",
		"2024-02-09T12:20 +02", "2024-2-9 10:20:0",
	} {
		wantFields(t, `{"at":"`+text+`"}`, fields{At: at})
	}
	wantFields(t, `{"at":"2024-02-09"}`, fields{At: core.Some(time.Date(2024, 2, 9, 0, 0, 0, 0, time.UTC))})
	for _, body := range []string{`""`, `"soon"`, `"2024-02-30T10:20:00Z"`, `"0001-01-01T00:00:00+01:00"`, `"2024-02-09T25:00:00Z"`, `5`} {
		wantRefused(t, `{"at":`+body+`}`, `{"at":["Datetime has wrong format. Use one of these formats instead: `+
			`YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."]}`)
	}
}

func TestJSON_keptCompact(t *testing.T) {
	wantFields(t, `{"data": { "a" : [1, 2.50] } }`, fields{Data: core.Some(core.JSON(`{"a":[1,2.50]}`))})
	wantFields(t, `{"data": "text"}`, fields{Data: core.Some(core.JSON(`"text"`))})
	wantRefused(t, `{"data":null}`, `{"data":["This field may not be null."]}`)
	deep := strings.Repeat("[", 101) + strings.Repeat("]", 101)
	for _, body := range []string{
		`"a\u0000b"`, `{"\u0000":1}`, `["\ud800"]`, `["\ud800","\udc00"]`, `1e400`, `1e-99999`, `0e99999`, `0.` + strings.Repeat("0", 400) + `1`, deep,
	} {
		wantRefused(t, `{"data":`+body+`}`, `{"data":["Value must be valid JSON."]}`)
	}
}
