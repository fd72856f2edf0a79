package packed

import (
	"reflect"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
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
	packed := Speech(said)
	got, err := ReadSpeech(packed, &d)
	if err != nil || !reflect.DeepEqual(got, said) {
		t.Errorf("%v\n%+v\n%+v", err, got, said)
	}
	none, err := ReadSpeech(Speech(quote.Speech{}), &d)
	if err != nil || !reflect.DeepEqual(none, quote.Speech{}) {
		t.Errorf("nothing: %+v, %v", none, err)
	}
	for cut := range packed {
		if _, err := ReadSpeech(packed[:cut], &d); err == nil {
			t.Errorf("cut at %d: no error", cut)
		}
	}
	d.Passages = d.Passages[:1]
	if _, err := ReadSpeech(packed, &d); err == nil {
		t.Error("of another document: no error")
	}
}
