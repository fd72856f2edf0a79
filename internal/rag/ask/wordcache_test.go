package ask

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// filled sets every field of a value to something that is not zero, a new one each time, so that one that is left out
// of a form is missed.
func filled(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			filled(t, field, n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			filled(t, v.Index(i), n)
		}
	case reflect.String:
		v.SetString(strings.Repeat("x", *n))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	default:
		t.Fatalf("what is a %v?", v.Type())
	}
}

// TestSpeechIsPacked packs what is said and takes it out again, with whatever fields it has.
func TestSpeechIsPacked(t *testing.T) {
	var said quote.Speech
	n := 0
	filled(t, reflect.ValueOf(&said).Elem(), &n)
	d := article.Document{Slug: "harbor"}
	text := strings.Repeat("abc", 100)
	for i := range 2 {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "harbor", N: i + 1}, Text: text})
		q, s := &said.Quotations[i], &said.Statements[i]
		q.Ref, q.Start, q.End, q.Words = d.Passages[i].Ref, 3+i, 9+i, text[3+i:9+i]
		s.Ref, s.Span = d.Passages[i].Ref, article.Span{Start: 7, End: 19}
		for k := range 2 {
			said.People[i].Refs[k] = article.Ref{Slug: "harbor", N: k + 1}
		}
	}
	packed := packSpeech(said)
	got, err := unpackSpeech(packed, &d)
	if err != nil || !reflect.DeepEqual(got, said) {
		t.Errorf("%v\n%+v\n%+v", err, got, said)
	}
	none, err := unpackSpeech(packSpeech(quote.Speech{}), &d)
	if err != nil || !reflect.DeepEqual(none, quote.Speech{}) {
		t.Errorf("nothing: %+v, %v", none, err)
	}
	for cut := range packed {
		if _, err := unpackSpeech(packed[:cut], &d); err == nil {
			t.Errorf("cut at %d: no error", cut)
		}
	}
	d.Passages = d.Passages[:1]
	if _, err := unpackSpeech(packed, &d); err == nil {
		t.Error("of another document: no error")
	}
}

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
