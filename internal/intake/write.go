package intake

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"pilcrow/internal/fetch"
)

// Write puts the document into the folder: first what it was made of, then the document, each whole or not at all. A
// crash between leaves an original without a document, which does no harm.
func (in *Intake) Write(p Proposal) error {
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.Mkdir(Originals, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, f := range []struct {
		path string
		data []byte
	}{{p.Original, p.original}, {originFile(p.Document.Slug), p.origin}, {p.Path, p.file}} {
		if err := WriteWhole(root, f.path, f.data); err != nil {
			return err
		}
	}
	return nil
}

func originFile(slug string) string { return path.Join(Originals, slug+".json") }

// WriteWhole writes a file of the folder beside its place, and renames it when all is on the disk.
func WriteWhole(root *os.Root, file string, data []byte) (err error) {
	temporary := path.Join(path.Dir(file), ".new-"+rand.Text())
	f, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, root.Remove(temporary))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = root.Rename(temporary, file); err != nil {
		return err
	}
	return syncFolder(root, path.Dir(file))
}

// syncFolder makes a rename last. Some systems cannot, and then it is left to them.
func syncFolder(root *os.Root, folder string) error {
	d, err := root.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}

// known finds what the server said about the copy that a replacement of the same address would replace.
func (in *Intake) known(q Request) fetch.Validators {
	if !q.Replace || q.Name != "" || q.Title != "" || !q.Published.IsZero() { // the same page may become another document
		return fetch.Validators{}
	}
	root, err := os.OpenRoot(in.Dir)
	if err != nil {
		return fetch.Validators{}
	}
	defer root.Close()
	entries, err := fs.ReadDir(root.FS(), Originals)
	if err != nil {
		return fetch.Validators{}
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		o, ok := readOrigin(root, path.Join(Originals, e.Name()))
		if ok && o.From == q.From && in.loaded(strings.TrimSuffix(e.Name(), ".json")) {
			return fetch.Validators{ETag: o.ETag, LastModified: o.LastModified}
		}
	}
	return fetch.Validators{}
}

// loaded reports whether there still is a document of the slug: without one, the copy must be fetched whole.
func (in *Intake) loaded(slug string) bool {
	corpus, _ := in.Load()
	if corpus == nil {
		return false
	}
	_, ok := corpus.Document(slug)
	return ok
}

func readOrigin(root *os.Root, file string) (o origin, ok bool) {
	const maxOrigin = 64 << 10 // bytes; validators are as long as a server's header at most
	f, err := root.Open(file)
	if err != nil {
		return origin{}, false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxOrigin))
	if err == nil {
		err = json.Unmarshal(data, &o)
	}
	return o, err == nil
}
