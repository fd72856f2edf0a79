package local

import "testing"

// TestOneWordAnswer shows the "No." or "Yes." with the sentence that explains it, once, and no other short sentence.
func TestOneWordAnswer(t *testing.T) {
	const text = "# Questions\n\n## Can I run the runner on Windows?\n\nNo. WSL works, but nobody tests it there.\n\n" +
		"## Do dogs pay on the ferry?\n\nSometimes. Large dogs pay half of the fare in summer.\n\n" +
		"## Where is the pool?\n\nBelow the church. The pool has two basins and a slide.\n\n" +
		"## Gibt es ein Bad?\n\nJa. Das Bad hat zwei Becken und eine Rutsche."
	for question, want := range map[string]string{
		"does WSL work":                 "No. WSL works, but nobody tests it there.",
		"what about windows":            "No. WSL works, but nobody tests it there.",
		"can i run it on windows":       "No. WSL works, but nobody tests it there.",
		"how much do large dogs pay":    "Sometimes. Large dogs pay half of the fare in summer.",
		"how many basins has the pool":  "The pool has two basins and a slide.",
		"Wie viele Becken hat das Bad?": "Ja. Das Bad hat zwei Becken und eine Rutsche.",
	} {
		if a := askText(t, text, question); a.Text != want {
			t.Errorf("%q: %q, want %q", question, a.Text, want)
		}
	}
}
