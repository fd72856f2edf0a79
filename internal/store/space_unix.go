//go:build linux || darwin || freebsd || dragonfly

package store

import "golang.org/x/sys/unix"

// Free is how many bytes the file system of a folder has left for us; known is false where it does not say.
func Free(dir string) (bytes uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil || s.Blocks == 0 {
		return 0, false
	}
	return uint64(max(s.Bavail, 0)) * uint64(s.Bsize), true //nolint:gosec,unconvert // types differ between systems
}

// writable says why a file may not be written by this user; nil where nothing says so.
func writable(path string) error {
	switch err := unix.Access(path, unix.W_OK); err {
	case unix.EROFS, unix.EACCES, unix.EPERM:
		return err
	default:
		return nil
	}
}
