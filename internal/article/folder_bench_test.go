package article

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
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

// longPagesOf makes the pages as long as those that people write, some 4 KB: each with the texts of nine others.
func longPagesOf() fstest.MapFS {
	pages := pagesOf()
	names := slices.Sorted(maps.Keys(pages))
	text := func(name string) []byte {
		data := pages[name].Data
		if _, rest, ok := bytes.Cut(data, []byte("\n---\n")); ok && bytes.HasPrefix(data, []byte("---\n")) {
			return rest
		}
		return data
	}
	all := fstest.MapFS{}
	for i, name := range names {
		data := bytes.Clone(pages[name].Data)
		for n := 1; n < 10; n++ {
			if other := names[(i+n)%len(names)]; path.Ext(other) == path.Ext(name) {
				data = append(append(data, "\n\n"...), text(other)...)
			}
		}
		all[name] = &fstest.MapFile{Data: data}
	}
	return all
}

// weighed is a folder that notes how much is held at most while it is read: all that a collection leaves.
type weighed struct {
	fs.FS
	opened int
	held   uint64 // bytes
}

func (w *weighed) Open(name string) (fs.File, error) {
	const every = 40 // files
	if w.opened++; w.opened%every == 0 {
		w.held = max(w.held, held())
	}
	return w.FS.Open(name)
}

// held is how many bytes of the heap are in use.
func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkFolderMemory holds 800 pages while they are loaded, and after: in times their text, of which 3 are allowed.
func BenchmarkFolderMemory(b *testing.B) {
	for name, folder := range map[string]fstest.MapFS{"short": pagesOf(), "long": longPagesOf()} {
		b.Run(name, func(b *testing.B) { weigh(b, folder) })
	}
}

func weigh(b *testing.B, folder fstest.MapFS) {
	text := 0
	for _, f := range folder {
		text += len(f.Data)
	}
	most, kept := 0.0, 0.0
	for b.Loop() {
		before := held()
		w := &weighed{FS: folder}
		c, err := Load(w)
		if err != nil {
			b.Fatal(err)
		}
		after := held()
		kept = float64(after-before) / float64(text)
		most = max(most, float64(max(w.held, after)-before)/float64(text))
		runtime.KeepAlive(c)
	}
	b.ReportMetric(most, "×text/loading")
	b.ReportMetric(kept, "×text/kept")
	b.ReportMetric(float64(text)/float64(len(folder)), "B/page")
}

// BenchmarkFolder loads 800 pages cold, beside goldmark that parses the same ones; the ratio may be 3.
func BenchmarkFolder(b *testing.B) { besideGoldmark(b, pagesOf()) }

// BenchmarkFolderLong is BenchmarkFolder with pages as long as people write them.
func BenchmarkFolderLong(b *testing.B) { besideGoldmark(b, longPagesOf()) }

func besideGoldmark(b *testing.B, folder fstest.MapFS) {
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
