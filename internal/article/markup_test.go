package article

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

// A folder loads what it can, and names each file that it left out, with what to do about it.
func TestMarkupIsNamedAndLeftOut(t *testing.T) {
	folder := fstest.MapFS{"a.md": {Data: []byte("The ferry leaves at noon.")}, "logo.svg": {Data: []byte("<svg/>")}}
	want := map[string]string{
		"g/b.rst": "reStructuredText", "c.ADOC": "AsciiDoc", "d.asciidoc": "AsciiDoc", "e.org": "Org", "f.tex": "LaTeX",
		"h.ipynb": "a Jupyter notebook", "i.rtf": "RTF",
	}
	for name := range want {
		folder[name] = &fstest.MapFile{Data: []byte("The ferry leaves at nine.")}
	}
	c, err := Load(folder)
	if n := len(c.Documents()); n != 1 {
		t.Errorf("%d documents", n)
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != len(want) {
		t.Fatalf("%v", err)
	}
	for _, e := range joined.Unwrap() {
		bad, ok := errors.AsType[*FileError](e)
		if !ok || !strings.Contains(bad.Msg, "it is "+want[bad.Path]+", which is not read here: convert it to Markdown (") {
			t.Errorf("%v", e)
		}
		if reads, known := Reads(bad.Path); reads || !known {
			t.Errorf("%s: %v, %v", bad.Path, reads, known)
		}
		delete(want, bad.Path)
	}
	if len(want) > 0 {
		t.Errorf("nothing of %v", want)
	}
}
