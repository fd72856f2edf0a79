package backup

import (
	"archive/zip"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrExists means that there is a file in the place of the archive already.
var ErrExists = errors.New("there is such a file already")

// A Writer writes an archive beside its place. Close it: without a Commit before, nothing is left.
type Writer struct {
	file     string // its place
	replace  bool
	temp     *os.File
	zip      *zip.Writer
	manifest Manifest
	done     bool
}

// Create begins an archive. What stands in its place stays there until Commit; without replace, it is never touched.
func Create(file string, replace bool) (*Writer, error) {
	info, err := os.Lstat(file)
	switch {
	case err == nil && (!replace || !info.Mode().IsRegular()):
		return nil, fmt.Errorf("%s: %w", file, ErrExists)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	// For the user's eyes only: the database holds what people asked to be kept.
	dir := filepath.Dir(file)
	temp, err := os.OpenFile(filepath.Join(dir, ".backup-"+rand.Text()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if cause, ok := errors.AsType[*fs.PathError](err); ok { // the name beside it says nothing to anybody
		return nil, &fs.PathError{Op: "write in", Path: dir, Err: cause.Err}
	}
	if err != nil {
		return nil, err
	}
	return &Writer{file: file, replace: replace, temp: temp, zip: zip.NewWriter(temp)}, nil
}

// Add copies a file into the archive as it reads now.
func (w *Writer) Add(ctx context.Context, name string, modified time.Time, from io.Reader) error {
	if err := checkName(name); err != nil {
		return err
	}
	if len(w.manifest.Members) == maxMembers {
		return refuse(fmt.Sprintf("there are more than %d files to keep", maxMembers))
	}
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: modified.UTC()})
	if err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, sum), &reader{ctx, from})
	if err != nil {
		return err
	}
	w.manifest.Members = append(w.manifest.Members, Member{name, n, hex.EncodeToString(sum.Sum(nil)), modified.UTC()})
	return nil
}

// Commit writes the manifest and puts the archive in its place, when all of it is on the disk. Of m, the Members are
// filled in.
func (w *Writer) Commit(m Manifest) (Manifest, error) {
	m.Program, m.Format, m.Members = program, Format, w.manifest.Members
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, err
	}
	if len(text) > maxManifestBytes {
		return m, refuse("there are too many files with long names to keep")
	}
	to, err := w.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Store, Modified: m.Made.UTC()})
	if err == nil {
		_, err = to.Write(text)
	}
	if err == nil {
		err = w.zip.Close()
	}
	if err == nil {
		err = w.temp.Sync()
	}
	if err == nil {
		err = w.temp.Close()
	}
	if err == nil {
		err = w.place()
	}
	if err != nil {
		return m, err
	}
	w.done = true
	return m, syncDir(filepath.Dir(w.file))
}

// place puts the finished file where it belongs; a link does not overwrite what came there meanwhile, as a rename
// would.
func (w *Writer) place() error {
	if w.replace {
		return os.Rename(w.temp.Name(), w.file)
	}
	err := os.Link(w.temp.Name(), w.file)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: %w", w.file, ErrExists)
	case err != nil: // a file system without links
		return os.Rename(w.temp.Name(), w.file)
	}
	return os.Remove(w.temp.Name())
}

// Close takes away what was not committed.
func (w *Writer) Close() error {
	if w.done {
		return nil
	}
	w.done = true
	err := w.temp.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	return errors.Join(err, os.Remove(w.temp.Name()))
}

// A reader ends with its context.
type reader struct {
	ctx  context.Context //nolint:containedctx // it lives for one copy
	from io.Reader
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}

// syncDir makes renames in a folder last. Some systems cannot, and then it is left to them.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}
