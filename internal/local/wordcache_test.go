package local

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/vectors"
)

// restarted is an engine that begins with what a folder keeps; "" for none.
func restarted(t *testing.T, corpus *article.Corpus, dir string) *ask.Engine {
	t.Helper()
	config := ask.Config{Embedder: vectors.Unembedded{}, Index: chromemindex.New(), Extractor: NewExtractor()}
	if dir != "" {
		config.Words = inverted.NewCache(dir)
	}
	e, err := ask.New(config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Replace(t.Context(), corpus, nil, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// kept are the files of a folder.
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}

func copied(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// small is a folder of some documents with its cache, which was made by more than one load.
func small(t *testing.T) (p *prose, documents map[string][]string, dir string) {
	t.Helper()
	p = newProse(7, 150)
	documents = map[string][]string{}
	for i := range 4 {
		for range 3 + p.random.IntN(8) {
			slug := fmt.Sprintf("d%d", i)
			documents[slug] = append(documents[slug], p.paragraph())
		}
	}
	documents["twice"] = []string{documents["d0"][0], documents["d0"][0]}
	dir = t.TempDir()
	e := restarted(t, corpusOf(t, documents), dir)
	for range 3 {
		p.edit(documents)
		if _, err := e.Replace(t.Context(), corpusOf(t, documents), nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	return p, documents, dir
}

// TestCacheAnswersTheSame starts with what an engine before has kept of the documents, all of which or some are the
// same. It finds and answers, to the last bit, what an engine does that reads them.
func TestCacheAnswersTheSame(t *testing.T) {
	p, documents, dir := small(t)
	for step := range 6 {
		corpus := corpusOf(t, documents)
		e := restarted(t, corpus, dir)
		sameAsCold(t, fmt.Sprint("step ", step), e, engineWithoutCache(t), p.queries(documents))
		before := kept(t, dir)
		if restarted(t, corpus, dir); len(before) < 2 || fmt.Sprint(kept(t, dir)) != fmt.Sprint(before) {
			t.Errorf("step %d: the same documents again, and other files", step)
		}
		for range step {
			p.edit(documents)
		}
	}
}

func engineWithoutCache(t *testing.T) *ask.Engine {
	t.Helper()
	e, err := ask.New(ask.Config{Embedder: vectors.Unembedded{}, Index: chromemindex.New(), Extractor: NewExtractor()})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestCacheDamaged damages the files in each way that files are: what is there then is not looked at, and is there
// again afterwards, whole and without remains.
func TestCacheDamaged(t *testing.T) {
	p, documents, dir := small(t)
	corpus, queries, cold := corpusOf(t, documents), p.queries(documents)[:1], engineWithoutCache(t)
	files := kept(t, dir)
	harms := map[string]func(data string) string{
		"a bit":         func(data string) string { return flipped(data, len(data)/2) },
		"the first bit": func(data string) string { return flipped(data, 0) },
		"the last bit":  func(data string) string { return flipped(data, len(data)-1) },
		"cut short":     func(data string) string { return data[:len(data)/2] },
		"longer":        func(data string) string { return data + "x" },
		"empty":         func(string) string { return "" },
		"of zeros":      func(data string) string { return strings.Repeat("\x00", len(data)) },
		"another":       func(string) string { return "this is not what was written" },
	}
	for _, name := range slices.Sorted(maps.Keys(files))[:2] { // the edition, and one of the segments
		for how, harm := range harms {
			harmed := copied(t, files)
			if err := os.WriteFile(filepath.Join(harmed, name), []byte(harm(files[name])), 0o600); err != nil {
				t.Fatal(err)
			}
			sameAsCold(t, name+": "+how, restarted(t, corpus, harmed), cold, queries)
			after := kept(t, harmed)
			if after["edition"] == "" || len(after) > len(files) {
				t.Errorf("%s: %s: %d files before, %d after", name, how, len(files), len(after))
			}
			sameAsCold(t, name+": "+how+", again", restarted(t, corpus, harmed), cold, queries)
			if again := kept(t, harmed); fmt.Sprint(again) != fmt.Sprint(after) {
				t.Errorf("%s: %s: it was not mended", name, how)
			}
		}
		gone := copied(t, files)
		if err := os.Remove(filepath.Join(gone, name)); err != nil {
			t.Fatal(err)
		}
		sameAsCold(t, name+" is gone", restarted(t, corpus, gone), cold, queries)
	}
}

func flipped(data string, at int) string { return data[:at] + string(data[at]^4) + data[at+1:] }

// What cannot be written costs the next start time and nothing else. What other programs have in the folder stays;
// what a crash left goes.
func TestCacheFolder(t *testing.T) {
	p, documents, dir := small(t)
	corpus := corpusOf(t, documents)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	sameAsCold(t, "no folder", restarted(t, corpus, filepath.Join(file, "words")), engineWithoutCache(t),
		p.queries(documents))
	for _, name := range []string{"words-new", "words-OLD", "others"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	documents["one-more"] = []string{p.paragraph()}
	restarted(t, corpusOf(t, documents), dir)
	names := kept(t, dir)
	if names["others"] == "" || names["words-new"] != "" || names["words-OLD"] != "" {
		t.Errorf("there are %v", slices.Sorted(maps.Keys(names)))
	}
}
