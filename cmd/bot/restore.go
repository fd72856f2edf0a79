package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/backup"
	"pilcrow/internal/commands"
	"pilcrow/internal/store"
)

// What a restore makes, for the user's eyes only where people's words may be in it.
const (
	privateFile, privateDir = 0o600, 0o700
	publicFile, publicDir   = 0o644, 0o755
)

// A restore is on its way from an archive into the folders of the settings.
type restore struct {
	data, docs string              // folders; docs "" for no documents
	aside      string              // the folder in each that takes what was there
	archive    *backup.Archive     // nil for a copy of the database alone
	database   string              // that copy
	manifest   backup.Manifest     // of what is brought back
	old        map[string][]string // by folder: the entries that are set aside
	schema     int                 // of the database that is restored, as it comes to be
	server     store.Config        // of the database of PostgreSQL that takes it, where one does
	replace    bool                // what is there is set aside
	kept       bool                // what was in that database was
}

// restore puts an archive back: it is checked as a whole and extracted beside what is there, its database is brought to
// this program's schema, and then all changes places at once. What was there before is kept.
func (a *app) restore(ctx context.Context) int {
	f := a.flags.Restore
	began := time.Now()
	r := &restore{data: a.config.data, old: map[string][]string{}, replace: f.Replace,
		server: store.Config{URL: a.config.database.reveal()}}
	if err := r.open(f.File); err != nil {
		return a.fail(exitFailure, archiveError(f.File, err))
	}
	if r.archive != nil {
		defer r.archive.Close()
	}
	from := newSource(a.flags.Docs, a.config.docs, nil)
	if r.manifest.Documents && !f.NoDocuments {
		if r.docs = from.dir; r.docs == "" {
			return a.fail(exitFailure, fmt.Sprintf("%s holds documents, too: name the folder for them with %s or --docs, or "+
				"leave them out with "+
				"--no-documents", f.File, envDocs))
		}
	}
	made := append(absent(r.docs), absent(r.data)...)
	release, err := store.Hold(r.data)
	if errors.Is(err, store.ErrInUse) {
		return a.fail(exitFailure, r.data+": a bot uses it: stop it first")
	}
	if err != nil {
		return a.fail(exitFailure, plainError(err))
	}
	err = r.look()
	if err == nil {
		r.aside = backup.AsideName(began, r.data, r.docs)
		err = r.begin(ctx)
	}
	if err != nil {
		err = errors.Join(err, release())
		r.leave(made)
		return a.fail(exitFailure, archiveError(f.File, err))
	}
	defer release() //nolint:errcheck // a file that is only read
	if err = backup.Finish(r.data); err != nil {
		return a.fail(exitFailure, "the restore has begun and could not end: mend this, and it goes on when the program "+
			"is started again: "+err.Error())
	}
	return a.show(r.reply(f.File, time.Since(began)))
}

// latest is what stands for the newest copy of the database, where no file is called so.
const latest = "latest"

// open opens what is to be brought back: an archive, or one of the copies that a bot makes every day.
func (r *restore) open(file string) (err error) {
	if _, missing := os.Lstat(file); file == latest && errors.Is(missing, fs.ErrNotExist) {
		all, err := store.Generations(r.data)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fmt.Errorf("there is no copy of the database in %s", filepath.Join(r.data, store.BackupsName))
		}
		file = all[len(all)-1].Path
	}
	if info, err := os.Stat(file); err == nil && store.IsDatabase(file) {
		r.database, r.manifest.Made = file, info.ModTime().UTC()
		return nil
	}
	if r.archive, err = backup.Open(file); err == nil {
		r.manifest = r.archive.Manifest
	}
	return err
}

// extract writes what belongs below the folder root; without one, it is only checked.
func (r *restore) extract(ctx context.Context, prefix string, root *os.Root, file, folder os.FileMode) error {
	if r.archive != nil {
		return r.archive.Extract(ctx, prefix, root, file, folder)
	}
	if root == nil || prefix != dataPrefix {
		return nil
	}
	from, err := os.Open(r.database)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := root.OpenFile(store.FileName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, file)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	if err == nil {
		err = to.Sync()
	}
	return errors.Join(err, to.Close())
}

// absent are the folder and those above it that are not there, the deepest first; none for "".
func absent(dir string) (missing []string) {
	for ; dir != ""; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, dir)
	}
	return missing
}

// leave takes away the folders that were made for a restore that did not begin. One that is not empty stays.
func (r *restore) leave(made []string) {
	for _, dir := range made {
		if dir == r.data {
			_ = os.Remove(filepath.Join(dir, store.LockName))
		}
		_ = os.Remove(dir)
	}
}

// finishRestore ends a restore that a crash cut off, before anything is read.
func (a *app) finishRestore() error {
	if !backup.Unfinished(a.config.data) {
		return nil
	}
	release, err := store.Hold(a.config.data)
	if err != nil {
		return fmt.Errorf("a restore has not ended: %w", err)
	}
	defer release() //nolint:errcheck // a file that is only read
	return backup.Finish(a.config.data)
}

// look finds what stands in the way.
func (r *restore) look() (err error) {
	r.old[r.data], err = entries(r.data, func(name string) bool {
		return r.server.URL == "" && (strings.HasPrefix(name, store.FileName) || name == store.MarkName)
	})
	if err != nil {
		return err
	}
	if r.docs != "" {
		if inside, err := within(r.data, r.docs); err != nil || inside {
			return errors.Join(err, fmt.Errorf("%s lies in %s: a restore of the one would move the other; set %s to another "+
				"folder",
				r.data, r.docs, envData))
		}
		if r.old[r.docs], err = entries(r.docs, ours); err != nil {
			return err
		}
	}
	for _, dir := range []string{r.data, r.docs} {
		if len(r.old[dir]) > 0 && !r.replace {
			return fmt.Errorf("%s is not empty: add --replace to restore all the same; what is there is then kept beside it",
				dir)
		}
	}
	return nil
}

// within reports whether a folder is another or lies in it.
func within(inner, outer string) (bool, error) {
	in, err := filepath.Abs(inner)
	if err != nil {
		return false, err
	}
	out, err := filepath.Abs(outer)
	if err != nil {
		return false, err
	}
	rel, err := filepath.Rel(out, in)
	return err == nil && filepath.IsLocal(rel), nil
}

// entries are the names in a folder that a restore sets aside.
func entries(dir string, of func(name string) bool) ([]string, error) {
	all, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range all {
		if of(e.Name()) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// archiveError is what a person reads of an error with an archive.
func archiveError(file string, err error) string {
	if bad, ok := errors.AsType[*backup.Error](err); ok {
		return file + ": " + bad.Msg + "; nothing was changed"
	}
	return plainError(err)
}

func (r *restore) reply(file string, took time.Duration) commands.Reply {
	m := r.manifest
	j := restoreJSON{File: file, Made: m.Made.Format(time.RFC3339), SchemaBefore: m.Schema, Schema: r.schema,
		Before: []string{},
		TookMS: took.Milliseconds()}
	var parts []string
	if r.schema > 0 {
		where := r.data
		if r.server.URL != "" {
			where = r.server.Where(r.data)
		}
		parts = append(parts, "the database into "+where)
	}
	if r.docs != "" {
		for _, f := range m.Members {
			if strings.HasPrefix(f.Name, documentsPrefix+"/") {
				j.Documents++
			}
		}
		parts = append(parts, fmt.Sprintf("%s into %s", files(j.Documents), r.docs))
	}
	var reply commands.Reply
	say := func(text string) {
		reply.Blocks = append(reply.Blocks, commands.Block{Kind: commands.Para, Text: text})
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing: there is no database in it")
	}
	say(fmt.Sprintf("Restored the backup of %s: %s.", m.Made.Format("2006-01-02 15:04 UTC"), strings.Join(parts, ", ")))
	if r.schema > m.Schema && m.Schema > 0 {
		say(fmt.Sprintf("Its database was of version %d and is now of version %d.", m.Schema, r.schema))
	}
	for _, dir := range []string{r.data, r.docs} {
		if len(r.old[dir]) > 0 || dir == r.data && r.kept {
			j.Before = append(j.Before, filepath.Join(dir, r.aside))
		}
	}
	if len(j.Before) > 0 {
		say("What was there before is kept in " + strings.Join(j.Before, " and ") +
			": take it away when it is no longer needed.")
	}
	reply.JSON = commands.Machine(j)
	return reply
}

type restoreJSON struct {
	File         string   `json:"file"`
	Made         string   `json:"made"`
	SchemaBefore int      `json:"schema_before"`
	Schema       int      `json:"schema"`
	Documents    int      `json:"document_files"`
	Before       []string `json:"before"` // where what was there is kept
	TookMS       int64    `json:"took_ms"`
}
