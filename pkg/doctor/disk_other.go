//go:build !linux && !darwin && !windows

package doctor

import "errors"

// spaceOf cannot tell on this system.
func spaceOf(string) (space, error) { return space{}, errors.ErrUnsupported }
