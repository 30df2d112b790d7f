package core

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure an Error is. The zero kind is Internal, so that an error nobody classified is
// never shown to a client.
type Kind uint8

// The kinds of failure. Only package web knows which HTTP status each one becomes.
const (
	Internal           Kind = iota // a fault of ours or of the machine; its text stays on the server
	Invalid                        // the input is wrong
	Unauthenticated                // nobody, or nobody we know
	Forbidden                      // known, but not allowed
	NotFound                       // absent, or not to be seen by this actor
	MethodNotAllowed               // the resource has no such operation
	NotAcceptable                  // no representation that the client accepts
	Conflict                       // the state of the data stands in the way
	PreconditionFailed             // somebody was faster
	Unprocessable                  // a key that stands for another request
	TooLarge                       // the input is longer than we read
	UnsupportedMedia               // the input is in a format that we do not read
	TooManyRequests                // slow down
	ServiceUnavailable             // not now: starting, stopping or without its database
)

// Fields says what is wrong with an input: for each field its messages ([]string), or, for a nested object, its own
// Fields, or, for a list of objects, one Fields for each element ([]Fields, empty where the element is good).
type Fields map[string]any

// NonField is the key for messages that concern the input as a whole.
const NonField = "non_field_errors"

// Add appends a message to those of a field.
func (f Fields) Add(field, msg string) {
	msgs, _ := f[field].([]string)
	f[field] = append(msgs, msg)
}

// Error is a failure that carries its kind. Msg and Fields may be shown to the client unless the kind is Internal;
// Err is for the log alone.
type Error struct {
	Kind   Kind
	Msg    string
	Code   string         // a machine-readable name of the failure, where the contract has one
	Fields Fields         // what is wrong with which field
	More   map[string]any // further members of the answer, where the contract has some
	Err    error
}

// Errorf returns an error of the kind with a formatted message. A final ": %w" is kept for errors.Is and the log; its
// text is not part of the message, which a client may see.
func Errorf(kind Kind, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	e := &Error{Kind: kind, Msg: err.Error(), Err: errors.Unwrap(err)}
	if e.Err != nil {
		e.Msg, _, _ = strings.Cut(e.Msg, e.Err.Error())
		e.Msg = strings.TrimSuffix(e.Msg, ": ")
	}
	return e
}

// InvalidFields returns an Invalid error for the fields, or nil if none is named.
func InvalidFields(f Fields) error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Msg: "invalid input", Fields: f}
}

// InvalidField returns an Invalid error with one message for one field.
func InvalidField(field, msg string) error {
	return InvalidFields(Fields{field: []string{msg}})
}

// UnknownID returns an Invalid error for a field that names an object which is not there, or which the actor may not
// know of.
func UnknownID(field string, id int64) error {
	return InvalidField(field, UnknownIDMessage(id))
}

// UnknownIDMessage is what UnknownID says.
func UnknownIDMessage(id int64) string {
	return fmt.Sprintf("Invalid pk \"%d\" - object does not exist.", id)
}

// Error gives the message, what is wrong with which field, and the cause. It is for the log.
func (e *Error) Error() string {
	var parts []string
	if e.Msg != "" {
		parts = append(parts, e.Msg)
	}
	if len(e.Fields) > 0 {
		parts = append(parts, fmt.Sprint(map[string]any(e.Fields)))
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, Internal where there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}
