package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// An inference is a way in which a passage says what a clause of the statement does by another construction. Each asks
// for the same subject, and for all else that the clause says, where the other construction has it.
type inference struct {
	Name    string
	Example string // what the statement says, and the passage
	holds   func(*Pair, *syntax.Clause) bool
}

// Inferences are tried in this order. testdata/inferences has a case for each that fails without it.
var Inferences = []inference{
	{"office", "was a judge: “was appointed judge”, “served as a judge”", (*Pair).officeKept},
	{"topic", "is about two sisters: “follows two sisters”", (*Pair).topicKept},
	{"place", "lies in Daland: “is a lake in the west of Daland”", (*Pair).placeKept},
	{"seat", "has its headquarters in Arn: “a company based in Arn”", (*Pair).seatKept},
	{"cast", "Berg stars in Grey Water: “Grey Water is a film starring Berg”", (*Pair).castKept},
	{"marriage", "Lise was the wife of Tobin: “Tobin married Lise”", (*Pair).marriageKept},
	{"other name", "her real name is Ada Lind: “Nightjar (born Ada Lind; 4 May 1970)”", (*Pair).nameKept},
}

// inferred reports whether a clause is told by another construction.
func (m *Pair) inferred(sc *syntax.Clause) bool {
	return slices.ContainsFunc(Inferences, func(f inference) bool {
		return f.Name != m.c.Off.Inference && f.holds(m, sc)
	})
}

// toldOtherwise reports whether a word of the statement that the passage does not have is of a clause that it tells by
// a converse verb or by another construction.
func (m *Pair) toldOtherwise(i int) bool {
	for _, sc := range m.s.Clauses(m.s.Units[i].Sentence) {
		if sc.Verb == i && m.converseKept(&sc) {
			return true
		}
		if (i >= sc.From && i < sc.To || slices.Contains(sc.Subject.Units, i)) && m.inferred(&sc) {
			return true
		}
	}
	return false
}

// restIn reports whether all that a clause of the statement says from its verb on, beside what done holds, stands in
// the units [from, to) of the passage behind the same prepositions.
func (m *Pair) restIn(sc *syntax.Clause, done []int, from, to int) bool {
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.weights[i] == 0 || slices.Contains(done, i) || m.s.sourceUnit(i) {
			continue
		}
		mine := clause.PrepositionOf(m.s.Analysis, i)
		if !slices.ContainsFunc(m.hits[i], func(j int) bool {
			return j >= from && j < to && (clause.PrepositionOf(m.p, j) == mine || m.s.Units[i].Kind == syntax.Date)
		}) {
			return false
		}
	}
	return true
}

// topicKept reports whether the passage says of the same work by another verb that it is about the same.
func (m *Pair) topicKept(sc *syntax.Clause) bool {
	start := m.s.TopicAt(sc.Verb)
	if start < 0 || sc.Subject.Missing || len(sc.Mood) > 0 {
		return false
	}
	mine, _ := m.s.PhraseFrom(start, m.s.ClauseEnd(sc.Verb))
	if mine.Missing || mine.Pronoun {
		return false
	}
	for j := range m.p.Units {
		if m.p.PartOf(j) != syntax.Verbal {
			continue
		}
		at := m.p.TopicAt(j)
		if at < 0 {
			continue
		}
		pc := clause.At(m.p, j)
		theirs, _ := m.p.PhraseFrom(at, m.p.ClauseEnd(j))
		if !theirs.Missing && !pc.Passive && len(pc.Mood) == 0 && m.phraseKept(&sc.Subject, &pc.Subject) &&
			m.phraseKept(&mine, &theirs) && m.restIn(sc, mine.Units, at, pc.To) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
