package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// styleSheet is what matters of xl/styles.xml.
type styleSheet struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// dateStyles returns which styles of cells show a number as a date or time.
func (w *workbook) dateStyles(name string) ([]bool, error) {
	var styles styleSheet
	if err := w.decode(name, &styles); err != nil {
		return nil, err
	}
	codes := map[int]string{}
	for _, format := range styles.Formats {
		codes[format.ID] = format.Code
	}
	isDate := make([]bool, len(styles.Cells))
	for i, cell := range styles.Cells {
		code, isOwn := codes[cell.Format]
		isDate[i] = isOwn && showsDate(code) || !isOwn && isBuiltInDate(cell.Format)
	}
	return isDate, nil
}

// isBuiltInDate knows the formats that stand in no file (ECMA-376, part 1, 18.8.30): 14 to 22 and 45 to 47, and those of
// East Asian languages.
func isBuiltInDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// verbatim are the parts of a format code that are shown as they are, or that say color, language or condition.
var verbatim = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^hmsHMS\]][^\]]*\]`)

func showsDate(code string) bool {
	code, _, _ = strings.Cut(verbatim.ReplaceAllString(code, ""), ";")
	return !strings.EqualFold(code, "General") && strings.ContainsAny(code, "ymdhsYMDHS")
}

// Day 60 of Excel's calendar is 29 February 1900, which never was: from the day after, day 0 is 30 December 1899. In the
// other calendar that a workbook may have, day 0 is 1 January 1904.
const (
	lastDay   = 2958465 // 31 December 9999
	falseLeap = 60
	days1904  = 1462
)

// dateText is a serial number of days as ISO 8601: with the time unless it is midnight.
func dateText(serial float64, date1904 bool) (string, bool) {
	if date1904 {
		serial += days1904
	}
	if serial < 0 || serial >= lastDay+1 {
		return "", false
	}
	day, fraction := math.Modf(serial)
	if day < falseLeap {
		day++
	}
	seconds := math.Round(fraction * 24 * 60 * 60)
	t := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Add(time.Duration(seconds) * time.Second)
	if seconds == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format("2006-01-02T15:04:05"), true
}

// maxDigits is how many digits of a number Excel keeps.
const maxDigits = 15

// numberText is a number as Excel shows it without a format: with 15 digits at most, without exponent. Files hold
// 12.300000000000001 for 12.3.
func numberText(text string) string {
	isPlain := !strings.ContainsAny(text, "eE") && (len(text) <= maxDigits || !strings.Contains(text, "."))
	f, err := strconv.ParseFloat(text, 64)
	if isPlain || err != nil || math.IsInf(f, 0) {
		return text
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', maxDigits, 64), 64) // it has just been written
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
