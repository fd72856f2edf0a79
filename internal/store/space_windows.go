package store

import "golang.org/x/sys/windows"

// Free is how many bytes the file system of a folder has left for us; known is false where it does not say.
func Free(dir string) (bytes uint64, known bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil || windows.GetDiskFreeSpaceEx(name, &bytes, nil, nil) != nil {
		return 0, false
	}
	return bytes, true
}

func writable(string) error { return nil } // a write that fails tells it
