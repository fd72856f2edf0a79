package dispatch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/mirror"
)

// kept is what is known of a source with two files, one of which fails.
const kept = `{"kind": "sitemap", "from": "https://example.org/sitemap.xml", "read": "2024-03-01T12:00:00Z", "files": {
"install.md": {"url": "https://example.org/install", "written": "1"},
"use.md": {"url": "https://example.org/use", "written": "2", "why": "it took longer than 20s",
	"failing_since": "2024-03-01T12:00:00Z"},
"never.md": {"url": "https://example.org/never", "why": "there is no such page (any more)"}}}`

// withSource gives the house a source called handbook.
func withSource(t *testing.T, h *house) {
	t.Helper()
	m := &mirror.Mirrors{Dir: t.TempDir(), Now: time.Now}
	if err := os.Mkdir(filepath.Join(m.Dir, "handbook"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.Dir, "handbook", ".source.json"), []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"handbook/install.md": "Take the boat to the island.",
		"handbook/use.md": "Turn the wheel."} {
		h.shared[name] = &fstest.MapFile{Data: []byte(text)}
	}
	h.admin.Sources = m.List
	if _, err := h.Engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestSourcesAreListedTogether(t *testing.T) {
	h := newHouse(t)
	withSource(t, h)
	lines := func(r commands.Reply) (all []string) {
		for _, b := range r.Blocks {
			all = append(all, b.Text)
		}
		return all
	}
	place := func(all []string, begin string) int {
		for i, line := range all {
			if strings.HasPrefix(line, begin) {
				return i
			}
		}
		t.Errorf("nothing begins with %q in %q", begin, all)
		return -1
	}
	const failing = "handbook/use.md: its address could not be read just now (it took longer than 20s)"
	for _, who := range []string{"ada", "mia"} {
		in := people[who]
		in.Args = commands.Args{"private": "true"}
		r, err := h.Run(t.Context(), "documents list", in)
		if err != nil {
			t.Fatal(err)
		}
		all := lines(r)
		head := place(all, "handbook · 2 documents")
		if head < 0 || place(all, "Install") < head || place(all, "Use") < head || place(all, "The ferry") > head {
			t.Errorf("%s sees %q", who, all)
		}
		if where := strings.Contains(all[head], "https://example.org/sitemap.xml"); where != (who == "ada") {
			t.Errorf("%s sees %q", who, all[head])
		}
	}
	r, err := h.Run(t.Context(), "documents", commands.Input{From: commands.Terminal})
	if err != nil {
		t.Fatal(err)
	}
	if all := lines(r); place(all, "handbook · 2 documents") < place(all, "The ferry") || place(all, failing) < 0 {
		t.Errorf("%q", all)
	}
	in := people["ada"]
	if r, err = h.Run(t.Context(), "status", in); err != nil || place(lines(r), failing) < 0 {
		t.Errorf("%v", err)
	}
}
