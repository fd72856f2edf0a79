package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"pilcrow/internal/backup"
	"pilcrow/internal/commands"
	"pilcrow/internal/intake"
	"pilcrow/internal/store"
)

// The folders of an archive.
const (
	dataPrefix      = "data"
	documentsPrefix = "documents"
)

// backup writes one archive of the database, as it is at one moment, and the folder of documents. A bot may run
// meanwhile.
func (a *app) backup(ctx context.Context) int {
	f, began := a.flags.Backup, time.Now()
	from := newSource(a.flags.Docs, a.config.docs, nil)
	m := backup.Manifest{Made: began.UTC().Truncate(time.Second), Documents: from.name != "" && !f.NoDocuments}
	if m.Documents {
		if err := from.check(); err != nil {
			return a.failure(err)
		}
		if inside, err := within(filepath.Dir(f.File), from.dir); err != nil || inside {
			return a.fail(exitFailure, fmt.Sprintf("%s lies in %s, which is to be backed up: the next backup would hold this "+
				"one; name another place",
				f.File, from.dir))
		}
	}
	w, err := backup.Create(f.File, f.Replace)
	if errors.Is(err, backup.ErrExists) {
		return a.fail(exitFailure, f.File+": there is such a file already: add --replace to put the backup in its place, "+
			"or name another")
	}
	if err != nil {
		return a.fail(exitFailure, plainError(err))
	}
	defer w.Close()
	if m.Schema, err = a.backUpData(ctx, w, began); errors.Is(err, fs.ErrNotExist) {
		if !m.Documents {
			return a.fail(exitFailure, fmt.Sprintf("there is nothing to back up: %s holds no database (%s names its folder), "+
				"and %s names no folder "+
				"of documents", a.config.data, envData, envDocs))
		}
		err = nil
	}
	if err == nil && m.Documents {
		err = a.backUpDocuments(ctx, w, from)
	}
	if err == nil {
		m, err = w.Commit(m)
	}
	if errors.Is(err, backup.ErrExists) {
		return a.fail(exitFailure, f.File+": such a file came there meanwhile: add --replace to put the backup in its place")
	}
	if err != nil {
		return a.fail(exitFailure, plainError(err))
	}
	return a.show(backupReply(m, f.File, from, time.Since(began)))
}

// backUpData adds the database.
func (a *app) backUpData(ctx context.Context, w *backup.Writer, at time.Time) (schema int, err error) {
	// beside the archive: as large as it, and as private
	folder, err := os.MkdirTemp(filepath.Dir(a.flags.Backup.File), ".backup-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, store.FileName)
	if schema, err = a.storeConfig().Snapshot(ctx, a.config.data, file); err != nil {
		return 0, err
	}
	return schema, add(ctx, w, path.Join(dataPrefix, store.FileName), at, func() (fs.File, error) { return os.Open(file) })
}

// backUpDocuments adds the files of the folder, and what is kept of where they came from. Other hidden files are not
// ours.
func (a *app) backUpDocuments(ctx context.Context, w *backup.Writer, from source) error {
	root, err := os.OpenRoot(from.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	fsys := root.FS()
	leftOut := func(name, why string) { fmt.Fprintln(a.stderr, clean("warning: "+name+": left out: "+why)) }
	return fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if name == "." || entry.IsDir() && ours(name) {
			return nil
		}
		if !ours(name) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := fs.Stat(fsys, name) // follows a link within the folder; a pipe is not opened
		switch {
		case err != nil:
			leftOut(name, "it cannot be read, or is a link that leads out of the folder")
			return nil
		case info.IsDir():
			leftOut(name, "it is a link to a folder")
			return nil
		case !info.Mode().IsRegular():
			leftOut(name, "it is no file")
			return nil
		case !backup.ValidName(path.Join(documentsPrefix, name)):
			leftOut(name, "no other system takes such a name: rename it")
			return nil
		}
		return add(ctx, w, path.Join(documentsPrefix, name), info.ModTime(),
			func() (fs.File, error) { return fsys.Open(name) })
	})
}

// ours reports whether an entry of the folder of documents belongs to it: the database does not, if its folder is
// there, nor does what is hidden, but for the originals.
func ours(name string) bool {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") {
		return name == intake.Originals
	}
	return !store.Ours(base) && base != backup.JournalName
}

func add(ctx context.Context, w *backup.Writer, name string, at time.Time, open func() (fs.File, error)) error {
	f, err := open()
	if err != nil {
		return err
	}
	defer f.Close()
	return w.Add(ctx, name, at, f)
}

func backupReply(m backup.Manifest, file string, from source, took time.Duration) commands.Reply {
	j := backupJSON{File: file, Bytes: m.Size(), Schema: m.Schema, TookMS: took.Milliseconds()}
	for _, f := range m.Members {
		if strings.HasPrefix(f.Name, dataPrefix+"/") {
			j.Database = f.Size
		} else {
			j.Documents++
		}
	}
	var parts []string
	if j.Database > 0 {
		parts = append(parts, fmt.Sprintf("the database (%s)", size(j.Database)))
	}
	if m.Documents {
		parts = append(parts, fmt.Sprintf("%s of %s", files(j.Documents), from))
	}
	text := fmt.Sprintf("Backed up to %s: %s; %s in all.", file, strings.Join(parts, " and "), size(j.Bytes))
	return commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: text}}, JSON: commands.Machine(j)}
}

// size writes a number of bytes for people.
func size(bytes int64) string {
	const step = 1000
	if bytes < step {
		return fmt.Sprintf("%d bytes", bytes)
	}
	value, unit := float64(bytes), ""
	for _, unit = range []string{"kB", "MB", "GB", "TB"} {
		if value /= step; value < step {
			break
		}
	}
	return fmt.Sprintf("%.1f %s", value, unit)
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}

type backupJSON struct {
	File      string `json:"file"`
	Bytes     int64  `json:"bytes"`
	Database  int64  `json:"database_bytes"`
	Schema    int    `json:"schema"`
	Documents int    `json:"document_files"`
	TookMS    int64  `json:"took_ms"`
}
