package polarity

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// negativeWords say by themselves that something is not so: "acquitted", "removed".
var negativeWords = stems(lexicon.List("negative-words"))

func stems(list map[string]bool) map[string]bool {
	all := make(map[string]bool, len(list))
	for w := range list {
		all[words.Stem(w)] = true
	}
	return all
}

// DeniedInOtherWords reports whether the statement denies something, and the passage denies it in another word or at
// another place: "is not known" for "is unknown", "nobody can renew" for "are not renewed". The one does not contradict
// the other, whatever else they say.
func DeniedInOtherWords(m *match.Pair) bool {
	if n, _ := count(m.Hyp.Units, syntax.Negates); n != 1 {
		return false // what is denied twice is said
	}
	return notYet(m) || othersCounted(m) || bothDeny(m) || lastSaidNegatively(m)
}

// notYet reports whether the statement says that something is not so yet, and the passage that it will be.
func notYet(m *match.Pair) bool {
	return slices.ContainsFunc(m.Hyp.Units, func(u syntax.Unit) bool { return u.Folded == "yet" }) &&
		slices.ContainsFunc(m.Prem.Units[m.Prem.From[m.First]:m.Prem.From[m.Last+1]],
			func(u syntax.Unit) bool { return u.Folded == "will" || u.Folded == "would" })
}

// othersCounted reports whether what the statement denies is of a number of them that the passage does not have: that
// nine of 23 are not open does not contradict that 14 are.
func othersCounted(m *match.Pair) bool {
	for k := range m.Hyp.Sentences {
		for _, c := range m.Hyp.Clauses(k) {
			if slices.ContainsFunc(c.Subject.Units, func(i int) bool {
				return m.Hyp.Units[i].Kind == syntax.Number && len(m.Hits[i]) == 0
			}) {
				return true
			}
		}
	}
	return false
}

// bothDeny reports whether a verb or a noun that stands in a denied clause of the statement is denied in the passage,
// and not so elsewhere in it: "are not part of the copy" of what is held "but not" there.
func bothDeny(m *match.Pair) bool {
	for k := range m.Hyp.Sentences {
		for _, c := range m.Hyp.Clauses(k) {
			if denies(&c) && slices.ContainsFunc(append(slices.Clone(c.Subject.Heads), c.Verb),
				func(i int) bool { return onlyDenied(m, i) }) {
				return true
			}
		}
	}
	return false
}

// onlyDenied reports whether the sentences that the statement is held against have one of its words, and deny it.
func onlyDenied(m *match.Pair, i int) bool {
	some := false
	for _, j := range m.Hits[i] {
		if !heldAgainst(m, j) {
			continue
		}
		if !m.Prem.Units[j].Negated {
			return false
		}
		some = true
	}
	return some
}

// heldAgainst reports whether the statement is held against the sentence of a unit.
func heldAgainst(m *match.Pair, j int) bool {
	return m.InWindow(j) || m.Prem.Units[j].Sentence == m.Twin
}

// lastSaidNegatively reports whether the passage says by a negative word what it says of the last thing that the
// statement names and that it has, too.
func lastSaidNegatively(m *match.Pair) bool {
	for _, hits := range slices.Backward(m.Hits) {
		if len(hits) == 0 {
			continue
		}
		return slices.ContainsFunc(hits, func(j int) bool { return heldAgainst(m, j) && saidNegatively(m, j) })
	}
	return false
}

// saidNegatively reports whether a clause of which the unit is a part says something by a negative word that the
// statement does not have, or by a denied verb.
func saidNegatively(m *match.Pair, j int) bool {
	verb := m.Prem.PartOf(j) == syntax.Verbal
	return slices.ContainsFunc(clause.Clauses(m.Prem, m.Prem.Units[j].Sentence), func(c syntax.Clause) bool {
		inside := c.Verb == j || slices.Contains(c.Subject.Units, j) || clause.Governing(m.Prem, j) == c.Verb
		if !inside || verb && c.Verb != j {
			return false
		}
		if m.Prem.Units[c.Verb].Negated || negative(m, c.Verb) {
			return true
		}
		if !c.Copula {
			return false
		}
		const reach = 3
		for k := c.Verb + 1; k < min(c.To, c.Verb+reach); k++ {
			if negative(m, k) {
				return true
			}
		}
		return false
	})
}

// negative reports whether a word of the passage, which the statement does not have, is negative by itself.
func negative(m *match.Pair, k int) bool {
	w := m.Prem.Units[k].Folded
	stem := words.Stem(w)
	if slices.ContainsFunc(m.Hyp.Units, func(u syntax.Unit) bool { return words.Stem(u.Folded) == stem }) {
		return false
	}
	return negativeWords[stem] || w == "off" || negativeAdjective(w)
}

// negativeAdjective reports whether a word is an adjective with a prefix that denies it: "unhurt", "unknown".
func negativeAdjective(w string) bool {
	const least = 4
	rest, ok := strings.CutPrefix(w, "un")
	return ok && len(rest) >= least && !notNegative[w] && !strings.HasPrefix(rest, "der") && !strings.HasPrefix(rest, "i")
}

// notNegative are words in "un" that are no adjectives of that kind.
var notNegative = lexicon.Union(lexicon.List("verbs-in-un"),
	lexicon.Set("until unless uncle uncles unto unanimous unanimously"))
