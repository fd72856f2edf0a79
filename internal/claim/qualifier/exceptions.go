package qualifier

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/wording"
	"pilcrow/internal/lexicon"
)

// wholes are the words that say of all, or of none, of which "but" and "save" take something out.
var wholes = lexicon.Set(`all every everyone everybody everything each any anyone anybody anything no none nobody
	nothing
	always never everywhere nowhere`)

// exceptAt reports whether words that take something out begin at k, and behind which unit they end: "except for".
func exceptAt(r *syntax.Analysis, k int) (behind int, ok bool) {
	word := func(n int) string {
		if n < 0 || n >= len(r.Units) || r.Units[n].Sentence != r.Units[k].Sentence {
			return ""
		}
		return r.Units[n].Folded
	}
	if r.Units[k].Quoted {
		return k, false
	}
	switch w := word(k); {
	case w == "except" || w == "excepting" || w == "excluding":
		if word(k+1) == "for" {
			return k + 2, true
		}
		return k + 1, true
	case (w == "apart" || w == "aside") && word(k+1) == "from", w == "other" && word(k+1) == "than",
		w == "save" && word(k+1) == "for":
		return k + 2, true
	case w == "exception" && word(k+1) == "of":
		return k + 2, true
	case w == "but" || w == "save":
		return k + 1, wholeBefore(r, k) && takenOut(r, k+1)
	}
	return k, false
}

// wholeBefore reports whether the noun phrase right before k is of all or of none: "everyone but", "all rooms save".
func wholeBefore(r *syntax.Analysis, k int) bool {
	const reach = 4
	for q := k - 1; q >= max(r.From[r.Units[k].Sentence], k-reach) && !r.Parted(q+1); q-- {
		if wholes[r.Units[q].Folded] {
			return true
		}
		if p := r.PartOf(q); p != syntax.Nominal && p != syntax.Determiner {
			return false
		}
	}
	return false
}

// takenOut reports whether a noun phrase begins at k.
func takenOut(r *syntax.Analysis, k int) bool {
	return k < len(r.Units) && (r.PartOf(k) == syntax.Nominal || r.PartOf(k) == syntax.Determiner)
}

// exceptions reports whether a text takes something out anywhere.
func exceptions(r *syntax.Analysis) bool {
	for k := range r.Units {
		if _, ok := exceptAt(r, k); ok || r.Units[k].Folded == "unless" {
			return true
		}
	}
	return false
}

// excepted finds what the statement says of all, or of whom the passage takes out of all: "Norway signed" for "all
// states except Norway signed".
func excepted(m *match.Pair) int {
	if exceptions(m.Hyp.Analysis) {
		return -1
	}
	for k := range m.Prem.Units {
		if !ground(m, m.Prem.Units[k].Sentence) {
			continue
		}
		if m.Prem.Units[k].Folded == "unless" && polarity.Conditional(m) {
			return conditionOf(m)
		}
		behind, ok := exceptAt(m.Prem, k)
		if !ok {
			continue
		}
		if i := takesOut(m, k, behind); i >= 0 {
			return i
		}
	}
	return -1
}

// conditionOf is the first word of the statement that opens a condition.
func conditionOf(m *match.Pair) int {
	return slices.IndexFunc(m.Hyp.Units, func(u syntax.Unit) bool { return wording.ConditionWords[u.Folded] })
}

// takesOut finds the unit of the statement that speaks of what the exception at k, whose words end before behind, takes
// out, or of all that it is taken out of.
func takesOut(m *match.Pair, k, behind int) int {
	end := behind
	for last := m.Prem.From[m.Prem.Units[k].Sentence+1]; end < last && (end == behind || !m.Prem.Parted(end)) &&
		!syntax.VerbOrHelp(m.Prem.PartOf(end)); {
		end++
	}
	for i := range m.Hyp.Units {
		if wholes[m.Hyp.Units[i].Folded] {
			return i
		}
		for _, j := range m.Hits[i] {
			if j >= behind && j < end && m.Hyp.Weights[i] > 0 {
				return i
			}
		}
	}
	before := k - 1
	for before > m.Prem.From[m.Prem.Units[k].Sentence] && m.Prem.PartOf(before) != syntax.Nominal {
		before--
	}
	return slices.IndexFunc(m.Hits, func(h []int) bool { return before >= 0 && slices.Contains(h, before) })
}

// SpeaksOfExcepted reports whether the statement speaks of what its twin takes out: that it is otherwise with that
// contradicts nothing.
func SpeaksOfExcepted(m *match.Pair) bool {
	if m.Twin < 0 || exceptions(m.Hyp.Analysis) {
		return false
	}
	for k := m.Prem.From[m.Twin]; k < m.Prem.From[m.Twin+1]; k++ {
		if behind, ok := exceptAt(m.Prem, k); ok {
			for i := range m.Hits {
				if m.Hyp.Weights[i] > 0 && slices.Contains(m.Hits[i], behind) {
					return true
				}
			}
		}
	}
	return false
}

// Otherwise reports whether the passage says the statement with another particle, or of all but the place or the time
// that the statement names.
func Otherwise(m *match.Pair) bool {
	i := excepted(m)
	return i >= 0 && clause.PrepositionOf(m.Hyp.Analysis, i) != "" || otherParticle(m) >= 0
}

// AboutOthers reports whether the passage has the statement's subject, and its twin speaks of another one: that cats
// are allowed does not contradict that snakes are not.
func AboutOthers(m *match.Pair) bool {
	if m.Twin < 0 || len(m.Hyp.Sentences) != 1 {
		return false
	}
	mine := mention.FirstSubject(m.Hyp.Analysis, 0, len(m.Hyp.Units))
	theirs := mention.FirstSubject(m.Prem, m.Twin, m.Prem.From[m.Twin+1])
	if mine.Missing || mine.Pronoun || len(mine.Heads) == 0 || theirs.Missing || theirs.Pronoun {
		return false
	}
	head := mine.Heads[len(mine.Heads)-1]
	return len(m.Hits[head]) > 0 && !m.StandsIn(head, m.Twin)
}
