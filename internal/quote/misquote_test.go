package quote

import (
	"slices"
	"strings"
	"testing"
)

func TestMisquote(t *testing.T) {
	in := []Quotation{
		{Words: "We will rebuild every house on this river, and nobody will pay for it alone."},
		{Words: "Nobody asked the farmers."},
		{Words: "It was the worst flood in a hundred years,"},
	}
	tests := []struct {
		name, said, want string // want: = same, - missing, + wrong, ~ beyond
	}{
		{"exact", "nobody asked the FARMERS", "=Nobody asked the farmers"},
		{"one word wrong", "Nobody told the farmers", "=Nobody|-asked|+told|=the farmers"},
		{"a part, with a word left out", "rebuild house on this river", "~We will|=rebuild|-every|=house on this " +
			"river|~and nobody will pay for it alone"},
		{"words added", "It was the very worst flood in a hundred years",
			"=It was the|+very|=worst flood in a hundred years"},
		{"wrong at the end", "the worst flood in a decade", "~It was|=the worst flood in a|+decade|~hundred years"},
		{"far from all", "taxes must come down now", ""},
		{"function words alone", "it was in the", ""},
		{"small words and one other", "It was the worst taxes in a gold silver", ""},
		{"less than half of it", "river house taxes must come down now today", ""},
		{"one word of two", "farmers taxes", ""},
		{"one word", "farmers", "~Nobody asked the|=farmers"},
		{"nothing", " … ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, diff, ok := Misquote(tt.said, in)
			var got []string
			for _, e := range diff {
				got = append(got, string("=-+~"[e.Kind])+e.Words)
			}
			if s := strings.Join(got, "|"); s != tt.want || ok != (tt.want != "") {
				t.Errorf("%q of %q, want %q", s, q.Words, tt.want)
			}
		})
	}
}

func FuzzMisquote(f *testing.F) {
	f.Add("we will rebuild", "We will rebuild every house", "Nobody asked")
	f.Fuzz(func(t *testing.T, said, a, b string) {
		q, diff, ok := Misquote(said, []Quotation{{Words: a}, {Words: b}})
		if !ok {
			return
		}
		at := 0
		for _, e := range diff {
			text := q.Words
			if e.Kind == Wrong {
				text = said
			}
			if e.Words == "" || !strings.Contains(text, e.Words) {
				t.Fatalf("%q is not in %q", e.Words, text)
			}
			if e.Kind != Wrong {
				n := strings.Index(q.Words[at:], e.Words)
				if n < 0 {
					t.Fatalf("%q is out of order", e.Words)
				}
				at += n + len(e.Words)
			}
		}
	})
}

// What is typed whole stands before its beginning, and a family name before a given one.
func TestMatchSpeakerOrder(t *testing.T) {
	names := []string{"Mir Khan", "Ali Mirza", "Ali Mir", "Ali Amir"}
	if got, want := MatchSpeaker("mir", names), []string{"Ali Mir", "Mir Khan", "Ali Mirza"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMatchSpeaker(t *testing.T) {
	names := []string{"Zabihullah Mujahid", "Asfandyar Mir", "Abdul Basit", "Pakistan's Foreign Ministry",
		"Søren Kierkegård", "Amir Khan", "Imran Ahmed Khan Niazi", "a resident"}
	tests := []struct {
		typed string
		want  []string
	}{
		{"mir", []string{"Asfandyar Mir"}},
		{"Mujahed", []string{"Zabihullah Mujahid"}},
		{"zabiullah mujahid", []string{"Zabihullah Mujahid"}},
		{"BASIT, Abdul", []string{"Abdul Basit"}},
		{"foreign ministry", []string{"Pakistan's Foreign Ministry"}},
		{"kierkegard", []string{"Søren Kierkegård"}},
		{"khan", []string{"Amir Khan", "Imran Ahmed Khan Niazi"}},
		{"asf", []string{"Asfandyar Mir"}},
		{"xi", nil},
		{"  ", names},
		{strings.Repeat("mir ", 50), nil},
		{strings.Repeat(" ", 100) + "mir", names},     // beyond what anybody types
		{"zabihalah", []string{"Zabihullah Mujahid"}}, // two slips in a long word
		{"zabihol", []string{"Zabihullah Mujahid"}},   // the beginning, with one
		{"zabxxol", nil},
		{"basti", []string{"Abdul Basit"}}, // two letters in the wrong order
		{"bsati", nil},
		{"abdlu bast", []string{"Abdul Basit"}},
		{"mri", nil}, // no slip in a short word
		{"kierkegaardsens", nil},
		{"mir mir", nil}, // each word once
		{"ahmed imran", []string{"Imran Ahmed Khan Niazi"}},
	}
	for _, tt := range tests {
		if got := MatchSpeaker(tt.typed, names); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.typed, got, tt.want)
		}
	}
}
