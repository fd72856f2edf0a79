package admin

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/mirror"
)

// TestGroups: the documents of no source come first, and a source without one here is not listed.
func TestGroups(t *testing.T) {
	m := &mirror.Mirrors{Dir: t.TempDir(), Now: time.Now}
	if err := os.Mkdir(filepath.Join(m.Dir, "handbook"), 0o755); err != nil {
		t.Fatal(err)
	}
	const known = `{"kind": "sitemap", "from": "https://example.org/", "files": {
"use.md": {"url": "https://example.org/use", "written": "1"}}}`
	if err := os.WriteFile(filepath.Join(m.Dir, "handbook", ".source.json"), []byte(known), 0o600); err != nil {
		t.Fatal(err)
	}
	sources := m.List()
	documents := []article.Document{{Slug: "a", Path: "handbook/use.md"}, {Slug: "b", Path: "b.md"}, {Slug: "c",
		Path: "handbook/other.md"}}
	groups := grouped(documents, sources)
	if len(groups) != 2 || groups[0].source != nil || len(groups[0].documents) != 2 || groups[1].documents[0].Slug != "a" {
		t.Errorf("%+v", groups)
	}
	if groups = grouped(documents[1:], sources); len(groups) != 1 {
		t.Errorf("%+v", groups)
	}
}
