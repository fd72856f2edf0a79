package commands

import (
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/lang"
)

var sample = Command{Name: "sample", Params: []Param{
	{Name: "question", Type: Text, Required: true, MaxRunes: 10},
	{Name: "k", Type: Integer},
	{Name: "private", Type: Flag},
	{Name: "document", Type: Document},
}}

func TestCheckArgs(t *testing.T) {
	cases := []struct {
		name    string
		in      Args
		want    Args
		refusal string
	}{
		{"plain", Args{"question": " why? ", "k": "7"}, Args{"question": "why?", "k": "7"}, ""},
		{"pilcrow", Args{"question": "q", "k": "¶ 16"}, Args{"question": "q", "k": "16"}, ""},
		{"flag", Args{"question": "q", "private": "true"}, Args{"question": "q", "private": "true"}, ""},
		{"flag unset", Args{"question": "q", "private": "false"}, Args{"question": "q"}, ""},
		{"empty optional", Args{"question": "q", "document": " "}, Args{"question": "q"}, ""},
		{"bytes that are no text", Args{"question": "a\xffb"}, Args{"question": "a\uFFFDb"}, ""},
		{"ten characters", Args{"question": "ääääääääää"}, Args{"question": "ääääääääää"}, ""},
		{"missing", Args{}, nil, "The question is empty."},
		{"blank", Args{"question": "\n\t "}, nil, "The question is empty."},
		{"too long", Args{"question": strings.Repeat("ä", 1234)}, nil, "The question is 1,234 characters long; at most 10 " +
			"are read."},
		{"zero", Args{"question": "q", "k": "0"}, nil, `k: want a whole number from 1 to 1,000,000, got “0”.`},
		{"no number", Args{"question": "q", "k": "1e3"}, nil, `k: want a whole number from 1 to 1,000,000, got “1e3”.`},
		{"huge", Args{"question": "q", "k": "99999999999999999999"}, nil, `got “99999999999999999999”`},
		{"no flag", Args{"question": "q", "private": "maybe"}, nil, `private: want true or false, got “maybe”.`},
		{"unknown", Args{"question": "q", "x": "1"}, nil, `sample takes no “x”.`},
		{"long name", Args{"question": "q", "document": strings.Repeat("x", 300)}, nil,
			"The document is 300 characters long"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := CheckArgs(sample, c.in, lang.Printer{})
			if c.refusal != "" {
				if err == nil || !strings.Contains(err.Error(), c.refusal) {
					t.Errorf("error %v, want %s", err, c.refusal)
				}
				return
			}
			if err != nil || !maps.Equal(got, c.want) {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func FuzzCheckArgs(f *testing.F) {
	f.Add("why?", "¶4", "true", "a-document")
	f.Fuzz(func(t *testing.T, question, k, private, document string) {
		got, err := CheckArgs(sample, Args{"question": question, "k": k, "private": private, "document": document},
			lang.Printer{})
		if err != nil {
			if n := utf8.RuneCountInString(err.Error()); n > 200+maxEchoRunes*10 { // %q writes up to ten characters for one
				t.Errorf("an error of %d characters", n)
			}
			return
		}
		for name, value := range got {
			if !utf8.ValidString(value) || value == "" || value != strings.TrimSpace(value) {
				t.Errorf("%s = %q was let through", name, value)
			}
		}
		if n := got.Integer("k", 1); n < 1 || n > maxInteger {
			t.Errorf("k = %d was let through", n)
		}
	})
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"äöü ß", 4, "äöü…"}, {"", 3, ""}, {"ab cd", 4, "ab…"},
		{"one two three", 9, "one two…"}, {"one two three", 8, "one two…"}, {"one twothreefour", 12, "one twothre…"}} {
		if got := Clip(c.in, c.n); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := Thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}
