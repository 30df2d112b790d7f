package config

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// parsers read the plain types of Settings; types of our own have UnmarshalText.
var parsers = map[reflect.Type]env.ParserFunc{
	reflect.TypeFor[bool]():             func(v string) (any, error) { return parseBool(v) },
	reflect.TypeFor[int]():              func(v string) (any, error) { return parseInt(v) },
	reflect.TypeFor[time.Duration]():    func(v string) (any, error) { return parseDuration(v) },
	reflect.TypeFor[[]string]():         func(v string) (any, error) { return splitList(v), nil },
	reflect.TypeFor[[]*regexp.Regexp](): func(v string) (any, error) { return parseRegexes(v) },
}

// parseBool understands what Django deployments write, in any case of letters.
func parseBool(v string) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "1", "t", "true", "y", "yes", "on":
		return true, nil
	case "0", "f", "false", "n", "no", "off":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false; expected True, 1, yes, on or False, 0, no, off", v)
}

func parseInt(v string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number; expected digits only", v)
	}
	return n, nil
}

// parseDuration understands Go's durations and, as Django does, a bare number of seconds.
func parseDuration(v string) (time.Duration, error) {
	v = strings.TrimSpace(v)
	if _, err := strconv.Atoi(v); err == nil {
		v += "s"
	}
	d, err := time.ParseDuration(v)
	if err != nil {
		return 0, fmt.Errorf("%q is not a duration; expected seconds or a value such as 90s or 2m", v)
	}
	return d, nil
}

// splitList returns the entries between commas, trimmed, without empty ones.
func splitList(v string) []string {
	var list []string
	for entry := range strings.SplitSeq(v, ",") {
		if entry = strings.TrimSpace(entry); entry != "" {
			list = append(list, entry)
		}
	}
	return list
}

func parseRegexes(v string) ([]*regexp.Regexp, error) {
	var list []*regexp.Regexp
	for _, entry := range splitList(v) {
		re, err := regexp.Compile(entry)
		if err != nil {
			return nil, fmt.Errorf("%q is not a regular expression: %w", entry, err)
		}
		list = append(list, re)
	}
	return list, nil
}
