package article

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A document is called by its file, its folder where it is the folder's index, and as much of its path as tells it from
// others.
func TestSlugsOf(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"alone": {"guide/setup.md": "setup", "news.md": "news"},
		"indexes": {"install/index.md": "install", "use/README.md": "use", "blog/_index.md": "blog",
			"index.md": "index"},
		"same name":          {"a/setup.md": "a-setup", "b/setup.md": "b-setup"},
		"the higher keeps":   {"setup.md": "setup", "b/setup.md": "b-setup", "a/b/setup.md": "a-b-setup"},
		"as much as needed":  {"x/a/set.md": "x-a-set", "y/a/set.md": "y-a-set", "y/b/set.md": "b-set"},
		"index beside page":  {"guide.md": "guide", "guide/index.md": "guide-index"},
		"index and its like": {"x/index.md": "x", "y/x.md": "y-x"},
		"languages":          {"x/index.de.md": "x-de", "x/index.md": "x", "fr/x/index.md": "fr-x"},
		"two indexes":        {"v/README.md": "readme", "v/index.md": "v", "w/README.md": "w"},
		"indexes alike":      {"a/use/index.md": "a-use", "b/use/index.md": "b-use"},
		"twins":              {"d/a.md": "a", "d/a.txt": "a"},
		"twins by accent":    {"d/Ä.md": "a", "d/a.md": "a"},
		"no letters":         {"a/---.md": "a-document", "b/!.md": "b-document"},
		"no letters above":   {"!/index.md": "index", "?/x.md": "x"},
		"names of languages": {"readme.contributing-guide.md": "readme-contributing-guide"},
	} {
		var files []string
		for file := range want {
			files = append(files, file)
		}
		slices.Sort(files)
		got := slugsOf(files)
		for _, file := range files {
			if got[file] != want[file] {
				t.Errorf("%s: %s is %q, want %q", name, file, got[file], want[file])
			}
		}
	}
}

// Every file of a deep tree has a slug of its own, within its bound, whatever the order.
func TestSlugsOfMany(t *testing.T) {
	var files []string
	for i := range 30 {
		for j := range 10 {
			files = append(files, fmt.Sprintf("%s%d/%s/page-%d.md", strings.Repeat("very-long-folder/", 4), i,
				strings.Repeat("name", 9), j))
		}
	}
	got, seen := slugsOf(files), map[string]string{}
	for _, file := range files {
		slug := got[file]
		if other := seen[slug]; other != "" || slug == "" || len(slug) > MaxSlugBytes {
			t.Fatalf("%s is %q like %s", file, slug, other)
		}
		seen[slug] = file
	}
	slices.Reverse(files)
	if again := slugsOf(files); !slices.EqualFunc(files, files, func(a, _ string) bool { return again[a] == got[a] }) {
		t.Error("the order of the files changes their names")
	}
}

// What comes later and deeper renames nothing, and what takes a name over is read anew.
func TestLoaderRenames(t *testing.T) {
	folder := fstest.MapFS{"a/setup.md": file("One.")}
	l := NewLoader(nil)
	slugs := func() string {
		c, err := l.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, d := range c.Documents() {
			out = append(out, d.Slug+" "+d.Passages[0].Ref.String())
		}
		return strings.Join(out, ", ")
	}
	if got := slugs(); got != "setup setup ¶1" {
		t.Error(got)
	}
	folder["a/b/setup.md"] = file("Two.")
	if got := slugs(); got != "b-setup b-setup ¶1, setup setup ¶1" {
		t.Error(got)
	}
	folder["setup.md"] = file("Three.")
	if got := slugs(); got != "a-setup a-setup ¶1, b-setup b-setup ¶1, setup setup ¶1" {
		t.Error(got)
	}
}
