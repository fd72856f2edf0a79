package article

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

// TestDigest changes one thing at a time: what a reader can see is in the digest, where the file lies is not, and a
// copy of a document out of a corpus is not taken for the original.
func TestDigest(t *testing.T) {
	d, err := Parse("tides.md", []byte("# Tides\n\nThe moon pulls the sea.\n\n## Twice a day\n\nSo does the sun.\n"))
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := corpus.Document("tides")
	if sealed.Digest() != d.Digest() {
		t.Error("a corpus changed the digest of its document")
	}
	for name, test := range map[string]struct {
		change func(d *Document)
		same   bool
	}{
		"nothing":   {func(*Document) {}, true},
		"path":      {func(d *Document) { d.Path = "elsewhere/tides.md" }, true},
		"promos":    {func(d *Document) { d.Promos = 7 }, true},
		"slug":      {func(d *Document) { d.Slug = "ebb" }, false},
		"title":     {func(d *Document) { d.Title = "Ebb" }, false},
		"author":    {func(d *Document) { d.Author = "Ada Brook" }, false},
		"source":    {func(d *Document) { d.Source = "Harbor News" }, false},
		"url":       {func(d *Document) { d.URL = "https://example.org/" }, false},
		"published": {func(d *Document) { d.Published = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) }, false},
		"fewer":     {func(d *Document) { d.Passages = d.Passages[:1] }, false},
		"others":    {func(d *Document) { d.Passages = d.Passages[1:] }, false},
		"text": {func(d *Document) {
			d.Passages = slices.Clone(d.Passages)
			d.Passages[1].Text = "So does the wind."
		}, false},
		"heading": {func(d *Document) {
			d.Passages = slices.Clone(d.Passages)
			d.Passages[1].Heading = "Once a day"
		}, false},
	} {
		for from, original := range map[string]Document{"parsed": d, "from a corpus": sealed} {
			changed := original
			test.change(&changed)
			if same := changed.Digest() == original.Digest(); same != test.same {
				t.Errorf("%s changed, %s: the same digest = %v", name, from, same)
			}
			again, err := NewCorpus(changed)
			if err != nil {
				t.Fatal(err)
			}
			if same := again.Digest() == corpus.Digest(); same != test.same {
				t.Errorf("%s changed, %s: the same digest of the corpus = %v", name, from, same)
			}
		}
	}
}

// TestLoaderParsesWhatChanged loads a folder several times: a file whose bytes are the same is not read into a document
// again, one that failed is tried again, and one that came back is found.
func TestLoaderParsesWhatChanged(t *testing.T) {
	made := map[string]int{}
	broken := true
	loader := NewLoader(func(name string, data []byte) ([]byte, error) {
		made[name]++
		if broken && name == "c.html" {
			return nil, errors.New("it cannot be read today")
		}
		return data, nil
	})
	folder := fstest.MapFS{
		"a.html": {Data: []byte("The ebb lasts six hours.")}, "b.html": {Data: []byte("So does the flood.")},
		"c.html": {Data: []byte("Slack water is short.")},
	}
	load := func(wantDocuments int, wantErr bool) *Corpus {
		t.Helper()
		c, err := loader.Load(folder)
		if len(c.Documents()) != wantDocuments || (err != nil) != wantErr {
			t.Fatalf("%d documents, %v", len(c.Documents()), err)
		}
		return c
	}
	load(2, true)
	broken = false
	first := load(3, false)
	if again := load(3, false); again.Digest() != first.Digest() {
		t.Error("the same files have another digest")
	}
	folder["b.html"] = &fstest.MapFile{Data: []byte("The flood lasts five hours.")}
	if changed := load(3, false); changed.Digest() == first.Digest() {
		t.Error("a file was changed, and the digest was not")
	}
	if want := map[string]int{"a.html": 1, "b.html": 2, "c.html": 2}; !maps.Equal(made, want) {
		t.Errorf("files were converted %v times, want %v", made, want)
	}
	removed := folder["a.html"]
	delete(folder, "a.html")
	load(2, false)
	folder["a.html"] = removed
	if c := load(3, false); made["a.html"] != 2 {
		t.Errorf("a file that came back: %d documents, converted %d times", len(c.Documents()), made["a.html"])
	}
}
