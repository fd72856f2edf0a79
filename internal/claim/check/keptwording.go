package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// nearWording reports whether the words of the statement stand in one sentence of the passage in their order, with
// nothing left out between them but what stands between commas or in brackets.
func (m *Pair) nearWording() bool {
	if !m.near {
		return false
	}
	first, last := -1, -1
	for i, j := range m.align {
		if m.s.weights[i] == 0 && m.s.Units[i].Op == syntax.None || m.s.Units[i].Op == syntax.Negates {
			continue
		}
		if j < 0 || m.s.Units[i].Kind == syntax.Plain && m.p.Units[j].Kind == syntax.Plain &&
			m.s.Units[i].Folded != m.p.Units[j].Folded && (m.s.PartOf(i) == syntax.Verbal) != (m.p.PartOf(j) == syntax.Verbal) {
			return false // "is a teacher of": "taught"
		}
		if m.s.PartOf(i) == syntax.Verbal && m.p.PartOf(j) == syntax.Verbal &&
			!slices.Equal(clause.MoodOf(m.s.Analysis, i), clause.MoodOf(m.p, j)) {
			return false // "was chosen": "is to be chosen"
		}
		if first < 0 {
			first = j
		} else if !m.nothingBetween(last, j) {
			return false
		}
		last = j
	}
	return first >= 0 && (m.startsClause(first) || m.startsAlike(first)) && !m.startsBeside(first)
}

// startsAlike reports whether the same words stand before the first content word of the statement and before where
// the passage has it.
func (m *Pair) startsAlike(j int) bool {
	i := slices.Index(m.align, j)
	if i <= 0 || m.s.PartOf(i-1) == syntax.Determiner || m.s.PartOf(i-1) == syntax.Helping {
		return false // "the" before both does not say that neither is governed by another word
	}
	return j > 0 && m.s.Units[i-1].Folded == m.p.Units[j-1].Folded && (i == 1 || m.align[i-1] == j-1)
}

// nothingBetween reports whether the passage has nothing between two of its units but function words and parentheses.
func (m *Pair) nothingBetween(last, j int) bool {
	closed := -1 // the unit behind a parenthesis: a verb goes on with the sentence there
	for k := last + 1; k < j; k++ {
		if leavesClause(m.p, k) {
			return false
		}
		if m.p.Parted(k) {
			end := k + 1
			for end < j && !m.p.Parted(end) {
				end++
			}
			if m.p.Parted(end) && (k != closed || !m.p.HasVerb(k, end)) { // all that stands between two marks
				k, closed = end-1, end
				continue
			}
		}
		if u := &m.p.Units[k]; (u.Kind != syntax.Light || u.Op != syntax.None) && u.Op != syntax.Negates {
			return false
		}
	}
	return true
}

// startsClause reports whether nothing governs the noun phrase at j of the passage: no preposition, no possessor, no
// verb before it.
func (m *Pair) startsClause(j int) bool {
	from := j
	for from > m.p.From[m.p.Units[j].Sentence] && !m.p.Parted(from) && m.p.PartOf(from-1) == syntax.Nominal {
		return false // the statement begins inside a noun phrase
	}
	if from > m.p.From[m.p.Units[j].Sentence] && m.p.PartOf(from-1) == syntax.Determiner {
		from--
	}
	if from == m.p.From[m.p.Units[j].Sentence] || m.p.Parted(from) {
		return true
	}
	q := m.p.PartOf(from - 1)
	return q != syntax.Preposition && q != syntax.Verbal
}

// pairShare is the share of the statement's neighboring content words that stand as near to each other in a sentence
// of the passage.
func (m *Pair) pairShare() float64 {
	const slack = 3
	last, pairs, near := -1, 0, 0
	for i := range m.s.Units {
		if m.s.weights[i] < weightPlain {
			continue
		}
		if last >= 0 {
			pairs++
			if m.stepBetween(last, i) <= i-last+slack {
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
func (m *Pair) stepBetween(a, b int) int {
	best := syntax.MaxClauseUnits
	for _, i := range m.hits[a] {
		for _, j := range m.hits[b] {
			if m.p.Units[i].Sentence == m.p.Units[j].Sentence {
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
		syntax.VerbOrHelp(r.PartOf(k)) && !r.Reduced(k) && !syntax.IngForms[w] && !clause.ParticipleOf(r, k) && w != "to")
}
