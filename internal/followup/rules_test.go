package followup

import "testing"

func TestLowerFirst(t *testing.T) {
	for in, want := range map[string]string{"": "", "The mill": "the mill", "Über uns": "über uns", "Ärzte": "ärzte",
		"漢字": "漢字"} {
		if got := lowerFirst(in); got != want {
			t.Errorf("lowerFirst(%q) = %q, want %q", in, got, want)
		}
	}
}
