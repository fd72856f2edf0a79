package local

import "testing"

// TestWhyGoesOn asks why: the reason stands two sentences behind what happened, in words of its own, and is shown with
// it. Asked what happened, it is not.
func TestWhyGoesOn(t *testing.T) {
	const text = "The ferry runs to the island twice a day, and on Sundays once.\n\n" +
		"The fishermen were also enraged by a wall that the city is building along the old harbor line. " +
		"The city and its traders consider the line, known as Bell's Line, to be the edge of the harbor. " +
		"The guild has never accepted the line that was drawn in 1893.\n\n" +
		"The market opens at six in the morning, and most of the fish is sold by eight."
	for question, want := range map[string]int{
		"why are the fishermen so mad abt the wall at the harbor line": 3,
		"who was enraged by the wall along the harbor line":            2,
	} {
		if a := askText(t, text, question); len(a.Sentences) != want {
			t.Errorf("%q: %d sentences, want %d: %q", question, len(a.Sentences), want, a.Text)
		}
	}
}
