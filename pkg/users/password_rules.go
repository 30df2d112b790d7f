package users

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// minPasswordLength is in characters, not in bytes.
const minPasswordLength = 8

// A passwordOwner is what others know of an account, and its password must therefore not resemble.
type passwordOwner struct {
	Username, FirstName, LastName, Email string
}

// passwordProblems returns what is wrong with a new password, in the words and the order of Django's four validators
// (django.contrib.auth.password_validation); nothing if it is good. Of the similarities it names the first alone.
func passwordProblems(password string, about passwordOwner) []string {
	var problems []string
	if attribute := similarAttribute(password, about); attribute != "" {
		problems = append(problems, "The password is too similar to the "+attribute+".")
	}
	if utf8.RuneCountInString(password) < minPasswordLength {
		problems = append(problems, "This password is too short. It must contain at least 8 characters.")
	}
	if isCommonPassword(password) {
		problems = append(problems, "This password is too common.")
	}
	if isNumeric(password) {
		problems = append(problems, "This password is entirely numeric.")
	}
	return problems
}

// isNumeric reports whether all characters are digits, of any script.
func isNumeric(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}
