package article

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestLoadBeside loads a folder of files that are parsed side by side: small ones, large ones between them, and some
// that are refused. It gives the documents and the errors that each file gives alone, in the order of paths.
func TestLoadBeside(t *testing.T) {
	folder := fstest.MapFS{}
	for i := range 60 {
		text := fmt.Sprintf("# Page %d\n\nThe *ferry* number %d sails[^1].\n\n- a\n- b\n\n", i, i) +
			fmt.Sprintf("| x | y |\n|---|---|\n| %d | 2 |\n\n[^1]: At noon.\n", i)
		switch {
		case i%7 == 3:
			text = strings.Repeat("> ", 1000) + "too deep\n"
		case i%10 == 5:
			text += strings.Repeat("\nA line of a long page.\n", mostBeside/20)
		}
		folder[fmt.Sprintf("p%02d.md", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	corpus, err := Load(folder)
	var got []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		got = append(got, e.Error())
	}
	var documents []Document
	var refused []string
	for i := range 60 {
		name := fmt.Sprintf("p%02d.md", i)
		one, err := Load(fstest.MapFS{name: folder[name]})
		if bad, ok := errors.AsType[*FileError](err); ok {
			refused = append(refused, bad.Error())
			continue
		}
		documents = append(documents, one.Documents()...)
	}
	if len(refused) != 9 || len(documents) != 51 {
		t.Fatalf("%d refused, %d loaded", len(refused), len(documents))
	}
	if diff := cmp.Diff(refused, got); diff != "" {
		t.Errorf("refused, alone and together:\n%s", diff)
	}
	if len(corpus.Documents()) != len(documents) {
		t.Fatalf("%d documents, alone %d", len(corpus.Documents()), len(documents))
	}
	for i, d := range corpus.Documents() {
		if d.Slug != documents[i].Slug || d.Digest() != documents[i].Digest() {
			t.Errorf("%s is another document than alone", d.Slug)
		}
	}
}
