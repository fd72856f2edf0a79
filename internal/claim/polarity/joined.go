package polarity

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
)

// joinedValue finds the number that the passage gives to what the statement gives another one to, where both are
// joined: "costs 5 euros in Rome and 9 euros in Oslo" does not say 5 euros in Oslo. i is the statement's number and j
// the passage's; -1 where there is none.
func joinedValue(m *match.Pair) (i, j int) {
	for i := range m.Hyp.Units {
		q := m.Hyp.Units[i].Quantity
		if m.Hyp.Units[i].Kind != syntax.Number || q == nil || q.Ordinal || q.Vague || q.Bound != quantity.Exactly {
			continue
		}
		other := -1
		for _, at := range m.Hits[i] {
			if other = joinedAt(m, i, at); other < 0 {
				break // here it stands as the statement has it
			}
		}
		if other >= 0 {
			return i, other
		}
	}
	return -1, -1
}

// joinedAt finds the number beside that at the unit at of the passage which belongs to a complement of the statement.
func joinedAt(m *match.Pair, i, at int) int {
	k := m.Prem.Units[at].Sentence
	for c := range m.Hyp.Units {
		if c == i || m.Hyp.Weights[c] < match.WeightPlain || m.Hyp.Units[c].Sentence != m.Hyp.Units[i].Sentence {
			continue
		}
		p := clause.PrepositionOf(m.Hyp.Analysis, c)
		if p == "" {
			continue
		}
		found := -1
		for _, h := range m.Hits[c] {
			if m.Prem.Units[h].Sentence != k || clause.PrepositionOf(m.Prem, h) != p {
				found = -1
				break
			}
			if found = numberBeside(m, i, at, h, p); found < 0 {
				break
			}
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}

// numberBeside finds the number to which a complement at h belongs, as another complement with the same preposition
// belongs to the number at the unit at; -1 for none.
func numberBeside(m *match.Pair, i, at, h int, preposition string) int {
	k := m.Prem.Units[at].Sentence
	first, end := m.Prem.From[k], m.Prem.From[k+1]
	for j := first; j < end; j++ {
		if j == at || HitByAny(m, j) || !alikeOrBare(m, i, j) {
			continue
		}
		behind := HasComplement(m.Prem, max(at, j)+1, end, preposition)
		own := false
		switch {
		case at < j && j < h: // 5 euros in Rome and 9 euros in Oslo: 5 and Oslo
			own = HasComplement(m.Prem, at+1, j, preposition)
		case j < h && h < at: // the same: 9 and Rome
			own = behind
		case at < h && h < j: // in Rome 5 euros and in Oslo 9 euros: 5 and Oslo
			own = !behind && OpensPart(m.Prem, h) && HasComplement(m.Prem, first, at, preposition)
		case h < j && j < at: // the same: 9 and Rome
			own = !behind && partOpens(m.Prem, j+1, at, preposition)
		}
		if own {
			return j
		}
	}
	return -1
}

// OpensPart reports whether what is joined begins with the prepositional phrase of the unit k: "and in Oslo".
func OpensPart(r *syntax.Analysis, k int) bool {
	_, from := clause.NounPhraseEnding(r, k)
	return from > 1 && (r.Parted(from-1) || r.PartOf(from-2) == syntax.Coordinator)
}

// partOpens reports whether a word of [from, to) stands behind a preposition with which what is joined begins.
func partOpens(r *syntax.Analysis, from, to int, preposition string) bool {
	for k := from; k < to; k++ {
		if HasComplement(r, k, k+1, preposition) && OpensPart(r, k) {
			return true
		}
	}
	return false
}

// alikeOrBare reports whether a number of the passage counts what the statement's does, or says nothing of what it
// counts.
func alikeOrBare(m *match.Pair, i, j int) bool {
	q := m.Prem.Units[j].Quantity
	return m.Prem.Units[j].Kind == syntax.Number && q != nil && !q.Ordinal && !q.Vague &&
		(CountedAlike(m, i, j) || q.Unit == "" && CountedNoun(m.Prem, j) < 0)
}

// HasComplement reports whether a word of [from, to) stands behind a preposition.
func HasComplement(r *syntax.Analysis, from, to int, preposition string) bool {
	for k := from; k < to; k++ {
		if r.PartOf(k) == syntax.Nominal && r.Units[k].Kind != syntax.Number && clause.PrepositionOf(r, k) == preposition {
			return true
		}
	}
	return false
}
