package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

func TestClean(t *testing.T) {
	cases := map[string]string{
		"plain ¶4 “text” 漢字 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645": "plain ¶4 “text” 漢字 " +
			"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
		"a\x1b[31;1mred\x1b[0m":      "ared",
		"\x1b]0;title\aafter":        "after",
		"\x1b]8;;http://x\x1b\\link": "link",
		"\x1b]unended":               "unended",
		"\x1b(Bset":                  "set",
		"end\x1b":                    "end",
		"\u009b2Jcleared":            "cleared",
		"two\nlines\tand\rmore":      "two lines and more",
		"bell\a null\x00 del\x7f":    "bell null del",
		"abc\u202edef\u2066":         "abcdef",
		"bad\xffbyte":                "bad\uFFFDbyte",
	}
	for in, want := range cases {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\x1b[31mred\u009b2J\x1b]0;t\a\u202e")
	f.Fuzz(func(t *testing.T, in string) {
		out := clean(in)
		if !utf8.ValidString(out) {
			t.Fatalf("not UTF-8: %q", out)
		}
		if i := strings.IndexFunc(out, func(r rune) bool {
			return unicode.IsControl(r) ||
				unicode.Is(unicode.Bidi_Control, r)
		}); i >= 0 {
			t.Fatalf("control character at %d of %q", i, out)
		}
	})
}

func FuzzWrap(f *testing.F) {
	f.Add("some words and averyveryverylongwordindeedthatfitsnowhere 漢字漢字漢字漢字漢字", 20)
	f.Fuzz(func(t *testing.T, text string, columns int) {
		text = clean(text)
		columns = max(minText+2, min(columns, 200))
		out := page{columns: columns}.wrap(atoms(text, styleNone), "• ", "  ")
		keep := func(s string) string { return strings.Join(strings.Fields(s), "") }
		var joined strings.Builder
		for i, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
			if width(line) > columns+1 { // one character may be wider than what is left
				t.Fatalf("%d columns, want %d: %q", width(line), columns, line)
			}
			if i == 0 {
				line = strings.TrimPrefix(line, "• ")
			}
			joined.WriteString(keep(line))
		}
		if joined.String() != keep(text) {
			t.Fatalf("text changed:\n%q\n%q", joined.String(), keep(text))
		}
	})
}

func example() commands.Reply {
	p4 := article.Passage{Ref: article.Ref{Slug: "border", N: 4}, Title: "At the border",
		Text: "The fence was begun in 2017, and it is still not finished, as the ministry said on Monday."}
	return commands.Reply{
		Blocks: []commands.Block{
			{Kind: commands.Sentence, Text: "The fence was begun in 2017.", Cites: []article.Ref{p4.Ref}},
			{Kind: commands.Sentence, Text: "It is \x1b[2Jnot finished.", Cites: []article.Ref{p4.Ref}},
			{Kind: commands.Small, Text: "1 sentence was withheld."},
		},
		Sources: []article.Passage{p4},
	}
}

func TestRender(t *testing.T) {
	want := `The fence was begun in 2017. [¶4] It is
not finished. [¶4]

1 sentence was withheld.

────────────────────────────────────────
At the border (border)
  ¶4 The fence was begun in 2017, and it
     is still not finished, as the
     ministry said on Monday.
`
	if got := (page{columns: 40}).render(example()); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestRenderColor(t *testing.T) {
	got := page{columns: 40, color: true}.render(example())
	for _, want := range []string{"\x1b[36m [¶4]\x1b[0m", "\x1b[1mAt the border (border)\x1b[0m",
		"\x1b[2m1 sentence was withheld.\x1b[0m"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if strings.Contains(got, "\x1b[2J") {
		t.Errorf("a document's escape sequence came through: %q", got)
	}
}

func TestRenderSeveralDocuments(t *testing.T) {
	r := example()
	other := article.Passage{Ref: article.Ref{Slug: "sea", N: 1}, Title: "At sea", Text: "Ships."}
	r.Sources = append(r.Sources, other)
	r.Blocks[1].Cites = []article.Ref{other.Ref}
	got := page{columns: 80}.render(r)
	for _, want := range []string{"[At the border ¶4]", "[At sea ¶1]", "At sea (sea)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestRenderItems(t *testing.T) {
	r := commands.Reply{Blocks: []commands.Block{
		{Kind: commands.Heading, Text: "Title"},
		{Kind: commands.Item, Text: "one more", Bold: []article.Span{{Start: 0, End: 3}}},
		{Kind: commands.Item, Text: "two"},
		{Kind: commands.Quote, Text: "words of a document"},
	}}
	want := "Title\n\n• one more\n• two\n\n│ words of a\n│ document\n"
	if got := (page{columns: 14}).render(r); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
