package local

import (
	"strings"
	"testing"
)

// TestLabelIsNoAnswer answers with what a numbered paragraph says, and not with its title; one that is nothing else is
// shown as it is.
func TestLabelIsNoAnswer(t *testing.T) {
	const rules = `# House rules

1. Noise. No music is played after ten in the evening.

2. Pets. Cats are allowed in all flats. Dogs need the consent of the caretaker.

3.1. Bicycles. They stand in the cellar.

4. Guests.

5. The lift is closed at night. Use the stairs.
`
	for question, want := range map[string]string{
		"tell me about pets":              "Cats are allowed in all flats.",
		"what do the rules say of noise":  "No music is played after ten in the evening.",
		"where do the bicycles stand":     "3.1. Bicycles. They stand in the cellar.",
		"what is said of guests":          "4. Guests.",
		"when is the lift closed":         "The lift is closed at night.",
		"do dogs need the consent of him": "Dogs need the consent of the caretaker.",
	} {
		if a := askText(t, rules, question); !strings.Contains(a.Text, want) ||
			strings.HasPrefix(want, "Cats") && strings.Contains(a.Text, "Pets.") {
			t.Errorf("%q: %v %q, want %q", question, a.Outcome, a.Text, want)
		}
	}
}
