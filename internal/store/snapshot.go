package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Snapshot writes what the database in the folder dir holds at one moment into a new file, while others go on writing
// to it. The file has no write-ahead log, and nothing in it that was deleted. Nothing in dir is changed: a schema of an
// older version stays what it is. version is the schema's. The error is fs.ErrNotExist where there is no database.
func Snapshot(ctx context.Context, dir, file string) (version int, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return 0, err
	}
	path := filepath.Join(dir, FileName)
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return 0, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	held, err := lock(dir, LockName, false)
	if err != nil {
		return 0, err
	}
	defer held.Close()
	db, err := connect(path, 1)
	if err != nil {
		return 0, explain(path, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var id int
	err = db.QueryRowContext(ctx, "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id").
		Scan(&version, &id)
	if err == nil && id != applicationID {
		err = ErrForeign
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	}
	if err != nil {
		return 0, explain(path, err)
	}
	return version, nil
}

// SchemaVersion is the newest version of the schema that this program knows.
func SchemaVersion() int {
	steps, err := steps()
	if err != nil { // they are compiled in
		return 0
	}
	return len(steps)
}

// IsDatabase reports whether a file begins as one of SQLite's does. It must not be open here: closing it would take
// SQLite's locks away.
func IsDatabase(file string) bool {
	const magic = "SQLite format 3\x00" // https://www.sqlite.org/fileformat2.html#magic_header_string
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, _ := io.ReadFull(f, head)
	return string(head[:n]) == magic
}
