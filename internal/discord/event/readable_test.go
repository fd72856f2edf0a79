package event

import (
	"regexp"
	"testing"
)

func TestReadable(t *testing.T) {
	for _, c := range [][2]string{
		{"plain **bold** 2 < 3", "plain **bold** 2 < 3"},
		{"who is <@123> of <@&77>, see <#5>, <id:customize>", "who is @somebody of @somebody, see #channel, #channel"},
		{"did <@!123456789012345678> say that?", "did @somebody say that?"},
		{"||the butler|| did it", "the butler did it"},
		{"<:pilcrow:991> and <a:dancing_pen:992>!", ":pilcrow: and :dancing_pen:!"},
		{"what does ```go\nfunc main() {}\n``` do?", "what does  func main() {}\n  do?"},
		{"is `x := 1` or ``a`b`` right", "is x := 1 or a`b right"},
		{"what happened on <t:86400:D>?", "what happened on 2 January 1970?"},
		{"at <t:1618953630>", "at 20 April 2021 21:20 UTC"},
		{"<t:1618953630:t> <t:1618953630:F> <t:99999999999999:R>", "21:20 UTC Tuesday, 20 April 2021 21:20 UTC"},
		{"use </documents add:123>", "use /documents add"},
		{"see <https://example.org/a?b=1>", "see https://example.org/a?b=1"},
		{"<@||123||> and ||never closed", "@somebody and  never closed"},
		{"a <b> and <c:d>", "a <b> and <c:d>"},
	} {
		if got := Readable(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

var numbered = regexp.MustCompile(`<(@[!&]?|#|a?:\w+:)\d+>`)

func FuzzReadable(f *testing.F) {
	for _, seed := range []string{"<@1> ||x|| `y`", "<@||1||>", "<t:1:R>", "<<:a:1>:b:2>", "```\n<#1>```", "<@`1`>",
		"<@<@1>2>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Readable(text)
		if numbered.MatchString(got) {
			t.Errorf("%q: %q names somebody by a number", text, got)
		}
		if len(got) > 8*len(text)+64 {
			t.Errorf("%d bytes of %d", len(got), len(text))
		}
	})
}
