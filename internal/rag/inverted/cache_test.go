package inverted

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// TestSegmentIsKept writes a segment and reads it again.
func TestSegmentIsKept(t *testing.T) {
	w := newSegmentWriter(100)
	w.read("The ebb lasts six hours. \"It is the moon,\" said Maria Lopez in 1990.",
		[]rag.Speech{{Span: article.Span{Start: 25, End: 69}, Speaker: "Maria Lopez"}})
	w.read("", nil)
	w.read("The flood lasts five, because the bay is narrow.", nil)
	s := w.finish()
	path := filepath.Join(t.TempDir(), "s")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum, err := writeSegment(f, s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readSegment(path, sum)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, s) {
		t.Errorf("%+v\n%+v", got, s)
	}
	if _, err := readSegment(path, sum+1); err == nil {
		t.Error("another file than the one that is named: no error")
	}
}
