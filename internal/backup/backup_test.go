package backup

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var made = time.Date(2026, 11, 23, 4, 5, 6, 0, time.UTC)

// contents are what the tests keep.
func contents() map[string]string {
	return map[string]string{
		"data/pilcrow.db": strings.Repeat("rows and rows\x00", 1000), "documents/a.md": "# A\n\nThe ferry sails.\n",
		"documents/deep/down/ß ¶.txt": "Ein Satz.", "documents/.originals/a.pdf": "%PDF-1.7", "documents/empty.txt": "",
	}
}

func archive(t testing.TB, file string, of map[string]string) Manifest {
	t.Helper()
	w, err := Create(file, true)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, name := range slices.Sorted(mapKeys(of)) {
		if err := w.Add(t.Context(), name, made, strings.NewReader(of[name])); err != nil {
			t.Fatal(err)
		}
	}
	m, err := w.Commit(Manifest{Schema: 1, Made: made, Documents: true})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mapKeys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// extracted reads an archive into a new folder.
func extracted(t testing.TB, file string) (string, error) {
	t.Helper()
	a, err := Open(file)
	if err != nil {
		return "", err
	}
	defer a.Close()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, prefix := range []string{"data", "documents"} {
		if err := a.Extract(t.Context(), prefix, root, 0o600, 0o700); err != nil {
			return dir, err
		}
		if err := a.Extract(t.Context(), prefix, nil, 0, 0); err != nil {
			t.Errorf("checked alone: %v", err)
		}
	}
	return dir, nil
}

func TestRoundTrip(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.zip")
	want := contents()
	m := archive(t, file, want)
	if m.Size() != 14_000+22+9+8 {
		t.Errorf("%d bytes", m.Size())
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	dir, err := extracted(t, file)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range want {
		_, below, _ := strings.Cut(name, "/")
		got, err := os.ReadFile(filepath.Join(dir, below))
		if err != nil || string(got) != text {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if info, err := os.Stat(filepath.Join(dir, below)); err != nil || !info.ModTime().Equal(made) {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What is in the place of an archive stays there until a whole one takes it, and without leave for good.
func TestCreateKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "notes.txt")
	check := func(when string) {
		t.Helper()
		if text, err := os.ReadFile(file); err != nil || string(text) != "my notes" {
			t.Errorf("%s: %q, %v", when, text, err)
		}
	}
	if err := os.WriteFile(file, []byte("my notes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(file, false); !errors.Is(err, ErrExists) {
		t.Error(err)
	}
	w, err := Create(file, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(t.Context(), "data/x", made, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	check("before Commit")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	check("after Close")
	w, err = Create(filepath.Join(dir, "new"), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file, filepath.Join(dir, "new")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(Manifest{}); !errors.Is(err, ErrExists) {
		t.Errorf("over a file that came meanwhile: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

// An archive that was cut, or in which any byte was changed, is refused, or restores the same bytes.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "b.zip")
	small := map[string]string{"data/pilcrow.db": "some rows", "documents/a.md": "The ferry sails at noon."}
	archive(t, file, small)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	try := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		into, err := extracted(t, file)
		if bad, ok := errors.AsType[*Error](err); ok {
			if bad.Msg == "" || strings.Contains(bad.Msg, "\n") {
				t.Errorf("%s: %q", name, bad.Msg)
			}
			return
		}
		if err != nil {
			t.Errorf("%s: not said in a sentence: %v", name, err)
			return
		}
		for member, text := range small {
			_, below, _ := strings.Cut(member, "/")
			if got, err := os.ReadFile(filepath.Join(into, below)); err != nil || string(got) != text {
				t.Errorf("%s: restored %q, %v", name, got, err)
			}
		}
	}
	for cut := 0; cut < len(whole); cut += 7 {
		try("cut", whole[:cut])
	}
	for at := range whole {
		changed := bytes.Clone(whole)
		changed[at] ^= 1 << (at % 8)
		try("changed", changed)
	}
}

// A header may promise more than there is: nothing is made of it.
func TestPromises(t *testing.T) {
	f := newForge(t)
	w, err := f.zip.CreateRaw(&zip.FileHeader{Name: "data/a", UncompressedSize64: 1 << 40, CompressedSize64: 1 << 40})
	if err == nil {
		_, err = w.Write([]byte("x"))
	}
	if err != nil {
		t.Fatal(err)
	}
	f.m.Members = []Member{{"data/a", 1 << 40, strings.Repeat("0", 64), made}}
	file := filepath.Join(t.TempDir(), "b.zip")
	if err := os.WriteFile(file, f.close(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil || !strings.Contains(err.Error(), "more than it is long") {
		t.Error(err)
	}
}

func TestNoArchive(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"empty": "", "text": "hello",
		"zip": "PK\x05\x06" + strings.Repeat("\x00", 18)} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(file); err == nil || !strings.Contains(err.Error(), "not a backup of Pilcrow") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(dir); err == nil {
		t.Error("a folder was opened")
	}
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// A reading that is given up leaves nothing.
func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	file := filepath.Join(t.TempDir(), "b.zip")
	w, err := Create(file, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add(ctx, "data/x", made, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(file)); len(entries) > 0 {
		t.Errorf("left behind: %v", entries)
	}
}

// FuzzOpen: whatever the bytes, an archive is refused in a sentence or extracted within its folder and as its manifest
// says.
func FuzzOpen(f *testing.F) {
	file := filepath.Join(f.TempDir(), "b.zip")
	archive(f, file, map[string]string{"data/pilcrow.db": "rows", "documents/a.md": "text"})
	data, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Fatalf("not said in a sentence: %v", err)
			}
			return
		}
		if a.Manifest.Size() > int64(len(data)) {
			t.Fatalf("%d bytes in %d", a.Manifest.Size(), len(data))
		}
		_ = a.Extract(t.Context(), "data", nil, 0, 0)
	})
}
