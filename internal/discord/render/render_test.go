package render

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

func TestEscape(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain words, 56 % – “quoted”.", "plain words, 56 % – “quoted”."},
		{"**bold** _it_ ~~gone~~ ||spoiler||", `\*\*bold\*\* \_it\_ \~\~gone\~\~ \|\|spoiler\|\|`},
		{"```go\nx\n```", "\\`\\`\\`go x \\`\\`\\`"},
		{"[x](http://evil)", `\[x\](http\://evil)`},
		{"https://evil.example/a", `https\://evil\.example/a`},
		{"see discord.gg/abc", `see discord\.gg/abc`},
		{"<@123> <#1> <t:1:R> <:a:1>", `\<@123> \<#1> \<t\:1:R> \<\:a:1>`},
		{"@everyone and @here, a@b.example", `\@everyone and \@here, a@b.example`},
		{":smile: at 10:30 and 11:45", `\:smile: at 10:30 and 11:45`},
		{`back\slash`, `back\\slash`},
		{"\x1b[31mred\x00", `\[31mred`},
		{"abc\u202edcba", "abcdcba"},
		{"\xff", "\uFFFD"},
	} {
		if got := Escape(c.in); got != c.want {
			t.Errorf("escape(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"# title": `\# title`, "-# small": `\-# small`, "> quote": `\> quote`, "- item": `\- item`, "+": `\+`,
		"12.": `12\.`, "3)": `3\)`, "2021": "2021", "a#": "a#", "": "",
	} {
		if got := guard(in); got != want {
			t.Errorf("guard(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRender(t *testing.T) {
	ref := func(n int) []article.Ref { return []article.Ref{{Slug: "a", N: n}} }
	passage := func(slug, title string, n int) article.Passage {
		return article.Passage{Ref: article.Ref{Slug: slug, N: n}, Title: title}
	}
	for _, c := range []struct {
		name  string
		reply commands.Reply
		want  string
	}{
		{"sentences flow and are cited", commands.Reply{
			Blocks: []commands.Block{{Text: "One.", Cites: ref(1)}, {Text: "Two.", Cites: append(ref(2), ref(3)...)},
				{Kind: commands.Small, Text: "1 sentence was withheld."}},
			Sources: []article.Passage{passage("a", "A title", 2), passage("a", "A title", 1), passage("a", "A title", 2)},
		}, "One. [¶1] Two. [¶2][¶3]\n-# 1 sentence was withheld.\n-# A title: ¶1, ¶2"},
		{"several documents", commands.Reply{
			Blocks:  []commands.Block{{Text: "One.", Cites: []article.Ref{{Slug: "a_b", N: 1}, {Slug: "c", N: 2}}}},
			Sources: []article.Passage{passage("a_b", "A *title*", 1), passage("c", "", 2)},
		}, `One. [A \*title\* ¶1][c ¶2]` + "\n-# A \\*title\\*: ¶1\n-# c: ¶2"},
		{"all kinds", commands.Reply{Blocks: []commands.Block{
			{Kind: commands.Heading, Text: "Head"}, {Kind: commands.Quote, Text: "Words\nand more", Cites: ref(4)},
			{Kind: commands.Para, Text: "Para"}, {Kind: commands.Item, Text: "# one"}, {Kind: commands.Item, Text: "two"},
			{Kind: commands.Sentence, Text: "End."}}},
			"### Head\n> Words\n> and more [¶4]\n\nPara\n\n- \\# one\n- two\n\nEnd."},
		{"bold", commands.Reply{Blocks: []commands.Block{{Kind: commands.Quote, Text: "a bold claim* here",
			Bold: []article.Span{{Start: 2, End: 13}}}}}, `> a **bold claim\*** here`},
		{"nothing", commands.Reply{}, nothingToShow},
		{"only spaces", commands.Reply{Blocks: []commands.Block{{Text: " \n\t"}}}, nothingToShow},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(Reply(c.reply, false, lang.Printer{}).Parts, "\n=====\n"); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestRenderLong(t *testing.T) {
	sentence := "The convoy crossed the river before dawn and nobody saw it. "
	var r commands.Reply
	for n := range 75 {
		r.Blocks = append(r.Blocks, commands.Block{Text: sentence, Cites: []article.Ref{{Slug: "a", N: n + 1}}})
	}
	p := Reply(r, false, lang.Printer{})
	if len(p.Parts) != 3 || p.Cut {
		t.Fatalf("%d messages, cut %t; want 3 whole ones", len(p.Parts), p.Cut)
	}
	for _, part := range p.Parts {
		if Length(part) > maxContent || !strings.HasSuffix(part, "]") || !strings.HasPrefix(part, "The convoy") {
			t.Errorf("%d units, begins %.20q and ends %q", Length(part), part, part[len(part)-20:])
		}
	}
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: strings.Repeat(sentence, 300)})
	r.Sources = []article.Passage{{Ref: article.Ref{Slug: "a", N: 1}, Title: "A"}}
	p = Reply(r, false, lang.Printer{})
	end := p.Parts[len(p.Parts)-1]
	if !p.Cut || len(p.Parts) != maxMessages || !strings.Contains(end, "in the file") || !strings.Contains(end, "A: ¶1") {
		t.Errorf("cut %t, %d messages, the last %q", p.Cut, len(p.Parts), end)
	}
	if !strings.Contains(p.whole, strings.TrimSpace(strings.Repeat(sentence, 299))) {
		t.Error("the file does not hold the whole answer")
	}
}

func TestButtons(t *testing.T) {
	var actions []commands.Action
	for range 3 {
		actions = append(actions, commands.Action{Label: "same", Command: "paragraph", Args: commands.Args{"number": "1"}})
	}
	actions = append(actions, commands.Action{Label: "too long", Command: "ask",
		Args: commands.Args{"q": strings.Repeat("x", 100)}},
		commands.Action{Label: " ", Command: "help"})
	if rows := rows(commands.Reply{Actions: actions}, nil, lang.Printer{}); len(rows) != 1 {
		t.Errorf("%d rows, want one with one button", len(rows))
	}
}

func FuzzCustomID(f *testing.F) {
	f.Add("paragraph", "number", "16", "document", "border-war")
	f.Add(`a|b`, `=`, `\`, "", "|=\\")
	f.Fuzz(func(t *testing.T, command, k1, v1, k2, v2 string) {
		args := commands.Args{k1: v1, k2: v2}
		if id, ok := encodeCall(command, args); ok {
			c, a, ok := DecodeCall(id)
			if !ok || c != command || len(a) != len(args) || a[k1] != args[k1] || a[k2] != args[k2] {
				t.Fatalf("%q %q came back as %q %q, %t", command, args, c, a, ok)
			}
		}
		if c, a, ok := DecodeCall(command + k1 + v1); ok {
			if id, same := encodeCall(c, a); !same || id != command+k1+v1 {
				t.Fatalf("%q and %q mean the same", id, command+k1+v1)
			}
		}
	})
}

func FuzzEscape(f *testing.F) {
	f.Add("**a** [b](http://c) <@1> @everyone ||d|| :e: discord.gg/f")
	f.Add("\\\\*\xff\u202e")
	f.Fuzz(func(t *testing.T, in string) {
		got := Escape(in)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		rest := regexp.MustCompile("\\\\[\\\\*_~`|<\\[\\]@:.]").ReplaceAllString(got, " ")
		if strings.ContainsAny(rest, "\\*_~`|<[]") || strings.Contains(rest, "@everyone") || strings.Contains(rest, "://") {
			t.Fatalf("%q still has markup: %q", got, rest)
		}
		unescaped := strings.NewReplacer(`\\`, `\`, `\`, "").Replace(got)
		if unescaped != Clean(in) {
			t.Fatalf("%q shows as %q", in, unescaped)
		}
	})
}

// FuzzSplit holds every layout against what it must keep: the words in their order, whole markers, whole escapes.
func FuzzSplit(f *testing.F) {
	f.Add("One sentence. Another *one*, [x](http://y).\n\n# Third", 40, uint8(0), uint8(3), uint8(9))
	f.Add(strings.Repeat("x", 300)+" "+strings.Repeat("*", 200), 50, uint8(3), uint8(0), uint8(255))
	f.Add("e\u0301\u0301\u0301 👩\u200d🚀 𝔘𝔫𝔦", 30, uint8(5), uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, text string, limit int, kind, from, to uint8) {
		if limit < 30 || limit > 2000 || len(text) > 20000 {
			t.Skip()
		}
		span := article.Span{Start: min(int(from), len(text)), End: min(int(to), len(text))}
		span.End = max(span.Start, span.End)
		block := commands.Block{Kind: commands.BlockKind(kind % 6), Text: text,
			Cites: []article.Ref{{Slug: "a", N: 1}, {Slug: "a", N: 22}}}
		block.Bold = []article.Span{span}
		parts, cut := pack(bodyLines(commands.Reply{Blocks: []commands.Block{block}}, nil), limit, 1_000_000)
		if cut {
			t.Fatal("cut without need")
		}
		all := strings.Join(parts, "\n")
		if !strings.HasSuffix(all, "[¶22]") || !strings.Contains(all, "[¶1]") {
			t.Fatalf("the markers are broken: %q", all)
		}
		for _, p := range parts {
			backslashes := len(p) - len(strings.TrimRight(p, `\`))
			if p == "" || Length(p) > limit || !utf8.ValidString(p) || backslashes%2 != 0 {
				t.Fatalf("a bad message of %d units: %q", Length(p), p)
			}
			if strings.Count(strings.ReplaceAll(strings.ReplaceAll(p, `\\`, ""), `\*`, ""), boldMark)%2 != 0 {
				t.Fatalf("emphasis is left open: %q", p)
			}
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) {
					return r
				}
				return -1
			}, s)
		}
		if letters(all) != letters(strings.ToValidUTF8(text, "\uFFFD")) {
			t.Fatalf("words are lost: %q from %q", all, text)
		}
	})
}

// What a button means shows in its color: Discord's styles.
func TestTones(t *testing.T) {
	for tone, want := range map[commands.Tone]int{commands.Plain: 2, commands.Forward: 1,
		commands.Agree: 3, commands.Destroy: 4} {
		rows := rows(commands.Reply{Actions: []commands.Action{{Label: "Do it", Command: "ask", Tone: tone}}}, nil,
			lang.Printer{})
		if b := rows[0].Components[0]; b.Style != want {
			t.Errorf("tone %d has style %d, want %d", tone, b.Style, want)
		}
	}
}
