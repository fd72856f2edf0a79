package words

import (
	"slices"
	"testing"
)

func TestTokenize(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"The harbour's keepers didn't sleep.", []string{"the", "harbour", "keepers", "didn't", "sleep"}},
		{"a U.S.-led mission", []string{"a", "us.", "led", "mission"}},
		{"The US said. Tell us.", []string{"the", "us.", "said", "tell", "us"}},
		{"J. K. Rowling met D.C. voters", []string{"j", "k", "rowling", "met", "dc.", "voters"}},
		{"1,204 of 2.5 km, 56%.", []string{"1,204", "of", "2.5", "km", "56"}},
		{"Café Zoë’s", []string{"cafe", "zoe"}},
		{"well-kept", []string{"well", "kept"}},
		{"東京は", []string{"東", "京", "は"}},
		{"end.Start", []string{"end", "start"}},
	}
	for _, tt := range tests {
		var got []string
		for _, tok := range Tokenize(tt.in) {
			got = append(got, tok.Text)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Tokenize(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestStems(t *testing.T) {
	got := Stems("Who struck the strongholds? They were striking them.")
	if want := []string{"strike", "stronghold", "strike"}; !slices.Equal(got, want) {
		t.Errorf("Stems = %q, want %q", got, want)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"U.S.-led", "2,700-kilometer", "\xff’s", "ʼ", "A.B.C.", "ﬁne"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, tok := range Tokenize(s) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %+v after byte %d in %q", tok, end, s)
			}
			if tok.End-tok.Start > maxTokenBytes+4 {
				t.Fatalf("token of %d bytes", tok.End-tok.Start)
			}
			end = tok.End
		}
	})
}

// FuzzAppend: a word that was met before is what it was found to be, and stands where it stands.
func FuzzAppend(f *testing.F) {
	for _, s := range []string{"", "The U.S. fence, the U.S.", "US us Us", "don't Don’t DON'T", "1,204.5 x", "漢字 และ",
		"Ａé\u0301", "\xff a\xffb"} {
		f.Add(s, "and the U.S. again")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, text := range []string{a, b, a + b, a} {
			for _, got := range Tokenize(text) {
				want := New(text[got.Start:got.End])
				if want.Start, want.End = got.Start, got.End; got != want {
					t.Fatalf("%q: %+v, want %+v", text, got, want)
				}
			}
		}
	})
}
