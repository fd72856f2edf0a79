package backup

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree reads every file below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func plant(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// From wherever a restore got to, Finish comes to the same end: every number of steps is tried.
func TestFinishFromAnywhere(t *testing.T) {
	old := map[string]string{"a.md": "old a", "b.md": "old b", "deep/c.md": "old c", ".git/config": "theirs"}
	for steps := range 9 {
		data, docs := t.TempDir(), t.TempDir()
		plant(t, docs, old)
		plant(t, data, map[string]string{"pilcrow.db": "old rows", "pilcrow.db-wal": "old log", "pilcrow.lock": ""})
		stage := func(dir string, files map[string]string) *os.Root {
			root, err := Stage(dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { root.Close() })
			plant(t, root.Name(), files)
			return root
		}
		var p Plan
		err := errors.Join(
			p.Add(data, stage(data, map[string]string{"pilcrow.db": "new rows", "pilcrow.lock": "stray"}), ".before-restore-1",
				[]string{"pilcrow.db", "pilcrow.db-wal"}, []string{"pilcrow.db"}),
			p.Add(docs, stage(docs, map[string]string{"a.md": "new a", "deep/d.md": "new d"}), ".before-restore-1",
				[]string{"a.md", "b.md", "deep"}, []string{"a.md", "deep"}),
			p.Begin(data))
		if err != nil {
			t.Fatal(err)
		}
		if !Unfinished(data) {
			t.Fatal("no journal")
		}
		// As a crash leaves it, after so many of the moves.
		done := 0
		for _, c := range p.Changes {
			for _, move := range moves(c) {
				if done++; done > steps {
					break
				}
				if err := os.MkdirAll(filepath.Join(c.Dir, c.Aside), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(filepath.Join(c.Dir, move[0]), filepath.Join(c.Dir, move[1])); err != nil {
					t.Fatal(err)
				}
			}
		}
		for range 2 {
			if err := Finish(data); err != nil {
				t.Fatal(err)
			}
		}
		if Unfinished(data) {
			t.Error("the journal is still there")
		}
		want := map[string]string{"pilcrow.db": "new rows", ".before-restore-1/pilcrow.db": "old rows",
			".before-restore-1/pilcrow.db-wal": "old log", "pilcrow.lock": ""}
		if got := tree(t, data); !maps.Equal(got, want) {
			t.Errorf("after %d steps: %v", steps, got)
		}
		want = map[string]string{"a.md": "new a", "deep/d.md": "new d", ".git/config": "theirs",
			".before-restore-1/a.md": "old a",
			".before-restore-1/b.md": "old b", ".before-restore-1/deep/c.md": "old c"}
		if got := tree(t, docs); !maps.Equal(got, want) {
			t.Errorf("after %d steps: %v", steps, got)
		}
	}
}

// moves are the steps of a change, from and to.
func moves(c Change) (all [][2]string) {
	for _, name := range c.Old {
		all = append(all, [2]string{name, filepath.Join(c.Aside, name)})
	}
	for _, name := range c.New {
		all = append(all, [2]string{filepath.Join(c.Stage, name), name})
	}
	return all
}

// What a restore left that was cut off before its journal goes with the next one.
func TestStageTidies(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{".restore-OLD/a.md": "half", "a.md": "mine", ".before-restore-1/a.md": "older"})
	root, err := Stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	want := map[string]string{"a.md": "mine", ".before-restore-1/a.md": "older"}
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if err := Finish(dir); err != nil {
		t.Errorf("without a journal: %v", err)
	}
	plant(t, dir, map[string]string{JournalName: `{"changes":`})
	if err := Finish(dir); err == nil || !strings.Contains(err.Error(), "take it away and restore again") {
		t.Errorf("a damaged journal: %v", err)
	}
}

func TestAsideNameIsNew(t *testing.T) {
	one, other := t.TempDir(), t.TempDir()
	for n, want := range []string{".before-restore-20261123T040506Z", ".before-restore-20261123T040506Z-2",
		".before-restore-20261123T040506Z-3"} {
		name := AsideName(made, one, other, "")
		if name != want {
			t.Errorf("%s, want %s", name, want)
		}
		plant(t, []string{one, other}[n%2], map[string]string{name + "/a.md": "old"})
	}
}
