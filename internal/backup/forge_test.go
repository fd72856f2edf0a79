package backup

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// forge makes archives that Create never would.
type forge struct {
	t    *testing.T
	data bytes.Buffer
	zip  *zip.Writer
	m    Manifest
}

func newForge(t *testing.T) *forge {
	f := &forge{t: t, m: Manifest{Program: program, Format: Format, Schema: 1, Made: made}}
	f.zip = zip.NewWriter(&f.data)
	return f
}

func (f *forge) member(h zip.FileHeader, text string) {
	f.t.Helper()
	w, err := f.zip.CreateHeader(&h)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *forge) named(name, text string) {
	sum := sha256.Sum256([]byte(text))
	f.m.Members = append(f.m.Members, Member{name, int64(len(text)), hex.EncodeToString(sum[:]), made})
}

func (f *forge) close() []byte {
	f.t.Helper()
	text, err := json.Marshal(f.m)
	if err != nil {
		f.t.Fatal(err)
	}
	f.member(zip.FileHeader{Name: manifestName}, string(text))
	if err := f.zip.Close(); err != nil {
		f.t.Fatal(err)
	}
	return f.data.Bytes()
}

func TestForgeries(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	both := func(name string) func(*forge) {
		return func(f *forge) { f.member(zip.FileHeader{Name: name}, "x"); f.named(name, "x") }
	}
	for _, test := range []struct {
		name, want string
		make       func(f *forge)
	}{
		{"a file that is not named", "does not name", func(f *forge) {
			both(
				"data/a")(f)
			f.member(zip.FileHeader{Name: "data/extra"}, "x")
		}},
		{"a name without a file", "is missing", func(f *forge) { both("data/a")(f); f.named("data/b", "x") }},
		{"the manifest as a member", "is missing", func(f *forge) { f.named(manifestName, "x") }},
		{"another text", "is damaged", func(f *forge) {
			f.member(zip.FileHeader{Name: "data/a"}, "y")
			f.named(
				"data/a", "x")
		}},
		{"another size", "does not have the size", func(f *forge) {
			f.member(zip.FileHeader{Name: "data/a"}, "yy")
			f.named(
				"data/a", "x")
		}},
		{"out of the folder", "leads out", both("documents/../../a")},
		{"absolute", "leads out", both("/etc/passwd")},
		{"Windows", "leads out", both(`documents\..\a`)},
		{"a drive", "", both("documents/c:a")}, // a plain name here; os.Root refuses it on Windows
		{"a control", "leads out", both("documents/a\x00b")},
		{"a dot", "leads out", both("documents/./a")},
		{"deep", "leads out", both("documents/" + strings.Repeat("d/", 40) + "a")},
		{"long", "leads out", both("documents/" + strings.Repeat("d", 300))},
		{"a file below a file", "manifest is damaged", func(f *forge) { both("documents/a")(f); both("documents/a/b")(f) }},
		{"twice", "two files of the name", func(f *forge) {
			both(
				"data/a")(f)
			f.member(zip.FileHeader{Name: "data/a"}, "x")
		}},
		{"a link", "no plain file", func(f *forge) {
			h := zip.FileHeader{Name: "documents/a"}
			h.SetMode(fs.ModeSymlink | 0o777)
			f.member(h, "/etc/passwd")
			f.named("documents/a", "/etc/passwd")
		}},
		{"a folder", "is packed|no plain file|missing", func(f *forge) {
			both(
				"data/a")(f)
			f.member(zip.FileHeader{Name: "data/d/"}, "")
		}},
		{"a bomb", "is packed", func(f *forge) {
			text := strings.Repeat("0", 64<<20)
			f.member(zip.FileHeader{Name: "data/a", Method: zip.Deflate}, text)
			f.named("data/a", text)
		}},
		{"newer", "a newer Pilcrow", func(f *forge) { both("data/a")(f); f.m.Format = 2 }},
		{"of another program", "not a backup of Pilcrow", func(f *forge) { both("data/a")(f); f.m.Program = "x" }},
		{"nothing", "manifest is damaged", func(*forge) {}},
		{"a size below zero", "manifest is damaged", func(f *forge) { both("data/a")(f); f.m.Members[0].Size = -1 }},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newForge(t)
			test.make(f)
			file := filepath.Join(t.TempDir(), "b.zip")
			if err := os.WriteFile(file, f.close(), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := extracted(t, file)
			bad, ok := errors.AsType[*Error](err)
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (!ok || !slices.ContainsFunc(strings.Split(test.want, "|"),
				func(w string) bool { return strings.Contains(bad.Msg, w) })):
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
