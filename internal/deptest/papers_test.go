package deptest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// papers are what a newcomer reads first.
var papers = []string{"README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"}

var (
	// rooted is a path of this repository, wherever it stands.
	rooted = regexp.MustCompile("(?:^|[\\s`(])((?:internal|cmd|\\.ci|tools|packaging)/(?:[\\w./*-]|\\{[^{}]*\\})*[\\w*}])")
	// file is a source file between backquotes, by its path or as ARCHITECTURE.md shortens it: `claim/rules.go`.
	// README.md speaks of the files of other people, too, and is not asked for these.
	file = regexp.MustCompile("`([\\w*][\\w./*-]*\\.(?:go|txt|txtar))`")
	// blank stands for a name that the reader chooses: internal/commands/PACKAGE/NAME.go
	blank = regexp.MustCompile(`PACKAGE|NAME`)
	group = regexp.MustCompile(`\{([^{}]*)\}`)
)

// TestPapers holds that every path exists that the papers name, so that whoever follows them arrives.
func TestPapers(t *testing.T) {
	root := filepath.Join("..", "..")
	names := fileNames(t, root)
	for _, paper := range papers {
		text, err := os.ReadFile(filepath.Join(root, paper))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for n, line := range strings.Split(string(text), "\n") {
			paths := rooted.FindAllStringSubmatch(line, -1)
			if paper != "README.md" {
				paths = append(paths, file.FindAllStringSubmatch(line, -1)...)
			}
			for _, m := range paths {
				for _, name := range spread(m[1]) {
					found++
					if !exists(root, names, name) {
						t.Errorf("%s:%d: there is no %s: write where it is now", paper, n+1, name)
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: no path was found in it", paper)
		}
	}
}

// TestFloorsArePapered holds that ARCHITECTURE.md names every package that has a floor.
func TestFloorsArePapered(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range floors {
		for _, p := range f.packages {
			if !regexp.MustCompile(`\b` + path.Base(p) + `\b`).Match(text) {
				t.Errorf("ARCHITECTURE.md does not name %s: add it to “The floors”, or to the list of its rooms (%s)", p, f.idea)
			}
		}
	}
}

func TestSpread(t *testing.T) {
	for name, want := range map[string][]string{
		"internal/{local, static}":          {"internal/local", "internal/static"},
		"internal/commands/PACKAGE/NAME.go": {"internal/commands/*/*.go"},
		"a/{b,c}/{d,e}":                     {"a/b/d", "a/b/e", "a/c/d", "a/c/e"},
		"timeline/rules*.go":                {"timeline/rules*.go"},
	} {
		if got := spread(name); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// spread lists what a path with blanks and groups means.
func spread(name string) []string {
	name = blank.ReplaceAllString(name, "*")
	at := group.FindStringSubmatchIndex(name)
	if at == nil {
		return []string{name}
	}
	var all []string
	for one := range strings.SplitSeq(name[at[2]:at[3]], ",") {
		all = append(all, spread(name[:at[0]]+strings.TrimSpace(one)+name[at[1]:])...)
	}
	return all
}

// exists tells whether there is such a file or folder: under the root, in a package of internal, or, of a name alone,
// anywhere.
func exists(root string, names map[string]bool, name string) bool {
	if names[name] {
		return true
	}
	for _, below := range []string{"", "internal", "internal/rag", "internal/commands", "internal/discord", "cmd/bot"} {
		if found, err := filepath.Glob(filepath.Join(root, below, filepath.FromSlash(name))); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// fileNames are the names of all files, without their folders.
func fileNames(t *testing.T, root string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case !entry.IsDir():
			names[entry.Name()] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
