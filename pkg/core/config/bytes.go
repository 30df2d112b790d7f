package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Bytes is a size. Its text is a number of bytes, or of units of 1024 bytes: KB, MB, GB.
type Bytes int64

// units are ordered so that the longest suffix is tried first.
var units = []struct {
	suffix string
	size   int64
}{{"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}, {"K", 1 << 10}, {"M", 1 << 20}, {"G", 1 << 30}, {"B", 1}, {"", 1}}

// UnmarshalText reads a size such as 500, 64KB or 10 MB.
func (b *Bytes) UnmarshalText(text []byte) error {
	number, unit := strings.ToUpper(strings.TrimSpace(string(text))), int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(number, u.suffix); ok {
			number, unit = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("%q is not a size; expected bytes or a value such as 64KB or 10MB", text)
	}
	*b = Bytes(n * unit)
	return nil
}

// String gives the size in the largest unit that divides it.
func (b Bytes) String() string {
	for _, u := range []int{2, 1, 0} {
		if size := units[u].size; b != 0 && int64(b)%size == 0 {
			return strconv.FormatInt(int64(b)/size, 10) + units[u].suffix
		}
	}
	return strconv.FormatInt(int64(b), 10)
}
