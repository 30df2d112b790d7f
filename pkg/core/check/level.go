package check

import (
	"fmt"
	"strings"
)

// Level says how bad a message is. The numbers are Django's.
type Level int

// The levels, from harmless to fatal.
const (
	Debug    Level = 10
	Info     Level = 20
	Warning  Level = 30
	Error    Level = 40
	Critical Level = 50
)

// levels is ordered as reports are, worst first.
var levels = []struct {
	level         Level
	name, heading string
}{
	{Critical, "critical", "CRITICALS"},
	{Error, "error", "ERRORS"},
	{Warning, "warning", "WARNINGS"},
	{Info, "info", "INFOS"},
	{Debug, "debug", "DEBUGS"},
}

// ParseLevel returns the level of the name, in any case of letters.
func ParseLevel(name string) (Level, error) {
	for _, l := range levels {
		if strings.EqualFold(l.name, name) {
			return l.level, nil
		}
	}
	return 0, fmt.Errorf("%q is no level; expected critical, error, warning, info or debug", name)
}

// String returns the level's name in lower case.
func (l Level) String() string {
	for _, known := range levels {
		if known.level == l {
			return known.name
		}
	}
	return fmt.Sprintf("level %d", int(l))
}

// MarshalText returns the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }
