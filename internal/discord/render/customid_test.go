package render

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

func TestButtonID(t *testing.T) {
	for _, c := range []struct {
		action commands.Action
		id     string
		ok     bool
	}{
		{commands.Action{Command: "quote", Args: commands.Args{"page": "2"}}, "quote|page=2", true},
		{commands.Action{Command: "quote", Args: commands.Args{"page": "2"}, Turn: true}, "~quote|page=2", true},
		{commands.Action{Command: "quote", Args: commands.Args{"a": strings.Repeat("x", 91)}, Turn: true}, "", true},
		{commands.Action{Command: "quote", Args: commands.Args{"a": strings.Repeat("x", 92)}, Turn: true}, "", false},
		{commands.Action{Command: "quote", Args: commands.Args{"a": strings.Repeat("x", 92)}}, "", true},
	} {
		id, ok := buttonID(c.action)
		if ok != c.ok || c.id != "" && id != c.id {
			t.Errorf("%+v: %q (%d), %t", c.action, id, len(id), ok)
		}
	}
}

func TestButtonIDOfAForm(t *testing.T) {
	id, ok := buttonID(commands.Action{Command: "vote", Args: commands.Args{"answer": strings.Repeat("a", 87)},
		Form: true})
	if !ok || Length(id) > maxCustomID || !strings.HasPrefix(id, "+vote|") {
		t.Errorf("%q (%d), %t", id, Length(id), ok)
	}
	if _, ok := buttonID(commands.Action{Command: "vote", Args: commands.Args{"answer": strings.Repeat("a", 88)},
		Form: true}); ok {
		t.Error("a call that does not fit")
	}
}
