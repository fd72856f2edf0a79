package discord

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
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
