package core

// Choice is one allowed value of a field and the label that people read.
type Choice struct{ Value, Label string }

// Chooser is a text type with a closed set of values.
type Chooser interface{ Choices() []Choice }

// IsChoice reports whether value is one of c's.
func IsChoice(c Chooser, value string) bool {
	for _, choice := range c.Choices() {
		if choice.Value == value {
			return true
		}
	}
	return false
}
