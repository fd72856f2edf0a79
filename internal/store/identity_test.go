package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pilcrow/internal/store/storetest"
)

// used is a folder with a database that was closed in order, in which a server has a document and a setting.
func used(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s, err := openAt(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []Edit{put("a", "mill", "one"),
		{Server: "a", At: noon, Action: "scope", Slug: "1", Setting: "scope 1", Value: "mill"}} {
		if _, err := s.Apply(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func remove(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What is found instead of the database that was there is told, and left as it is, until the operator says that it is
// meant.
func TestAnotherDatabaseIsRefused(t *testing.T) {
	storetest.OfSQLite(t)
	older := filepath.Join(t.TempDir(), "older.db")
	cases := []struct {
		name string
		harm func(t *testing.T, path string)
		want error // nil: it opens
	}{
		{"nothing", func(*testing.T, string) {}, nil},
		{"removed", func(t *testing.T, path string) { remove(t, path) }, ErrMissing},
		{"emptied", func(t *testing.T, path string) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		}, ErrMissing},
		{"a database without tables", func(t *testing.T, path string) {
			remove(t, path)
			if err := prepare(path); err != nil {
				t.Fatal(err)
			}
			db, err := connect(path, 1)
			if err == nil {
				_, err = db.Exec("CREATE TABLE t (a); DROP TABLE t")
			}
			if err = errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}, ErrMissing},
		{"another installation's", func(t *testing.T, path string) { copyFile(t, filepath.Join(used(t), FileName), path) },
			ErrOther},
		{"its own of before the last change", func(t *testing.T, path string) { copyFile(t, older, path) }, ErrOther},
		{"its own, copied", func(t *testing.T, path string) {
			data := filepath.Join(t.TempDir(), "copy")
			copyFile(t, path, data)
			remove(t, path)
			copyFile(t, data, path)
		}, nil},
		{"moved to a folder of its own, without the mark", func(t *testing.T, path string) {
			remove(t, filepath.Join(filepath.Dir(path), MarkName))
		}, nil},
		{"a mark that cannot be read", func(t *testing.T, path string) {
			if err := os.WriteFile(filepath.Join(filepath.Dir(path), MarkName), []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, ErrOther},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := used(t)
			path := filepath.Join(dir, FileName)
			copyFile(t, path, older)
			s := open(t, dir)
			if _, err := s.Apply(t.Context(), Edit{Server: "a", At: noon, Action: "setting", Slug: "x", Setting: "x",
				Value: "y"}); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			c.harm(t, path)
			before, _ := os.ReadFile(path)
			s, err := openAt(t, dir)
			if !errors.Is(err, c.want) {
				t.Fatalf("opened with %v, want %v", err, c.want)
			}
			if err == nil {
				if s.Made() || len(s.Troubles()) > 0 {
					t.Errorf("made %v, %v", s.Made(), s.Troubles())
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
				return
			}
			if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "--new") ||
				strings.Contains(err.Error(), "\n") {
				t.Errorf("it is told as %q", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			if s, err = (Config{New: true}).Open(dir); err != nil {
				t.Fatalf("with New: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			open(t, dir) // and from then on without
		})
	}
}

// While it is open, what happens to the files is noticed before anything is committed, and before anybody is told that
// it is kept. Once they are back it goes on.
func TestFilesAreWatched(t *testing.T) {
	storetest.OfSQLite(t)
	away := func(end string) func(t *testing.T, path string) func() {
		return func(t *testing.T, path string) func() {
			if err := os.Rename(path+end, path+".away"); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := os.Rename(path+".away", path+end); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	cases := []struct {
		name string
		harm func(t *testing.T, path string) (mend func())
	}{
		{"moved", away("")},
		{"without its log", away("-wal")},
		{"without its index of the log", away("-shm")},
		{"another in its place", func(t *testing.T, path string) func() {
			mend := away("")(t, path)
			copyFile(t, path+".away", path)
			return mend
		}},
		{"the folder moved", func(t *testing.T, path string) func() {
			dir := filepath.Dir(path)
			if err := os.Rename(dir, dir+".away"); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := os.Rename(dir+".away", dir); err != nil {
					t.Fatal(err)
				}
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, used(t))
			if _, err := s.Apply(t.Context(), put("a", "lamp", "two")); err != nil {
				t.Fatal(err)
			}
			mend := c.harm(t, s.path)
			for name, write := range writes(s) {
				if err := write(t.Context()); !errors.Is(err, ErrNotKept) {
					t.Errorf("%s: %v", name, err)
				}
			}
			if all := s.Troubles(); len(all) != 1 || all[0].Kind != Gone || !strings.Contains(all[0].Err.Error(), s.path) ||
				all[0].Since.IsZero() {
				t.Errorf("troubles %v", all)
			}
			if _, err := s.Documents(t.Context()); err != nil {
				t.Errorf("reading: %v", err)
			}
			mend()
			for name, write := range writes(s) {
				if err := write(t.Context()); err != nil {
					t.Errorf("%s after it was mended: %v", name, err)
				}
			}
			if all := s.Troubles(); len(all) > 0 {
				t.Errorf("troubles after it was mended: %v", all)
			}
		})
	}
}

// A file that is taken away between the check and the end of the commit is not said to be kept.
func TestTakenAwayWhileCommitting(t *testing.T) {
	storetest.OfSQLite(t)
	s := open(t, used(t))
	err := s.transact(t.Context(), "test", func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO usage VALUES ('2026-01-01', 1, 1, 1)")
		s.guard.mu.Lock()
		s.guard.files[1] = s.guard.files[0] // as if another log stood there
		s.guard.mu.Unlock()
		return err
	})
	if !errors.Is(err, ErrNotKept) {
		t.Errorf("%v", err)
	}
	if u, err := s.Usage(t.Context(), "2026-01-01"); err != nil || u != (Usage{}) {
		t.Errorf("it is there: %v, %v", u, err)
	}
	if err := s.guard.arm(); err != nil {
		t.Fatal(err)
	}
}

// A log that was taken away while the database was not open is told of; what was in it and can be missed is refused.
func TestLogTakenAway(t *testing.T) {
	storetest.OfSQLite(t)
	killed := func(t *testing.T, edit bool) (dir string) {
		t.Helper()
		from := used(t)
		s := open(t, from)
		if _, err := s.Vote(t.Context(), Vote{Server: "a", Answer: "b", Person: "c", At: noon}); err != nil {
			t.Fatal(err)
		}
		if edit {
			if _, err := s.Apply(t.Context(), put("a", "lamp", "two")); err != nil {
				t.Fatal(err)
			}
		}
		dir = t.TempDir()
		for _, name := range []string{FileName, FileName + "-wal", MarkName} { // as a kill would leave it
			copyFile(t, filepath.Join(from, name), filepath.Join(dir, name))
		}
		return dir
	}
	for _, edit := range []bool{false, true} {
		t.Run(fmt.Sprint("edit ", edit), func(t *testing.T) {
			if all := open(t, killed(t, edit)).Troubles(); len(all) > 0 {
				t.Errorf("with its log: %v", all)
			}
			dir := killed(t, edit)
			remove(t, filepath.Join(dir, FileName+"-wal"))
			s, err := openAt(t, dir)
			if edit {
				if !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), "the last 1 change") {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if all := s.Troubles(); len(all) != 1 || all[0].Kind != Lost ||
				!strings.Contains(all[0].Err.Error(), s.path+"-wal") {
				t.Errorf("%v", all)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if all := open(t, dir).Troubles(); len(all) > 0 {
				t.Errorf("it is told again: %v", all)
			}
		})
	}
}

// A log that was taken away while the database is open is named, also where SQLite has made an empty one in its place
// since, which it finds too short for what it knows of it. One that is as long as it was is nothing to speak of.
func TestLogTakenAwayWhileOpen(t *testing.T) {
	storetest.OfSQLite(t)
	looked := func(t *testing.T, path string) { // by a connection of somebody else, as a check has one
		t.Helper()
		db, err := connect(path, 1)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = db.ExecContext(t.Context(), "SELECT count(*) FROM votes") // with the error that is looked for
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	cases := []struct {
		name string
		harm func(t *testing.T, path string)
		gone bool
		lost bool
	}{
		{"as it was", func(*testing.T, string) {}, false, false},
		{"removed", func(t *testing.T, path string) { remove(t, path+"-wal") }, true, true},
		{"removed, and looked at", func(t *testing.T, path string) { remove(t, path+"-wal"); looked(t, path) }, true, true},
		{"emptied", func(t *testing.T, path string) {
			if err := os.Truncate(path+"-wal", 0); err != nil {
				t.Fatal(err)
			}
		}, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := used(t)
			s := open(t, dir)
			if _, err := s.Vote(t.Context(), Vote{Server: "a", Answer: "b", Person: "c", At: noon}); err != nil {
				t.Fatal(err)
			}
			c.harm(t, s.path)
			err := s.Check(t.Context())
			if all := s.Troubles(); c.gone && (errors.Is(err, ErrDamaged) || len(all) != 1 || all[0].Kind != Gone) {
				t.Errorf("%v, %v", err, all)
			}
			if !c.lost && err != nil {
				t.Error(err)
			}
			told := ""
			if second, err := openAt(t, dir); err != nil {
				told = err.Error()
			} else {
				for _, trouble := range second.Troubles() {
					told += trouble.Err.Error()
				}
				if err := second.Close(); err != nil {
					t.Error(err)
				}
			}
			if strings.Contains(told, s.path+"-wal") != c.lost {
				t.Errorf("who opens it now is told %q", told)
			}
		})
	}
}

// What the admins of a server chose is known again; a bit of it that is another closes the server, and no other.
func TestBroken(t *testing.T) {
	harms := []string{
		"UPDATE settings SET value = 'mall' WHERE server = 'a'",
		"UPDATE settings SET name = 'scope 2' WHERE server = 'a'",
		"UPDATE settings SET server = 'c' WHERE server = 'a'",
		"DELETE FROM settings WHERE server = 'a'",
		"UPDATE states SET hidden = NOT hidden WHERE server = 'a'",
		"UPDATE documents SET slug = 'mall' WHERE server = 'a'",
		"DELETE FROM documents WHERE server = 'a'",
		"DELETE FROM seals WHERE server = 'a'",
		"UPDATE seals SET sum = (SELECT sum FROM seals WHERE server = 'b') WHERE server = 'a'",
	}
	for _, harm := range harms {
		t.Run(harm, func(t *testing.T) {
			s := open(t, used(t))
			if _, err := s.Apply(t.Context(), put("b", "mill", "two")); err != nil {
				t.Fatal(err)
			}
			if broken, err := s.Broken(t.Context()); err != nil || len(broken) > 0 {
				t.Fatalf("%v, %v", broken, err)
			}
			if _, err := s.write.Exec(harm); err != nil {
				t.Fatal(err)
			}
			if broken, err := s.Broken(t.Context()); err != nil || !broken["a"] || broken["b"] {
				t.Errorf("%v, %v", broken, err)
			}
		})
	}
	s := open(t, used(t))
	for _, e := range []Edit{{Server: "a", At: noon, Action: "remove", Slug: "mill"},
		{Server: "a", At: noon, Setting: "scope 1"}} {
		if _, err := s.Apply(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if broken, err := s.Broken(t.Context()); err != nil || len(broken) > 0 {
		t.Errorf("a server that has nothing any more: %v, %v", broken, err)
	}
}
