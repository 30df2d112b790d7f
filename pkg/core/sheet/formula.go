package sheet

import "strings"

// formulaSigns are the characters by which a spreadsheet takes a cell of CSV for a formula, or strips it to get at one:
// those that OWASP lists under "CSV Injection", full-width forms included.
const formulaSigns = "=+-@\t\r\n＝＋－＠"

// escapeFormula puts an apostrophe in front of a text that begins with such a sign, also behind apostrophes: then every
// apostrophe in front of a sign but the first one is the text's own, and unescapeFormula undoes it exactly.
func escapeFormula(text string) string {
	if startsFormula(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// unescapeFormula takes off what escapeFormula put there. 'tis stays what it is.
func unescapeFormula(text string) string {
	if strings.HasPrefix(text, "'") && startsFormula(strings.TrimLeft(text, "'")) {
		return text[1:]
	}
	return text
}

func startsFormula(text string) bool {
	for _, r := range text {
		return strings.ContainsRune(formulaSigns, r)
	}
	return false
}
