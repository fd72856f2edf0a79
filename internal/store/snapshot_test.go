package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/store/storetest"
)

// A snapshot holds whole transactions only, whatever is written meanwhile, and opens on its own.
func TestSnapshotWhileWriting(t *testing.T) {
	storetest.OfSQLite(t)
	dir := t.TempDir()
	s := open(t, dir)
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan error)
	wrote := make(chan struct{}, 1)
	go func() {
		for n := 0; ; n += crashBatch {
			texts, vectors := batch(n, crashBatch)
			if err := s.Store(ctx, "m", texts, vectors); err != nil {
				written <- err
				return
			}
			select {
			case wrote <- struct{}{}:
			default:
			}
		}
	}()
	<-wrote
	for n := range 5 {
		copied := t.TempDir()
		version, err := Snapshot(t.Context(), dir, filepath.Join(copied, FileName))
		if err != nil || version != SchemaVersion() {
			t.Fatal(version, err)
		}
		if err := s.Store(t.Context(), "m", []string{"after"}, [][]float32{{1}}); n == 0 && err != nil {
			t.Fatal(err)
		}
		var count int
		if err := open(t, copied).read.QueryRow("SELECT count(*) FROM vectors WHERE text <> ?",
			make([]byte, 32)).Scan(&count); err != nil {
			t.Fatal(err)
		}
		if got := count % crashBatch; count == 0 || got > 1 { // one more from the second snapshot on
			t.Errorf("%d vectors: a transaction was cut", count)
		}
	}
	stop()
	if err := <-written; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// What an older program left is copied as it is.
func TestSnapshotMigratesNothing(t *testing.T) {
	storetest.OfSQLite(t)
	dir := t.TempDir()
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	if err := prepare(path); err != nil {
		t.Fatal(err)
	}
	db, err := connect(path, 1)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(all[0] + fmt.Sprintf("; PRAGMA user_version = 1; PRAGMA application_id = %d", applicationID))
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		version, err := Snapshot(t.Context(), dir, filepath.Join(t.TempDir(), "copy.db"))
		if err != nil || version != 1 {
			t.Errorf("version %d, %v", version, err)
		}
	}
}

func TestSnapshotRefuses(t *testing.T) {
	storetest.OfSQLite(t)
	empty, foreign, file := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "copy.db")
	if _, err := Snapshot(t.Context(), empty, file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no database: %v", err)
	}
	if entries, _ := os.ReadDir(empty); len(entries) > 0 {
		t.Errorf("made: %v", entries)
	}
	if err := os.WriteFile(filepath.Join(foreign, FileName), slices.Repeat([]byte("not a database. "), 100),
		0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Snapshot(t.Context(), foreign, file); !errors.Is(err, ErrDamaged) {
		t.Errorf("another file: %v", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was written: %v", err)
	}
}

// Who holds the folder is alone in it, and an open Store keeps others from holding it.
func TestHold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	release, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openAt(t, dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a held folder was opened: %v", err)
	}
	if _, err := Hold(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("held twice: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	first, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	second := open(t, dir) // many may use it
	if _, err := Hold(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("an open folder was held: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Hold(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a folder that one of two has closed was held: %v", err)
	}
	if _, err := second.Lookup(t.Context(), "m", []string{"a"}); err != nil {
		t.Error(err)
	}
}
