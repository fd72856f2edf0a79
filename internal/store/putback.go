package store

import (
	"context"
	"errors"
	"os"
)

// Restore puts what the file in the folder from has into the database of PostgreSQL, in one transaction, and the mark
// of that into the folder dir: after an error, what was there is there. No bot may serve from it. What people gave that
// stands there before goes into a file in the folder aside, which is made for it, and kept says so; with "" the error
// is ErrNotEmpty then. The folder from is the caller's, who has opened the file there before, so that it is whole.
func (c Config) Restore(ctx context.Context, from, dir, aside string) (kept bool, err error) {
	c.target = true
	file, err := Open(from)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	to, err := c.Open(from)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	err = to.alone(ctx, "bot restore", func() error {
		if kept, err = to.setAside(ctx, aside); err != nil {
			return err
		}
		_, err = (&transfer{from: file, to: to, whole: true}).run(ctx)
		return err
	})
	if err != nil {
		if kept {
			err = errors.Join(err, os.RemoveAll(aside))
		}
		return false, err
	}
	mark := file.mark
	mark.Open = false
	return kept, mark.write(dir, PostgresMarkName)
}

// setAside copies what people gave into a file; kept is false where they gave nothing.
func (s *Store) setAside(ctx context.Context, dir string) (kept bool, err error) {
	taken, err := s.taken(ctx)
	switch {
	case err != nil || !taken:
		return false, err
	case dir == "":
		return false, ErrNotEmpty
	}
	if _, err := (&migration{whole: true}).copyToFile(ctx, s, dir); err != nil {
		return false, errors.Join(err, os.RemoveAll(dir))
	}
	return true, nil
}
