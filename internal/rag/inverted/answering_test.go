package inverted

import (
	"testing"

	"pilcrow/internal/question"
)

// TestScoresAnswering finds the paragraph with a word of what answers where no other word tells, and not before one with
// the question's own word.
func TestScoresAnswering(t *testing.T) {
	for _, tt := range []struct{ question, answers, other, same string }{
		{"what do they eat", "Their prey is crayfish.", "Their den is a hollow.", "They eat at dusk."},
		{"is it haunted", "A ghost was seen.", "A light was seen.", "The mill is haunted."},
		{"can i bring my cat", "No pets in here.", "No boots in here.", "The cat is Flo."},
	} {
		l := indexOf(t, map[string][]string{"a": {tt.other, tt.answers, tt.same}}, nil, nil)
		s := l.Scores(question.Parse(tt.question))
		if other, answers, same := s[0], s[1], s[2]; answers <= other || same <= answers {
			t.Errorf("%q: %q %.2f, %q %.2f, %q %.2f", tt.question, tt.other, other, tt.answers, answers, tt.same, same)
		}
	}
}
