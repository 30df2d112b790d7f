package doctor

import "golang.org/x/sys/windows"

// spaceOf returns the space of the folder's disk, as far as this user may fill it.
func spaceOf(folder string) (s space, err error) {
	name, err := windows.UTF16PtrFromString(folder)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &s.free, &s.total, nil)
	}
	return s, err
}
