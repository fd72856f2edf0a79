package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
)

// linking is a table of a bot whose sources have an address.
type linking struct{ Table }

func (l *linking) configure(c *Config) {
	c.Permalink = func(server string, _ commands.Reply, p article.Passage) string {
		if p.Ref.N > 50 {
			return ""
		}
		return "https://read.example/" + server + "/d/" + p.Ref.Slug + "#p16"
	}
}

// The source below an answer is a link to where it can be read, and the answer is still understood as one.
func TestPermalinkBelowAnswer(t *testing.T) { synctest.Test(t, testPermalinkBelowAnswer) }
func testPermalinkBelowAnswer(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, &linking{&smallTable{}}, nil)
	m := wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why?")), "")
	want := "-# The \\*Border\\* War: [¶16](<https://read.example/" + string(s.Guild()) + "/d/border-war#p16>)"
	if !strings.HasSuffix(m.Content, want) {
		t.Errorf("%s\nwant\n%s", m.Content, want)
	}
}
