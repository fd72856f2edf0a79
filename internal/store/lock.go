package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// LockName is a file whose lock says who uses the folder: many may share it, and one who replaces the database must be
// alone. It stays where it is: the lock is let go of by the system, however its holder ends.
const LockName = "pilcrow.lock"

// ServeName is a file whose lock says that a bot answers from the folder.
const ServeName = "pilcrow.serve"

// Ours reports whether an entry of a folder is the store's.
func Ours(name string) bool {
	return strings.HasPrefix(name, FileName) || name == LockName || name == ServeName ||
		name == PostgresMarkName
}

// Hold takes the folder, which is made if need be, for the caller alone: no Store is open there, in any process, and
// none can be opened before release is called. The error is ErrInUse where one is. A file system without locks keeps
// nobody out.
func Hold(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	held, err := lock(dir, LockName, true)
	if err != nil {
		return nil, err
	}
	return held.Close, nil
}

// ErrServed says that another bot answers from the folder.
var ErrServed = errors.New("another bot runs on this database")

// Serve takes the folder, which must be there, for one bot: what it has in memory would not know of another's changes,
// and every message would be answered twice. It keeps out nobody but a second Serve. The error is ErrServed until
// release is called or the process ends.
func Serve(dir string) (release func() error, err error) {
	held, err := lock(dir, ServeName, true)
	if errors.Is(err, ErrInUse) {
		return nil, fmt.Errorf("%s: %w", dir, ErrServed)
	}
	if err != nil {
		return nil, err
	}
	return held.Close, nil
}

// lock takes the lock of a file in the folder, alone or together with others, until it is closed. The error is ErrInUse
// where somebody has it, and ErrNotWritable where there can be no such file.
func lock(dir, name string, alone bool) (*flock.Flock, error) {
	f := flock.New(filepath.Join(dir, name), flock.SetPermissions(0o600))
	try := f.TryRLock
	if alone {
		try = f.TryLock
	}
	got, err := try()
	cause, opening := errors.AsType[*fs.PathError](err)
	switch {
	case opening:
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, cause)
	case err == nil && !got:
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, ErrInUse), f.Close())
	}
	return f, nil // an error of another kind: a file system without locks lets everybody in
}
