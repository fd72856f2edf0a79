package article

import (
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"pilcrow/internal/article/articletest"
)

// pagesOf makes a folder of some 800 pages of documentation.
func pagesOf() fstest.MapFS {
	all := fstest.MapFS{}
	for seed := range uint64(7) {
		folder, _ := articletest.Folder(seed)
		for name, f := range folder {
			all[fmt.Sprintf("v%d/%s", seed, name)] = f
		}
	}
	return all
}

// BenchmarkFolder loads 800 pages cold, beside goldmark that parses the same ones; the ratio may be 3.
func BenchmarkFolder(b *testing.B) {
	folder := pagesOf()
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, err := Load(folder); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("goldmark", func(b *testing.B) {
		md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()
		for b.Loop() {
			err := fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				data, err := fs.ReadFile(folder, name)
				md.Parse(text.NewReader(data))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A folder of many dialects loads whole, each page under a name of its own.
func TestFolderLoads(t *testing.T) {
	folder := pagesOf()
	c, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents()) != len(folder) {
		t.Errorf("%d documents of %d pages", len(c.Documents()), len(folder))
	}
	roles := map[Role]int{}
	for _, d := range c.Documents() {
		roles[d.Role()]++
	}
	if roles[Changelog] != 7 || roles[License] != 7 || roles[Index] != 7 {
		t.Errorf("%v", roles)
	}
}
