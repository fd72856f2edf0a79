package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

// overwrite writes into a file in place, as a disk that fails would.
func overwrite(t *testing.T, path string, at int64, data []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt(data, at)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// place is where in a file a text stands.
func place(t *testing.T, path, text string) int64 {
	t.Helper()
	data, err := os.ReadFile(path)
	at := bytes.LastIndex(data, []byte(text))
	if err != nil || at < 0 {
		t.Fatalf("%q is not in %s: %v", text, path, err)
	}
	return int64(at)
}

// harms are what can happen to the bytes of a file.
var harms = map[string]func(t *testing.T, path string){
	"cut short": func(t *testing.T, path string) {
		if err := os.Truncate(path, 3*4096); err != nil {
			t.Fatal(err)
		}
	},
	"emptied": func(t *testing.T, path string) {
		if err := os.Truncate(path, 0); err != nil {
			t.Fatal(err)
		}
	},
	"the head overwritten": func(t *testing.T, path string) { overwrite(t, path, 0, bytes.Repeat([]byte{0xa5}, 4096)) },
	"a page overwritten": func(t *testing.T, path string) {
		overwrite(t, path, 2*4096,
			bytes.Repeat([]byte{0xa5}, 4096))
	},
	"a bit of a document": func(t *testing.T, path string) {
		overwrite(t, path, place(t, path, "The mill stands"),
			[]byte("U"))
	},
	"a bit of a setting": func(t *testing.T, path string) {
		overwrite(t, path, place(t, path, "ascope 1mill"), []byte("ascope 3mill"))
	},
}

// watched is a database as it stands after some use, in its file and not in the log, and what looks after it.
func watched(t *testing.T, dir string) (*watcher, *[]string) {
	t.Helper()
	s := open(t, dir)
	for _, e := range []Edit{put("a", "mill", "The mill stands on the hill."),
		{Server: "a", At: noon, Setting: "scope 1", Value: "mill"}} {
		if _, err := s.Apply(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	var told []string
	w := &watcher{Store: s, Watch: Watch{Tell: func(t Trouble, over bool) {
		text := t.Err.Error()
		if over {
			text = "over: " + text
		}
		told = append(told, text)
	}}}
	w.look(t.Context(), false)
	for _, t := range w.Troubles() {
		if t.Kind != Low { // a small disk
			told = append(told, "at first: "+t.Err.Error())
		}
	}
	return w, &told
}

// Whatever happens to the bytes of an open database is found by the next look, told once, and ends all writing.
func TestDamageWhileOpen(t *testing.T) {
	storetest.OfSQLite(t)
	for name, harm := range harms {
		t.Run(name, func(t *testing.T) {
			w, told := watched(t, t.TempDir())
			if len(*told) > 0 {
				t.Fatalf("at first: %q", *told)
			}
			time.Sleep(10 * time.Millisecond) // the clock of file times is coarse
			harm(t, w.path)
			w.took = 0
			for range 3 {
				w.look(t.Context(), false)
			}
			if !w.has(Damaged) || len(*told) == 0 || !strings.Contains(strings.Join(*told, "\n"), w.path) || len(*told) > 3 {
				t.Errorf("told %q of %v", *told, w.Troubles())
			}
			for name, write := range writes(w.Store) {
				if err := write(t.Context()); !errors.Is(err, ErrNotKept) {
					t.Errorf("%s: %v", name, err)
				}
			}
			w.closed.Store(true) // what closing would say of it is of no interest
			_ = w.close()
		})
	}
}

// The same at the start: it does not open, or is found by the first look.
func TestDamageAtStart(t *testing.T) {
	storetest.OfSQLite(t)
	for name, harm := range harms {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			w, _ := watched(t, dir)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			harm(t, w.path)
			s, err := openAt(t, dir)
			if err != nil {
				if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrMissing) && !errors.Is(err, ErrOther) ||
					!strings.Contains(err.Error(), w.path) {
					t.Errorf("%v", err)
				}
				return
			}
			defer s.Close()
			w = &watcher{Store: s, Watch: Watch{Tell: func(Trouble, bool) {}}}
			w.look(t.Context(), false)
			if !w.has(Damaged) {
				t.Errorf("%v", s.Troubles())
			}
			if err := writes(s)["a vote"](t.Context()); !errors.Is(err, ErrNotKept) {
				t.Errorf("a vote: %v", err)
			}
			if broken, err := s.Broken(t.Context()); name == "a bit of a setting" && !broken["a"] || err != nil {
				t.Errorf("%v, %v", broken, err)
			}
		})
	}
}

// One copy a day is made, of what there is; so many are kept, and those that were made before a migration besides.
func TestGenerations(t *testing.T) {
	storetest.OfSQLite(t)
	dir := t.TempDir()
	s := open(t, dir)
	for n := range 5 {
		day := noon.AddDate(0, 0, n)
		if _, err := s.Apply(t.Context(), put("a", "mill", day.String())); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Generation(t.Context(), day, 3); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := copyInto(t.Context(), s.read, s.dir, "before-version-2"); err != nil {
		t.Fatal(err)
	}
	if err := s.Generation(t.Context(), noon.AddDate(0, 0, 5), 3); err != nil {
		t.Fatal(err)
	}
	all, err := Generations(dir)
	if err != nil || len(all) != 4 {
		t.Fatalf("%v, %v", all, err)
	}
	for _, g := range all {
		copied := filepath.Join(t.TempDir(), "x")
		if err := os.Mkdir(copied, 0o700); err != nil {
			t.Fatal(err)
		}
		copyFile(t, g.Path, filepath.Join(copied, FileName))
		documents, err := open(t, copied).Documents(t.Context())
		if err != nil || len(documents) != 1 {
			t.Errorf("%s: %v, %v", g.Path, documents, err)
		}
		if info, err := os.Stat(g.Path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", g.Path, info.Mode(), err)
		}
	}
}

// Of a damaged database no copy takes the place of one from before.
func TestNoGenerationOfDamage(t *testing.T) {
	storetest.OfSQLite(t)
	w, _ := watched(t, t.TempDir())
	w.Backups = 1
	day := noon
	w.guard.now = func() time.Time { return day }
	w.look(t.Context(), false)
	harms["a page overwritten"](t, w.path)
	day = day.AddDate(0, 0, 1)
	w.took = 0
	w.look(t.Context(), true)
	if all, err := Generations(w.dir); err != nil || len(all) != 1 || all[0].Day != noon.Format(dayLayout) {
		t.Errorf("%v, %v", all, err)
	}
	w.closed.Store(true)
	_ = w.close()
}

// Before the schema is brought up to date, there is a copy of what was.
func TestCopyBeforeMigration(t *testing.T) {
	storetest.OfSQLite(t)
	dir := t.TempDir()
	copyFile(t, filepath.Join("testdata", "version1.db"), filepath.Join(dir, FileName))
	for range 2 { // the second time there is nothing to bring up to date
		s, err := Config{Copies: true}.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Generations(dir)
	if err != nil || len(all) != 1 || all[0].Day != "" {
		t.Fatalf("%v, %v", all, err)
	}
	copied := t.TempDir()
	copyFile(t, all[0].Path, filepath.Join(copied, FileName))
	if version, err := Snapshot(t.Context(), copied, filepath.Join(t.TempDir(), "x")); err != nil || version != 1 {
		t.Errorf("version %d, %v", version, err)
	}
}

// Watch ends with its context, and looks at once when an error asks for it.
func TestWatch(t *testing.T) {
	storetest.OfSQLite(t)
	s := open(t, used(t))
	told := make(chan Trouble, 10)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Watch(ctx, Watch{every: time.Hour, Tell: func(t Trouble, _ bool) { told <- t }})
	}()
	s.guard.note(Lost, errors.New("x"))
	s.guard.ask()
	for (<-told).Kind != Lost {
	}
	cancel()
	<-done
}
