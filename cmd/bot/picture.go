package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pilcrow/internal/commands"
)

const picturePerm = 0o644 // of a new file

// writePicture writes the file whole or not at all: beside its place, and then into it. No picture, because there was
// nothing to draw, leaves what is there alone.
func writePicture(path string, file *commands.File) (err error) {
	if path == "" {
		return errors.New("name a file")
	}
	switch info, err := os.Stat(path); {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s is there and is not a file", path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case file == nil:
		return nil
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // a link goes on pointing to the picture
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".timeline-*")
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", path, cause.Err) // the temporary file's name says nothing to anybody
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, temporary.Close(), os.Remove(temporary.Name()))
		}
	}()
	if err = file.Write(temporary); err != nil {
		return err
	}
	if err = temporary.Chmod(picturePerm); err != nil {
		return err
	}
	if err = temporary.Sync(); err != nil {
		return err
	}
	if err = temporary.Close(); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}
