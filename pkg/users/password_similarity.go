package users

import (
	"slices"
	"strings"
	"unicode"
)

// maxSimilarity is the ratio from which on Django refuses a password.
const maxSimilarity = 0.7

// similarAttribute returns what of its owner the password resembles, in words, or "".
func similarAttribute(password string, about passwordOwner) string {
	attributes := []struct{ name, value string }{
		{"username", about.Username},
		{"first name", about.FirstName},
		{"last name", about.LastName},
		{"email address", about.Email},
	}
	lower := []rune(strings.ToLower(password))
	for _, a := range attributes {
		if resemblesPart(lower, strings.ToLower(a.value)) {
			return a.name
		}
	}
	return ""
}

// resemblesPart reports whether the password is too similar to the value or to one of its words. (Django's split
// makes empty words too; only an empty password could resemble those.)
func resemblesPart(password []rune, value string) bool {
	words := strings.FieldsFunc(value, func(r rune) bool { return !isWordRune(r) })
	return slices.ContainsFunc(append(words, value), func(part string) bool {
		p := []rune(part)
		return len(p) > 0 && !isMuchLonger(password, p) && similarity(password, p) >= maxSimilarity
	})
}

// isWordRune reports whether r belongs to a word as Python's \w has it.
func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// isMuchLonger reports whether the password is so much longer than the part that Django does not compare the two
// (exceeds_maximum_length_ratio).
func isMuchLonger(password, part []rune) bool {
	bound := maxSimilarity / 2 * float64(len(password))
	return len(password) >= 10*len(part) && float64(len(part)) < bound
}

// similarity is the share of characters that a and b have in common, wherever they stand, from 0 to 1: quick_ratio of
// Python's difflib.SequenceMatcher. One of the two must not be empty.
func similarity(a, b []rune) float64 {
	left := make(map[rune]int, len(b)) // how often each character of b is still to be matched
	for _, r := range b {
		left[r]++
	}
	matches := 0
	for _, r := range a {
		if left[r] > 0 {
			left[r]--
			matches++
		}
	}
	return 2 * float64(matches) / float64(len(a)+len(b))
}
