package syntax

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// topicVerbs tell what a book or a film is about, with what stands before that; "" for an object.
var topicVerbs = func() map[string][]string {
	all := map[string][]string{}
	for list, before := range map[string][]string{
		"depict portray chronicle recount explore describe": {""},
		"follow": {""},
		"deal":   {"with"},
		"tell":   {"of", "about"},
		"center": {"on", "around"}, "focus": {"on"}, "revolve": {"around"},
	} {
		for w := range FormsOf(list) {
			all[w] = before
		}
	}
	return all
}()

// Works are what may be about something.
var Works = lexicon.List("works")

// TopicAt is where begins what the clause of a verb says that its subject is about; -1 for nothing.
func (r *Analysis) TopicAt(v int) int {
	k := v + 1
	for k < r.ClauseEnd(v) && r.PartOf(k) == Adverbial && !Prepositions[r.Units[k].Folded] {
		k++
	}
	if k >= r.ClauseEnd(v) {
		return -1
	}
	w := r.Units[k].Folded
	if BeForms[r.Units[v].Folded] {
		if w == "about" {
			return k + 1
		}
		return -1
	}
	before, ok := topicVerbs[r.Units[v].Folded]
	switch {
	case !ok:
		return -1
	case before[0] == "" && r.PartOf(k) != Preposition:
		return k
	case slices.Contains(before, w):
		return k + 1
	}
	return -1
}
