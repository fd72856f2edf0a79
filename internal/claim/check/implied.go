package check

import (
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// stayVerbs say that something is what it was.
var stayVerbs = lexicon.Set("remain remains remained stay stays stayed")

// beingVerbs are the units of the passage that say what something is, as the statement's form of be does.
func beingVerbs(m *match.Pair, v int) []int {
	list := sameVerbs(m, v)
	for j := range m.Prem.Units {
		if stayVerbs[m.Prem.Units[j].Folded] {
			list = append(list, j)
		}
	}
	return list
}

// sharedPredicates are true of many at once: that another one lives there contradicts nothing.
var sharedPredicates = syntax.Stems(`live reside dwell work study belong attend visit stay sit stand know like love
	support believe speak read use come go play sing`)

// sharedBy reports whether the clause of which the statement's unit is the subject has a verb that may be true of
// many.
func sharedBy(m *match.Pair, i int) bool {
	for _, sc := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if slices.Contains(sc.Subject.Units, i) && sharedPredicates[words.Stem(m.Hyp.Units[sc.Verb].Folded)] {
			return true
		}
	}
	return false
}
