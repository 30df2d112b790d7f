package core_test

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"github.com/uptrace/bun/schema"
	"pgregory.net/rapid"

	"github.com/omni-stock/omnistock/pkg/core"
)

const (
	notANumber   = "A valid number is required."
	manyDigits   = "Ensure that there are no more than 10 digits in total."
	manyPlaces   = "Ensure that there are no more than 2 decimal places."
	manyWhole    = "Ensure that there are no more than 8 digits before the decimal point."
	tooLongText  = "String value too large."
	biggestMoney = core.Money(99_999_999_99)
)

// The expected values are those of Django REST framework's DecimalField(max_digits=10, decimal_places=2).
func TestParseMoney_numbers(t *testing.T) {
	for text, want := range map[string]core.Money{
		"0": 0, "0.00": 0, "000.0": 0, "7.5": 750, " 7.5 ": 750, "+7.50": 750, "-7.05": -705, ".5": 50, "5.": 500,
		"1e1": 1000, "1E+1": 1000, "100e-2": 100, "1.5e1": 1500, "0e7": 0, "00000000000012.30": 1230,
		"99999999.99": biggestMoney, "-99999999.99": -biggestMoney, "0.01": 1, "9e7": 90_000_000_00,
		"-0": core.NegativeZero, " -0.00": core.NegativeZero,
	} {
		if got, err := core.ParseMoney(text); got != want || err != nil {
			t.Errorf("ParseMoney(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestParseMoney_whatIsNoAmount(t *testing.T) {
	for text, want := range map[string]string{
		"": notANumber, " ": notANumber, "abc": notANumber, "1,5": notANumber, "1 5": notANumber, "--1": notANumber,
		"+-1": notANumber, ".": notANumber, "e1": notANumber, "1e": notANumber, "1e1.5": notANumber, "0x10": notANumber,
		"NaN": notANumber, "Infinity": notANumber, "-inf": notANumber, "1.2.3": notANumber, "1\x002": notANumber,
		"1e99999999999999999999": notANumber, "1e-9223372036854775808": notANumber,
		"1.234": manyPlaces, "0.001": manyPlaces, "1.000": manyPlaces, "0.000": manyPlaces, "1e-3": manyPlaces,
		"123456789": manyWhole, "123456789.0": manyWhole, "1e8": manyWhole, "0e8": manyWhole,
		"123456789.00": manyDigits, "12345678901": manyDigits, "1e10": manyDigits, "0.00000000001": manyDigits,
		"1e5000": manyDigits, "1e-5000": manyDigits, "1e999999999999999999": manyDigits,
		strings.Repeat("9", 1001): tooLongText, strings.Repeat("x", 1001): tooLongText,
		strings.Repeat(" ", 2000): notANumber,
	} {
		if got, err := core.ParseMoney(text); err == nil || err.Error() != want {
			t.Errorf("ParseMoney(%.30q) = %v, %v, want the error %q", text, got, err, want)
		}
	}
}

func TestParseGrade_hasOnePlace(t *testing.T) {
	if got, err := core.ParseGrade("9.5"); got != 95 || err != nil {
		t.Errorf("ParseGrade(9.5) = %v, %v, want 9.5", got, err)
	}
	const want = "Ensure that there are no more than 3 digits in total."
	if _, err := core.ParseGrade("123.45"); err == nil || err.Error() != want {
		t.Errorf("ParseGrade(123.45): error = %v, want %q", err, want)
	}
}

func TestParsePercent_hasTwoPlaces(t *testing.T) {
	if got, err := core.ParsePercent("8.6"); got.String() != "8.60" || err != nil {
		t.Errorf("ParsePercent(8.6) = %v, %v, want 8.60", got, err)
	}
	const want = "Ensure that there are no more than 3 digits before the decimal point."
	if _, err := core.ParsePercent("1000"); err == nil || err.Error() != want {
		t.Errorf("ParsePercent(1000): error = %v, want %q", err, want)
	}
}

func TestMoney_readsWhatItWrote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := core.Money(rapid.Int64Range(-int64(biggestMoney), int64(biggestMoney)).Draw(t, "money"))
		if got, err := core.ParseMoney(m.String()); got != m || err != nil {
			t.Fatalf("ParseMoney(%s) = %v, %v, want %d", m, got, err, int64(m))
		}
	})
}

func TestMoney_hasTwoPlacesWhateverItsSize(t *testing.T) {
	form := regexp.MustCompile(`^-?(0|[1-9][0-9]*)\.[0-9]{2}$`)
	rapid.Check(t, func(t *rapid.T) {
		m := core.Money(rapid.Int64().Draw(t, "money"))
		if !form.MatchString(m.String()) {
			t.Fatalf("%d is shown as %s", int64(m), m)
		}
	})
}

func TestMoney_text(t *testing.T) {
	for m, want := range map[core.Money]string{
		0: "0.00", 5: "0.05", -5: "-0.05", -100: "-1.00", 1230: "12.30", core.NegativeZero: "-0.00",
		math.MaxInt64: "92233720368547758.07", math.MinInt64 + 1: "-92233720368547758.07",
	} {
		if got := m.String(); got != want {
			t.Errorf("%d is shown as %s, want %s", int64(m), got, want)
		}
	}
}

func TestMoney_negativeZeroIsStoredAsZero(t *testing.T) {
	if got := core.NegativeZero.Stored(); got != 0 {
		t.Errorf("stored = %v, want 0.00", got)
	}
	if core.NegativeZero.IsNegative() {
		t.Error("minus zero is negative")
	}
	if !core.Money(-1).IsNegative() {
		t.Error("-0.01 is not negative")
	}
}

func TestDecimal_inSQL(t *testing.T) {
	type appender interface {
		AppendQuery(gen schema.QueryGen, b []byte) ([]byte, error)
	}
	for _, tt := range []struct {
		value            appender
		postgres, sqlite string
	}{
		{core.Money(-1230), "'-12.30'", " -1230"},
		{core.NegativeZero, "'0.00'", " 0"},
		{core.Grade(95), "'9.5'", " 95"},
		{core.Percent(860), "'8.60'", " 860"},
	} {
		postgres, _ := tt.value.AppendQuery(schema.NewQueryGen(pgdialect.New()), nil)
		sqlite, _ := tt.value.AppendQuery(schema.NewQueryGen(sqlitedialect.New()), nil)
		if diff := cmp.Diff([]string{tt.postgres, tt.sqlite}, []string{string(postgres), string(sqlite)}); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.value, diff)
		}
	}
}

func TestDecimal_fromColumns(t *testing.T) {
	for _, src := range []any{int64(1230), "12.30", []byte("12.3")} {
		var m core.Money
		if err := m.Scan(src); m != 1230 || err != nil {
			t.Errorf("scan %v = %v, %v, want 12.30", src, m, err)
		}
	}
	for _, src := range []any{12.3, nil, "NaN", "1.234"} {
		var m core.Money
		if err := m.Scan(src); err == nil {
			t.Errorf("scan %v = %v, want an error", src, m)
		}
	}
	var g core.Grade
	var p core.Percent
	if err := g.Scan("9.5"); g != 95 || err != nil {
		t.Errorf("scan grade = %v, %v, want 9.5", g, err)
	}
	if err := p.Scan(int64(860)); p.String() != "8.60" || err != nil {
		t.Errorf("scan percent = %v, %v, want 8.60", p, err)
	}
}
