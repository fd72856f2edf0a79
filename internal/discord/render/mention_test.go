package render

import (
	"strings"
	"testing"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

func TestMentionsOfChannelsAndRoles(t *testing.T) {
	var got []string
	for _, w := range mentions(commands.Block{Channels: []string{"123", "1> <@everyone", ""},
		Roles: []string{"456", "99999999999999999999999"}}) {
		got = append(got, w.segs[0].text)
	}
	if want := "<#123> <@&456>"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Before Discord has said under which ids it knows the commands, they are written out.
func TestCommandsNamed(t *testing.T) {
	block := commands.Block{Kind: commands.Item, Text: "– List them.", Commands: []string{"documents list", "ask"}}
	for want, ids := range map[string]map[string]string{
		"- /documents list /ask – List them.":            nil,
		"- </documents list:12> /ask – List them.":       {"documents": "12"},
		"- </documents list:12> </ask:345> – List them.": {"documents": "12", "ask": "345"},
		"- /documents list </ask:345> – List them.":      {"list": "9", "ask": "345"},
	} {
		k := Layout{Say: lang.Printer{}, Ids: ids}
		if got := k.render(commands.Reply{Blocks: []commands.Block{block}}, true).Parts[0]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A time is shown as Discord's clients write it. What people wrote that looks like one is text.
func TestMoments(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	text := "#1 2023-11-14 22:13 UTC · <t:5:R>"
	block := commands.Block{Kind: commands.Para, Text: text}
	start := strings.Index(text, "2023")
	m := commands.Moment{At: at}
	m.Start, m.End = start, start+len("2023-11-14 22:13 UTC")
	block.Moments = []commands.Moment{m}
	got := Reply(commands.Reply{Blocks: []commands.Block{block}}, true, lang.Printer{}).Parts[0]
	if want := `\#1 <t:1700000000:R> · \<t\:5:R>`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
