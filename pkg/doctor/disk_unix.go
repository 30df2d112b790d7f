//go:build linux || darwin

package doctor

import "golang.org/x/sys/unix"

// spaceOf returns the space of the folder's disk. What only root may fill is not free.
func spaceOf(folder string) (space, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return space{}, err
	}
	size := uint64(s.Bsize) //nolint:gosec // of blocks, never negative
	return space{free: s.Bavail * size, total: s.Blocks * size}, nil
}
