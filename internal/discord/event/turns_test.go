package event

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

func TestTurnOf(t *testing.T) {
	const buttons = `[{"type":1,"components":[{"type":2,"custom_id":"paragraph|document=mill|number=3"},` +
		`{"type":2,"custom_id":"paragraph|document=mill|number=3"},{"type":2,"custom_id":"share"},` +
		`{"type":2,"url":"https://x"}]}]`
	cited := []article.Ref{{Slug: "mill", N: 3}}
	for _, c := range []struct {
		name, content, components, asked string
		question, answer                 string
		ok                               bool
	}{
		{"a mention's", "It\\*s \\[old\\]. [¶3] Yes. [The mill ¶3][¶4]\n-# The mill: ¶3", buttons, "How old?", "How old?",
			"It*s [old]. Yes.", true},
		{"a command's", "-# Question: How old is\\_it?\nOld. [¶3]", buttons, "", "How old is_it?", "Old.", true},
		{"a follow-up's", "-# Question: and?\n-# Read as: How old is it?\nOld. [¶3]", buttons, "x", "How old is it?", "Old.",
			true},
		{"not covered", "The document does not say.\n-# Nearest in “The mill”: [¶3]", buttons, "How old?", "How old?", "",
			true},
		{"unknown question", "Old. [¶3]", buttons, " ", "", "", false},
		{"no paragraph", "Something went wrong.", `[]`, "How old?", "", "", false},
		{"no components", "Old.", `{"x":`, "How old?", "", "", false},
		{"words that look like small print", "\\-# Read as: x? [¶3]", buttons, "How old?", "How old?", "-# Read as: x?",
			true},
	} {
		t.Run(c.name, func(t *testing.T) {
			turn, ok := TurnOf(Earlier{Content: c.content, Components: json.RawMessage(c.components)}, c.asked)
			if ok != c.ok || turn.Question != c.question || turn.Answer != c.answer || ok && !slices.Equal(turn.Cited, cited) {
				t.Errorf("%+v, %t", turn, ok)
			}
		})
	}
}

func FuzzTurnOf(f *testing.F) {
	f.Add("-# Read as: a\nb [¶3]", `[{"components":[{"custom_id":"paragraph|document=a|number=3"}]}]`, "c")
	f.Fuzz(func(t *testing.T, content, components, asked string) {
		turn, ok := TurnOf(Earlier{Content: content, Components: json.RawMessage(components)}, asked)
		if ok && (strings.TrimSpace(turn.Question) == "" || len(turn.Cited) == 0) {
			t.Errorf("%+v", turn)
		}
	})
}
