package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// LockName is a file whose lock says who uses the folder: many may share it, and one who replaces the database must be alone. It
// stays where it is: the lock is let go of by the system, however its holder ends.
const LockName = "pilcrow.lock"

// Hold takes the folder, which is made if need be, for the caller alone: no Store is open there, in any process, and none can be
// opened before release is called. The error is ErrInUse where one is. Where the system has no such locks, nobody is kept out.
func Hold(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	f, err := lock(dir, true)
	if err != nil {
		return nil, err
	}
	return f.Close, nil
}

// lock takes the folder's lock until the file is closed.
func lock(dir string, alone bool) (*os.File, error) {
	path := filepath.Join(dir, LockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	if taken := flock(f, alone); taken {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, ErrInUse), f.Close())
	}
	return f, nil
}

// ErrServed says that another bot answers from the folder.
var ErrServed = errors.New("another bot runs on this folder")

// Serve takes the folder, which must be there, for one bot: what it has in memory would not know of another's changes, and every message
// would be answered twice. It keeps out nobody but a second Serve. The error is ErrServed until release is called or the process ends.
func Serve(dir string) (release func() error, err error) {
	f, err := os.Open(dir) // the folder itself: LockName is shared by all that read and write
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	if taken := flock(f, true); taken {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, ErrServed), f.Close())
	}
	return f.Close, nil
}
