package evidence

import (
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// The least of the question that the sentences shown as nearest have in words, or are near to by meaning.
const (
	closestWindow = 0.25
	closestSaid   = 0.35
)

// ComesNear reports whether the best sentences share enough with the question to be shown where it is not sure that
// they answer: one common word of many is nothing, nor is what is near by meaning in a text that is strange to the
// table.
func (e Features) ComesNear(strange bool) bool {
	return e.Window >= closestWindow || !strange && e.Said >= closestSaid
}

// Strange reports whether a table of word vectors, which knows English words alone, judged passages in another
// language: to it, letters typed at random are as near to them as a question is.
func Strange(r rag.Request) bool { return r.Meaning.Kind == rag.TableKind && Foreign(r) }

// Foreign reports whether the passages are in another language than English.
func Foreign(r rag.Request) bool {
	ours, theirs := 0, 0
	for _, p := range r.Passages {
		english, other := premise.FunctionWords(p.Text)
		ours, theirs = ours+english, theirs+other
	}
	return theirs > ours
}
