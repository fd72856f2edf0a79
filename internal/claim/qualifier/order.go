package qualifier

import (
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// timeWords lead to a clause that says when another one is so: before it, behind it or until it.
var timeWords = map[string]string{"before": "before", "until": "until", "till": "until", "after": "after",
	"since": "after", "when": "after", "while": "after", "once": "after"}

// otherOrder finds a verb behind a word of time that the passage has behind another one or none: "after the quay
// was built" for "before the quay was built", the clauses exchanged.
func otherOrder(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		list := m.Hyp.Clauses(k)
		if !slices.ContainsFunc(list, func(c syntax.Clause) bool { return timeWordOf(m.Hyp.Analysis, c.Verb) != "" }) {
			continue
		}
		for _, sc := range list {
			at := groundVerbs(m, &sc)
			mine := timeWordOf(m.Hyp.Analysis, sc.Verb)
			if len(at) > 0 && !slices.ContainsFunc(at, func(j int) bool { return timeWordOf(m.Prem, j) == mine }) {
				return sc.Verb
			}
		}
	}
	return -1
}

// timeWordOf is what kind of word of time leads to the clause of a verb; "" for none.
func timeWordOf(r *syntax.Analysis, v int) string {
	for k := v - 1; k >= r.ClauseStart(v); k-- {
		if r.Units[k+1].Kind == syntax.Date {
			continue // "until 1950 the mill ran" says when by a day
		}
		if w := timeWords[r.Units[k].Folded]; w != "" {
			return w
		}
		if r.Parted(k+1) || r.PartOf(k) == syntax.Verbal {
			return ""
		}
	}
	return ""
}

// onlyOfAnother finds an "only" of the statement before a word before which the passage's has none: "Only divers open
// it" for "Divers open only it".
func onlyOfAnother(m *match.Pair) int {
	for i := range m.Hyp.Units {
		next := behindOnly(m.Hyp.Analysis, i)
		if next < 0 {
			continue
		}
		same := false
		for j := range m.Prem.Units {
			same = same || m.Hit(next, behindOnly(m.Prem, j))
		}
		if !same {
			return i
		}
	}
	return -1
}

// behindOnly is the first word of weight behind an "only"; -1 for none.
func behindOnly(r *syntax.Analysis, i int) int {
	if r.Units[i].Folded != "only" {
		return -1
	}
	for k := i + 1; k < r.From[r.Units[i].Sentence+1]; k++ {
		if r.Units[k].Kind != syntax.Light {
			return k
		}
	}
	return -1
}
