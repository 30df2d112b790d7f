package console

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"
)

// Say is where a command reports what it did: nowhere with -v 0. What it was asked for, such as a list, is no report
// and goes to its output whatever -v is.
func Say(cmd *cobra.Command) io.Writer {
	if verbosity := cmd.Flag("verbosity"); verbosity != nil && verbosity.Value.String() == "0" {
		return io.Discard
	}
	return cmd.OutOrStdout()
}

// WriteJSON writes a value for programs to read.
func WriteJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// A JSONList writes an array whose elements come one by one, each on a line of its own.
type JSONList struct {
	w     io.Writer
	begun bool
}

// NewJSONList returns a list that goes to w.
func NewJSONList(w io.Writer) *JSONList { return &JSONList{w: w} }

// Add writes the next element.
func (l *JSONList) Add(value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	before := ",\n  "
	if !l.begun {
		before = "[\n  "
	}
	l.begun = true
	_, err = l.w.Write(append([]byte(before), text...))
	return err
}

// End closes the array.
func (l *JSONList) End() error {
	end := "\n]\n"
	if !l.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(l.w, end)
	return err
}
