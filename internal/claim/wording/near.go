package wording

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// NearWording reports whether the words of the statement stand in one sentence of the passage in their order, with
// nothing left out between them but what stands between commas or in brackets.
func NearWording(m *match.Pair) bool {
	if !m.Near {
		return false
	}
	first, last := -1, -1
	for i, j := range m.Align {
		if m.Hyp.Weights[i] == 0 && m.Hyp.Units[i].Op == syntax.None || m.Hyp.Units[i].Op == syntax.Negates {
			continue
		}
		if j < 0 || m.Hyp.Units[i].Kind == syntax.Plain && m.Prem.Units[j].Kind == syntax.Plain &&
			m.Hyp.Units[i].Folded != m.Prem.Units[j].Folded &&
			(m.Hyp.PartOf(i) == syntax.Verbal) != (m.Prem.PartOf(j) == syntax.Verbal) {
			return false // "is a teacher of": "taught"
		}
		if m.Hyp.PartOf(i) == syntax.Verbal && m.Prem.PartOf(j) == syntax.Verbal &&
			!slices.Equal(clause.At(m.Hyp.Analysis, i).Mood, clause.At(m.Prem, j).Mood) {
			return false // "was chosen": "is to be chosen"; "Dahl signed": "neither Ruud nor Dahl signed"
		}
		if first < 0 {
			first = j
		} else if !nothingBetween(m, last, j) {
			return false
		}
		last = j
	}
	return first >= 0 && (startsClause(m, first) || startsAlike(m, first)) && !entail.StartsBeside(m, first) &&
		lightVerbsThere(m)
}

// lightVerbsThere reports whether the twin has each form of be, have, do, get and become that is a verb of the
// statement: these weigh nothing, and "He has a boat" is not said by "A boat sank".
func lightVerbsThere(m *match.Pair) bool {
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] > 0 || m.Hyp.PartOf(i) != syntax.Verbal {
			continue
		}
		if !slices.ContainsFunc(entail.SameVerbs(m, i), func(j int) bool {
			return m.Prem.Units[j].Sentence == m.Twin && m.Prem.PartOf(j) == syntax.Verbal
		}) {
			return false
		}
	}
	return true
}

// startsAlike reports whether the same words stand before the first content word of the statement and before where
// the passage has it.
func startsAlike(m *match.Pair, j int) bool {
	i := slices.Index(m.Align, j)
	if i <= 0 || m.Hyp.PartOf(i-1) == syntax.Determiner || m.Hyp.PartOf(i-1) == syntax.Helping {
		return false // "the" before both does not say that neither is governed by another word
	}
	return j > 0 && m.Hyp.Units[i-1].Folded == m.Prem.Units[j-1].Folded && (i == 1 || m.Align[i-1] == j-1)
}

// nothingBetween reports whether the passage has nothing between two of its units but function words and parentheses.
func nothingBetween(m *match.Pair, last, j int) bool {
	closed := -1 // the unit behind a parenthesis: a verb goes on with the sentence there
	for k := last + 1; k < j; k++ {
		if leavesClause(m.Prem, k) {
			return false
		}
		if m.Prem.Parted(k) {
			end := k + 1
			for end < j && !m.Prem.Parted(end) {
				end++
			}
			if m.Prem.Parted(end) && (k != closed || !m.Prem.HasVerb(k, end)) { // all that stands between two marks
				k, closed = end-1, end
				continue
			}
		}
		if u := &m.Prem.Units[k]; (u.Kind != syntax.Light || u.Op != syntax.None) && u.Op != syntax.Negates {
			return false
		}
	}
	return true
}

// startsClause reports whether nothing governs the noun phrase at j of the passage: no preposition, no possessor, no
// verb before it.
func startsClause(m *match.Pair, j int) bool {
	from := j
	for from > m.Prem.From[m.Prem.Units[j].Sentence] && !m.Prem.Parted(from) && m.Prem.PartOf(from-1) == syntax.Nominal {
		return false // the statement begins inside a noun phrase
	}
	if from > m.Prem.From[m.Prem.Units[j].Sentence] && m.Prem.PartOf(from-1) == syntax.Determiner {
		from--
	}
	if from == m.Prem.From[m.Prem.Units[j].Sentence] || m.Prem.Parted(from) {
		return true
	}
	q := m.Prem.PartOf(from - 1)
	return q != syntax.Preposition && q != syntax.Verbal
}

// pairShare is the share of the statement's neighboring content words that stand as near to each other in a sentence
// of the passage.
func pairShare(m *match.Pair) float64 {
	const slack = 3
	last, pairs, near := -1, 0, 0
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] < match.WeightPlain {
			continue
		}
		if last >= 0 {
			pairs++
			if stepBetween(m, last, i) <= i-last+slack {
				near++
			}
		}
		last = i
	}
	if pairs == 0 {
		return 0
	}
	return float64(near) / float64(pairs)
}

// stepBetween is the least distance between two words of the statement in one sentence of the passage.
func stepBetween(m *match.Pair, a, b int) int {
	best := syntax.MaxClauseUnits
	for _, i := range m.Hits[a] {
		for _, j := range m.Hits[b] {
			if m.Prem.Units[i].Sentence == m.Prem.Units[j].Sentence {
				best = min(best, max(i-j, j-i))
			}
		}
	}
	return best
}

// leavesClause reports whether another clause begins at k, so that what stands before it is no subject of what stands
// behind: a semicolon, the finite verb of what stands before, or "while".
func leavesClause(r *syntax.Analysis, k int) bool {
	if r.Semicolon(k) {
		return true
	}
	w := r.Units[k].Folded
	if strings.ContainsAny(r.Text[r.Units[k-1].End:r.Units[k].Start], "()[]") {
		return false // "Ada Lind (born 1971) is"
	}
	return r.Parted(k) && (w == "while" || w == "whereas" ||
		syntax.VerbOrHelp(r.PartOf(k)) && !r.Reduced(k) && !syntax.IngForms()[w] && !clause.ParticipleOf(r, k) && w != "to")
}
