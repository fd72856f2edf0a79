package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"sync/atomic"
)

// maxDirectoryBytes bounds what is read to find the members: 50,000 with long names have a good half of it.
const maxDirectoryBytes = 96 << 20

// An Archive is an open backup. Only what its manifest says was looked at; Extract checks the members. Close it.
type Archive struct {
	Manifest Manifest
	file     io.Closer
	members  map[string]*zip.File
}

// Open opens an archive and checks how it is made. The error is an *Error where the archive is at fault.
func Open(file string) (*Archive, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = refuse("it is no regular file")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	a, err := open(f, info.Size())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	a.file = f
	return a, nil
}

// open reads an archive of size bytes.
func open(file io.ReaderAt, size int64) (*Archive, error) {
	a := &Archive{members: map[string]*zip.File{}}
	from := &bounded{from: file}
	from.left.Store(maxDirectoryBytes)
	z, err := zip.NewReader(from, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, refuse("it is not a backup of Pilcrow, or is cut short")
	}
	if err := a.index(z, size); err != nil {
		return nil, err
	}
	manifest := a.members[manifestName]
	if manifest == nil || manifest.UncompressedSize64 > maxManifestBytes {
		return nil, refuse("it is not a backup of Pilcrow, or is cut short")
	}
	from.left.Store(2*size + maxDirectoryBytes) // the members are no longer than the file, and may be read twice
	text, err := content(manifest)
	if err != nil {
		return nil, refuse("its manifest is damaged")
	}
	if a.Manifest, err = parseManifest(text); err != nil {
		return nil, err
	}
	return a, a.compare()
}

// index finds the members, and refuses what no archive of ours has.
func (a *Archive) index(z *zip.Reader, size int64) error {
	if len(z.File) > maxMembers+1 {
		return refuse(fmt.Sprintf("there are more than %d files in it", maxMembers))
	}
	left := uint64(size)
	for _, f := range z.File {
		switch {
		case a.members[f.Name] != nil:
			return refuse("it holds two files of the name " + quoted(f.Name))
		case f.Method != zip.Store || f.UncompressedSize64 != f.CompressedSize64:
			return refuse(quoted(f.Name) + " is packed, as nothing is in a backup of Pilcrow")
		case !f.Mode().IsRegular() || f.Flags&1 != 0: // bit 0: encrypted
			return refuse(quoted(f.Name) + " is no plain file")
		case f.UncompressedSize64 > left:
			return refuse("it says that it holds more than it is long")
		}
		left -= f.UncompressedSize64
		a.members[f.Name] = f
	}
	return nil
}

// compare holds the members against the manifest: each is named, each named is there.
func (a *Archive) compare() error {
	for _, m := range a.Manifest.Members {
		f := a.members[m.Name]
		switch {
		case f == nil || m.Name == manifestName:
			return refuse(quoted(m.Name) + " is missing from it")
		case f.UncompressedSize64 != uint64(m.Size):
			return refuse(quoted(m.Name) + " is damaged: it does not have the size that it should")
		}
	}
	if extra := len(a.members) - 1 - len(a.Manifest.Members); extra != 0 {
		return refuse("it holds files that its manifest does not name")
	}
	return nil
}

// Close closes the file.
func (a *Archive) Close() error { return a.file.Close() }

func content(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxManifestBytes))
}

// Extract writes the members whose name is below the folder prefix into the folder root, without the prefix, and checks
// each against its checksum. A nil root checks them and writes nothing. Files are synced; folders are made for the
// user, with the permissions given.
func (a *Archive) Extract(ctx context.Context, prefix string, root *os.Root, file, dir os.FileMode) error {
	made := map[string]bool{}
	for _, m := range a.Manifest.Members {
		name, ok := cutPrefix(m.Name, prefix)
		if !ok {
			continue
		}
		if err := a.extract(ctx, m, name, root, file, dir, made); err != nil {
			return err
		}
	}
	for folder := range made {
		if err := syncDir(filepath.Join(root.Name(), folder)); err != nil {
			return err
		}
	}
	return nil
}

func cutPrefix(name, prefix string) (string, bool) {
	if len(name) <= len(prefix)+1 || name[:len(prefix)] != prefix || name[len(prefix)] != '/' {
		return "", false
	}
	return name[len(prefix)+1:], true
}

func (a *Archive) extract(ctx context.Context, m Member, name string, root *os.Root, file, dir os.FileMode,
	made map[string]bool) (err error) {
	damaged := refuse(quoted(m.Name) + " is damaged: it is not what was backed up")
	from, err := a.members[m.Name].Open()
	if err != nil {
		return damaged
	}
	defer from.Close()
	to := io.Discard
	if root != nil {
		folder := path.Dir(name)
		if !made[folder] {
			if err := root.MkdirAll(folder, dir); err != nil {
				return err
			}
			for ; !made[folder] && folder != "."; folder = path.Dir(folder) { // each holds the entry of the one below
				made[folder] = true
			}
			made["."] = true
		}
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, file)
		if err != nil {
			return err
		}
		defer func() {
			if err == nil {
				err = f.Sync()
			}
			if err = errors.Join(err, f.Close()); err == nil && !m.Modified.IsZero() {
				err = root.Chtimes(name, m.Modified, m.Modified)
			}
		}()
		to = f
	}
	sum := sha256.New()
	source := &reader{ctx, io.LimitReader(from, m.Size+1)}
	n, err := io.Copy(io.MultiWriter(to, sum), source)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return damaged
	case err != nil:
		return err
	case n != m.Size || hex.EncodeToString(sum.Sum(nil)) != m.SHA256:
		return damaged
	}
	return nil
}

// bounded reads no more than left bytes.
type bounded struct {
	from io.ReaderAt
	left atomic.Int64
}

var errBound = errors.New("more is read than an archive can need")

// ReadAt implements io.ReaderAt.
func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left.Add(-int64(len(p))) < 0 {
		return 0, errBound
	}
	return b.from.ReadAt(p, off)
}
