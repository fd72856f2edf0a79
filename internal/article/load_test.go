package article

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// Everything that is wrong with a folder is said at once, and what is good is loaded.
func TestLoad(t *testing.T) {
	c, err := Load(fstest.MapFS{
		"good.md":      file("Text."),
		"sub/also.txt": file("Text."),
		"README.md":    file("Text."),
		"sub/GOOD.TXT": file("Text."),
		"sub/Twin.md":  file("Text."),
		"sub/twin.txt": file("Text."),

		"node_modules/x/README.md": file("Text."), // installed, so somebody else's
		"date.md":                  file("---\npublished: soon\nurl: x\n---\nText."),
		"empty.txt":                file(""),
		"paper.pdf":                file("%PDF-1.4"),
		"lying.txt":                file("%PDF-1.4"),
		"nul.txt":                  file("a\nb\x00"),
		".hidden.md":               file("Text."),
		".git/x.md":                file("Text."),
		"picture.png":              file("\x89PNG"),
		"docs.go":                  file("package docs"),
		"big.txt":                  file(strings.Repeat("a", maxFileBytes+1)),
		"pipe.txt":                 {Mode: fs.ModeNamedPipe},
		strings.Repeat("d/", maxDepth+1) + "deep.md": file("Text."),
	})
	var slugs []string
	for _, d := range c.Documents() {
		slugs = append(slugs, d.Slug)
	}
	if got := strings.Join(slugs, " "); got != "also good readme sub-good twin" {
		t.Errorf("loaded %s", got)
	}
	if err == nil {
		t.Fatal("no error")
	}
	got := err.Error()
	for _, want := range []string{
		"big.txt:1: larger than 10 MiB",
		"date.md:2: published: want a day",
		"date.md:3: url: want an address",
		"empty.txt:1: no paragraph",
		"lying.txt:1: not a text but a PDF",
		"nul.txt:2: byte 3: a NUL byte",
		"paper.pdf:1: not a text file",
		"pipe.txt:1: not a file",
		`sub/twin.txt:1: it would be called "twin" like sub/Twin.md`,
		"folders are nested deeper",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 10 {
		t.Errorf("%d lines, want 10:\n%s", n, got)
	}
	if bad, ok := errors.AsType[*FileError](err); !ok || bad.Path == "" || bad.Line < 1 {
		t.Errorf("not a FileError: %v", err)
	}
}

// A converter is asked about every file that is loaded, and what it makes is called like the file.
func TestLoadWith(t *testing.T) {
	c, err := LoadWith(fstest.MapFS{
		"paper.PDF":   file("%PDF"),
		"lying.txt":   file("%PDF"),
		"text.md":     file("# A title\n\nText."),
		"broken.docx": file("broken"),
		"empty.epub":  file("empty"),
		"text.html":   file("Text."),
		"old.doc":     file("Text."),
		"picture.png": file("%PDF"),
	}, func(name string, data []byte) ([]byte, error) {
		switch string(data) {
		case "%PDF":
			return []byte("---\ntitle: Converted\n---\n\nOne of " + name + ".\n\nTwo."), nil
		case "broken":
			return nil, errors.New("it is broken")
		case "empty":
			return []byte("\n"), nil
		}
		return nil, nil
	})
	for _, want := range []struct{ slug, path, title, first string }{
		{"paper", "paper.PDF", "Converted", "One of paper.PDF."},
		{"lying", "lying.txt", "Converted", "One of lying.txt."},
		{"text", "text.md", "A title", "Text."},
	} {
		d, ok := c.Document(want.slug)
		if !ok || d.Path != want.path || d.Title != want.title || d.Passages[0].Text != want.first {
			t.Errorf("%s: %+v", want.slug, d)
		}
	}
	if len(c.Documents()) != 3 || err == nil {
		t.Fatalf("%d documents, %v", len(c.Documents()), err)
	}
	for _, want := range []string{
		"broken.docx:1: it is broken", "empty.epub:1: no paragraph in it", "text.html:1: not what its name says",
		"old.doc:1: not a text file",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}

func TestLoadNothing(t *testing.T) {
	for name, fsys := range map[string]fs.FS{
		"empty":   fstest.MapFS{},
		"others":  fstest.MapFS{"a.png": file("x")},
		"bad":     fstest.MapFS{"a.txt": file("")},
		"missing": os.DirFS(filepath.Join(t.TempDir(), "missing")),
	} {
		c, err := Load(fsys)
		if c == nil || c.Len() != 0 || !errors.Is(err, ErrNoDocuments) {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
}

func TestLoadMany(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range maxFiles + 2 {
		fsys[fmt.Sprintf("%06d.txt", i)] = file("Text.")
	}
	c, err := Load(fsys)
	if len(c.Documents()) != maxFiles || err == nil ||
		!strings.Contains(err.Error(), "010000.txt:1: more than 10000 files") {
		t.Errorf("%d documents, %v", len(c.Documents()), err)
	}
}

// Links are followed inside the root and no further.
func TestLoadLinks(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{
		filepath.Join(outside, "secret.txt"): "Secret.",
		filepath.Join(dir, "real.txt"):       "Text.",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"inside.txt": "real.txt", "outside.txt": filepath.Join(outside, "secret.txt"), "dir": outside, "loop.txt": "loop.txt",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	c, err := Load(root.FS())
	if len(c.Documents()) != 2 || err == nil {
		t.Fatalf("%d documents, %v", len(c.Documents()), err)
	}
	for _, want := range []string{"outside.txt:1: cannot be read", "loop.txt:1: cannot be read"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := []byte(strings.Repeat("Mr. Khan came on April 16. \"It is over,\" he said, and left the U.S. Army there.\n\n",
		1000))
	for _, name := range []string{"a.txt", "a.md"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Parse(name, text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
