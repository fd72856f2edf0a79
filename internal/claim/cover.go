package claim

import "fmt"

// Shares of a statement's weight that the passage must cover. A short sentence must be there word for word: one word of it is a
// third of what it says. In a longer one a paraphrase may differ.
const (
	shortWeight = 5.0  // up to this weight a sentence is short
	shortCover  = 0.95 // general words may be missing
	longCover   = 0.75
)

// cover requires the remaining words of the statement in the passage.
func (m *matching) cover() *failure {
	if m.s.total == 0 {
		return &failure{NotFound, CheckCover, "there is nothing in the sentence to look for"}
	}
	need := longCover
	if m.s.total <= shortWeight {
		need = shortCover
	}
	if m.score >= need {
		return nil
	}
	var missing []string
	for i := range m.s.units {
		if m.s.weights[i] >= weightPlain && len(m.hits[i]) == 0 && len(missing) < 3 {
			missing = append(missing, says(m.s.of(i)))
		}
	}
	switch len(missing) {
	case 0:
		return &failure{NotFound, CheckCover, "the paragraph does not say this in one place"}
	case 1:
		return &failure{NotFound, CheckCover, "the paragraph does not speak of " + missing[0]}
	case 2:
		return &failure{NotFound, CheckCover, fmt.Sprintf("the paragraph does not speak of %s and %s", missing[0], missing[1])}
	}
	return &failure{NotFound, CheckCover, fmt.Sprintf("the paragraph does not speak of %s, %s and %s", missing[0], missing[1], missing[2])}
}
