package excerpt

import "testing"

// TestInflected takes another ending of a word for the same word, in languages that have cases, and a slip for a slip.
func TestInflected(t *testing.T) {
	for _, tt := range []struct {
		typed, read string
		want        bool
	}{
		{"wie viele boote hat der hafen", "wie viele booten hat der hafen", true},
		{"was kostet das haus im jahr", "was kostet das hauses im jahr", true},
		{"où sont les bateaux du port", "où sont les bateaux du ports", true},
		{"cuántos barcos son de la isla", "cuántos barco son de la isla", true},
		{"wie viele boote hat der hafen", "wie viele bote hat der hafen", false},
		{"wie viele fenster hat der turm", "wie viele fester hat der turm", false},
		{"how many boats are in the harbor", "how many boat are in the harbor", false},
		{"wie hoch ist der turm", "wie hoch ist der alte turm", false},
	} {
		if got := Inflected(tt.typed, tt.read); got != tt.want {
			t.Errorf("%q as %q: %t", tt.typed, tt.read, got)
		}
	}
}
