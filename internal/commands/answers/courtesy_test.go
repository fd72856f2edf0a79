package answers

import (
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

func TestCourtesy(t *testing.T) {
	const hello = "Hello. Ask me about the documents: /help says what can be asked."
	for said, want := range map[string]string{
		"Thank you!":                "You are welcome.",
		" thx :) ":                  "You are welcome.",
		"Danke schön!":              "Gern geschehen.",
		"Hello?":                    hello,
		"شکریہ":                     lang.For("ur").Text("You are welcome."),
		"thanks, but why?":          "",
		"Who said thank you?":       "",
		"hello world":               "",
		"👍":                         "",
		"":                          "",
		"what does “danke” mean":    "",
		"hi, when was it first lit": "",
	} {
		r, ok := courtesy(commands.Input{}, said)
		got := ""
		if ok {
			got = r.Blocks[0].Text
		}
		if got != want || ok != r.Nothing {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
	if r, _ := courtesy(commands.Input{Lang: lang.For("en")}, "danke"); r.Blocks[0].Text != "You are welcome." {
		t.Errorf("not in the language of the reader: %s", r.Blocks[0].Text)
	}
}
