package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
)

func document(paragraphs ...string) article.Document {
	d := article.Document{Slug: "d"}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text})
	}
	return d
}

func TestOf(t *testing.T) {
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	d := corpus.Documents()[0]
	picks := Of(nil, d, 5)
	if len(picks) != 5 {
		t.Fatalf("%d sentences", len(picks))
	}
	seen := map[int]bool{}
	for i, p := range picks {
		t.Log(p.Ref.N, p.Text)
		if p.Text != p.Span.Of(d.Passages[p.Ref.N-1].Text) {
			t.Errorf("%q is not what stands there", p.Text)
		}
		if i > 0 && (picks[i-1].Ref.N > p.Ref.N || picks[i-1].Ref.N == p.Ref.N && picks[i-1].Span.Start >= p.Span.Start) {
			t.Errorf("%v is not in reading order", p)
		}
		seen[p.Ref.N] = true
	}
	if len(seen) < 4 {
		t.Errorf("the sentences come from %d paragraphs", len(seen))
	}
	if again := Of(nil, d, 5); !slices.Equal(picks, again) {
		t.Error("another time it is another summary")
	}
}

func TestOfWhatIsCentral(t *testing.T) {
	d := document(
		"It was a day like any other in the harbor of the town, as everybody said later.",
		"The ferry to Oster sank in the storm of 1902 with forty passengers on board.",
		"Did nobody know that the ferry was too old for a storm like the one of that night?",
		"The storm sank the ferry because the owner had not repaired the hull for years. He paid nothing.",
		"Pigeons are kept on many roofs of the old quarter behind the church and the market.",
		"The ferry to Oster sank in the storm of 1902 with forty passengers on board, as was said.")
	var got []int
	for _, p := range Of(nil, d, 2) {
		got = append(got, p.Ref.N)
	}
	if !slices.Contains(got, 4) || slices.Contains(got, 2) == slices.Contains(got, 6) {
		t.Errorf("paragraphs %v, want what sank (2 or 6) and why (4)", got)
	}
}

func TestOfOddDocuments(t *testing.T) {
	long := make([]string, 2000)
	for i := range long {
		long[i] = fmt.Sprintf("The mill number %d stood on the river %d and ground the corn of the town.", i, i%7)
	}
	for _, c := range []struct {
		name string
		d    article.Document
		want int
	}{
		{"nothing", document(), 0},
		{"no sentence that stands by itself", document("Yes.", "Why?", "A day."), 0},
		{"fewer than asked for", document("The mill on the river ground the corn of all the town."), 1},
		{"long", document(long...), 5},
		{"no words", document(strings.Repeat("… ", 40)), 0},
	} {
		if got := len(Of(nil, c.d, 5)); got != c.want {
			t.Errorf("%s: %d sentences, want %d", c.name, got, c.want)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("The mill on the river ground the corn of all the town. It was old.",
		"The mill was old, and the river took it in 1902.", 3)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		for _, p := range Of(nil, document(a, b), n) {
			if p.Text != p.Span.Of([]string{a, b}[p.Ref.N-1]) {
				t.Errorf("%+v", p)
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	corpus, err := article.Load(docs.FS)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Of(nil, corpus.Documents()[0], 5)
	}
}
