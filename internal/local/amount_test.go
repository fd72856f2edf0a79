package local

import (
	"strings"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/static"
)

// TestMeasured takes, of sentences that share as much with the question, the one with the measure that is asked for,
// be it that the heading alone has the word; "Dear Magnus," and "Your sister," answer nothing.
func TestMeasured(t *testing.T) {
	const letter = `# Rules of the yard

Dear Henrik,

I have copied the rules for you, as the old ones are lost.

## Mooring

1. Mooring ends on 30 September if it is given up in writing. Mooring is by the week.

2. The fee is 180 crowns a year and is due on 1 March.

## Cranes

The crane is worked by two men and lifts boats on Mondays. It weighs nine tons.

Your brother,

Jens
`
	for question, want := range map[string]string{
		"how much is mooring":             "The fee is 180 crowns a year",
		"how much does the crane weigh":   "It weighs nine tons.",
		"when does mooring end":           "Mooring ends on 30 September",
		"what does he tell henrik of his": "",
		"who is his brother jens":         "",
	} {
		a := askText(t, letter, question)
		if !strings.Contains(a.Text, want) || strings.Contains(a.Text, "Dear") || strings.Contains(a.Text, "Your") {
			t.Errorf("%q: %v %q, want %q", question, a.Outcome, a.Text, want)
		}
	}
}

// TestNearWords chooses the sentence that says what is asked in words that are near to the question's by meaning, where
// the words of all are the same otherwise.
func TestNearWords(t *testing.T) {
	for question, sentences := range map[string][2]string{
		"where can guests put their bags":    {"Luggage is kept for guests in the cellar.", "Guests come in by the cellar."},
		"what do the otters eat":             {"The otters feed on crayfish.", "The otters swim from dusk on."},
		"is the mill haunted":                {"A ghost walks the mill.", "A road passes the mill."},
		"what do guests pay for the laundry": {"Washing is 4 crowns for guests.", "A bed is 4 crowns for guests."},
	} {
		for _, text := range []string{sentences[0] + " " + sentences[1], sentences[1] + " " + sentences[0]} {
			if got := best(t, text, question); got != sentences[0] {
				t.Errorf("%q: %q", question, got)
			}
		}
	}
}

// best is the sentence that answers best where the built-in table tells what is near.
func best(t *testing.T, text, question string) string {
	t.Helper()
	e := engineOf(t, ask.Config{Embedder: static.New(), Meaning: rag.StaticTable()}, text)
	r, err := e.Prepare(t.Context(), ask.Query{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	return Rank(r)[0].Text
}
