package render

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// Code stands as code: its lines and tabs, its language, and nothing in it that ends the fence or is markup of ours.
func TestCode(t *testing.T) {
	ref := article.Ref{Slug: "d", N: 2}
	r := commands.Reply{
		Blocks: []commands.Block{
			{Kind: commands.Sentence, Text: "Write this:", Cites: []article.Ref{{Slug: "d", N: 1}}},
			{Kind: commands.Code, Text: "a {\n\tb **c** @everyone\n```\n}\u202e", Language: "go`", Cites: []article.Ref{ref}},
		},
	}
	want := "Write this: [¶1]\n\n```go\na {\n\tb **c** @everyone\n``\u200b`\n}\n``` [¶2]"
	got := Reply(r, false, lang.Printer{}).Parts[0]
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// Long code is parted between lines, each message has whole fences, and nothing is lost.
func TestLongCode(t *testing.T) {
	code := strings.TrimSuffix(strings.Repeat("some code in a line\n", 200), "\n")
	p := Reply(commands.Reply{Blocks: []commands.Block{{Kind: commands.Code, Text: code}}}, false, lang.Printer{})
	all := 0
	for _, part := range p.Parts {
		if strings.Count(part, "```")%2 != 0 || len(part) > maxContent {
			t.Errorf("%q", part)
		}
		all += strings.Count(part, "some code in a line\n")
	}
	if all != 200 {
		t.Errorf("%d lines of 200", all)
	}
}
