//go:build unix && !solaris && !aix

package store

import (
	"errors"
	"os"
	"syscall"
)

// flock reports whether somebody else has the lock. A file system without locks lets everybody in.
func flock(f *os.File, alone bool) (taken bool) {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			return errors.Is(err, syscall.EWOULDBLOCK)
		}
	}
}
