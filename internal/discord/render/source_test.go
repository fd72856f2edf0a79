package render

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// Where the operator says where pages stand, a source is "Title › Heading" with its link; whatever the text is, no
// other link comes of it.
func TestLinkedSources(t *testing.T) {
	source := func(n int, path, link string) article.Passage {
		p := article.Passage{Ref: article.Ref{Slug: "d", N: n}, Title: "Doc [x](https://evil.example)", Path: path}
		p.SetLink(link)
		return p
	}
	r := commands.Reply{
		Blocks: []commands.Block{{Kind: commands.Para, Text: "One."}},
		Sources: []article.Passage{
			source(4, "A", "https://docs.example/d#a"), source(2, "B", "https://docs.example/d#b"),
			source(3, "A", "https://docs.example/d#a"),
			source(9, "C", "javascript:alert(1)"), source(1, "", ""),
		},
	}
	got := Reply(r, false, lang.Printer{}).Parts[0]
	const title = `Doc \[x\](https\://evil.example)`
	for _, want := range []string{
		"-# [" + title + " › A](<https://docs.example/d#a>): ¶3 ¶4\n",
		"-# [" + title + " › B](<https://docs.example/d#b>): ¶2\n",
		"-# " + title + " › C: ¶9\n", "-# " + title + ": ¶1",
	} {
		if !strings.Contains(got+"\n", want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for address, want := range map[string]string{
		"https://docs.example/a#b": "https://docs.example/a#b", "https://docs.example/a b": "https://docs.example/a%20b",
		"https://docs.example/>x": "https://docs.example/%3Ex", "ftp://docs.example/": "", "/a": "", "": "",
		"https://docs.example/(a)": "",
	} {
		if got := shownLink(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

// Addresses leave room for the answer.
func TestLinksAreBounded(t *testing.T) {
	r := commands.Reply{}
	for n := range 12 {
		r.Sources = append(r.Sources, article.Passage{Ref: article.Ref{Slug: "a", N: n + 1}})
	}
	long := "https://read.example/" + strings.Repeat("x", 300)
	if n := len(linksOf(r, func(article.Passage) string { return long })); n != 2 {
		t.Errorf("%d links of 321 characters", n)
	}
	if n := len(linksOf(r, func(article.Passage) string { return "https://x.example/" })); n != maxLinked {
		t.Errorf("%d links", n)
	}
}
