package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/omni-stock/omnistock/pkg/core"
)

// fields reads a Record. A field that is not there is absent, an empty one null.
type fields struct {
	record Record
	asked  []string
	wrong  func(field, reason string)
}

func (f *fields) get(name string) (text string, there bool) {
	f.asked = append(f.asked, name)
	text, there = f.record.Fields[name]
	return text, there
}

// read makes a field of its text.
func read[T any](f *fields, name string, parse func(text string) (T, error)) (o core.Optional[T]) {
	text, there := f.get(name)
	if !there || text == "" {
		return core.Optional[T]{Sent: there, Null: there}
	}
	value, err := parse(text)
	if err != nil {
		f.wrong(name, err.Error())
		return o
	}
	return core.Some(value)
}

// text reads a text of at most so many characters.
func (f *fields) text(name string, most int) core.Optional[string] {
	return read(f, name, func(text string) (string, error) {
		switch {
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			return "", fmt.Errorf("%q is no text", text)
		case utf8.RuneCountInString(text) > most:
			return "", fmt.Errorf("it has more than %d characters", most)
		}
		return text, nil
	})
}

// required is text that may be absent, but not empty.
func (f *fields) required(name string, most int) core.Optional[string] {
	o := f.text(name, most)
	if o.Null {
		f.wrong(name, "it is empty")
	}
	return o
}

// word is required text that is a word.
func (f *fields) word(name string, most int) core.Optional[string] {
	o := f.required(name, most)
	if o.Value != "" && !word.MatchString(o.Value) {
		f.wrong(name, errWord)
	}
	return o
}

// list is text that may be empty.
func (f *fields) list(name string) core.Optional[string] {
	o := f.text(name, maxList)
	return core.Optional[string]{Sent: o.Sent, Value: o.Value}
}

// number reads a whole number.
func (f *fields) number(name string, least, most int64) core.Optional[int32] {
	return read(f, name, func(text string) (int32, error) {
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < least || n > most {
			return 0, fmt.Errorf("%q is no whole number from %d to %d", text, least, most)
		}
		return int32(n), nil
	})
}

func (f *fields) date(name string) core.Optional[core.Date] {
	return read(f, name, func(text string) (core.Date, error) {
		d, err := core.ParseDate(text)
		if err != nil {
			err = fmt.Errorf("%q is no day, such as 1999-01-09", text)
		}
		return d, err
	})
}

func (f *fields) grade(name string) core.Optional[core.Grade] {
	return read(f, name, func(text string) (core.Grade, error) {
		g, err := core.ParseGrade(text)
		if err != nil {
			err = fmt.Errorf("%q is no grade, such as 9.5", text)
		}
		return g, err
	})
}

func (f *fields) truth(name string) core.Optional[bool] {
	return read(f, name, func(text string) (bool, error) {
		if text != "true" && text != "false" {
			return false, fmt.Errorf("%q is neither true nor false", text)
		}
		return text == "true", nil
	})
}

// reference reads the slug of a row of everybody's.
func (f *fields) reference(name string, ids map[string]int64) core.Optional[int64] {
	return read(f, name, func(slug string) (int64, error) {
		id, known := ids[slug]
		if !known {
			return 0, fmt.Errorf("there is no %s %q", name, slug)
		}
		return id, nil
	})
}

// unknown are the fields that nobody asked for, in alphabetical order.
func (f *fields) unknown() (names []string) {
	for name := range f.record.Fields {
		if !slices.Contains(f.asked, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
