// Package inference knows other constructions that say the same: “was appointed judge” of who is a judge. Each is a
// row of a table, with a case in testdata/inferences.
package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// An inference is a way in which a passage says what a clause of the statement does by another construction. Each asks
// for the same subject, and for all else that the clause says, where the other construction has it.
type inference struct {
	Name    string
	Example string // what the statement says, and the passage
	holds   func(*match.Pair, *syntax.Clause) bool
}

// Inferences are tried in this order. testdata/inferences has a case for each that fails without it.
var Inferences = []inference{
	{"office", "was a judge: “was appointed judge”, “served as a judge”", officeKept},
	{"topic", "is about two sisters: “follows two sisters”", topicKept},
	{"place", "lies in Daland: “is a lake in the west of Daland”", placeKept},
	{"seat", "has its headquarters in Arn: “a company based in Arn”", seatKept},
	{"cast", "Berg stars in Grey Water: “Grey Water is a film starring Berg”", castKept},
	{"marriage", "Lise was the wife of Tobin: “Tobin married Lise”", marriageKept},
	{"other name", "her real name is Ada Lind: “Nightjar (born Ada Lind; 4 May 1970)”", nameKept},
}

// Inferred reports whether a clause is told by another construction.
func Inferred(m *match.Pair, sc *syntax.Clause) bool {
	return slices.ContainsFunc(Inferences, func(f inference) bool {
		return f.Name != m.Doc.Off.Inference && f.holds(m, sc)
	})
}

// ToldOtherwise reports whether a word of the statement that the passage does not have is of a clause that it tells by
// a converse verb or by another construction.
func ToldOtherwise(m *match.Pair, i int) bool {
	for _, sc := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if sc.Verb == i && ConverseKept(m, &sc) {
			return true
		}
		if (i >= sc.From && i < sc.To || slices.Contains(sc.Subject.Units, i)) && Inferred(m, &sc) {
			return true
		}
	}
	return false
}

// restIn reports whether all that a clause of the statement says from its verb on, beside what done holds, stands in
// the units [from, to) of the passage behind the same prepositions.
func restIn(m *match.Pair, sc *syntax.Clause, done []int, from, to int) bool {
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] == 0 || slices.Contains(done, i) || SourceUnit(m.Hyp, i) {
			continue
		}
		mine := clause.PrepositionOf(m.Hyp.Analysis, i)
		if !slices.ContainsFunc(m.Hits[i], func(j int) bool {
			return j >= from && j < to && (clause.PrepositionOf(m.Prem, j) == mine || m.Hyp.Units[i].Kind == syntax.Date)
		}) {
			return false
		}
	}
	return true
}

// topicKept reports whether the passage says of the same work by another verb that it is about the same.
func topicKept(m *match.Pair, sc *syntax.Clause) bool {
	start := m.Hyp.TopicAt(sc.Verb)
	if start < 0 || sc.Subject.Missing || len(sc.Mood) > 0 {
		return false
	}
	mine, _ := m.Hyp.PhraseFrom(start, m.Hyp.ClauseEnd(sc.Verb))
	if mine.Missing || mine.Pronoun {
		return false
	}
	for j := range m.Prem.Units {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		at := m.Prem.TopicAt(j)
		if at < 0 {
			continue
		}
		pc := clause.At(m.Prem, j)
		theirs, _ := m.Prem.PhraseFrom(at, m.Prem.ClauseEnd(j))
		if !theirs.Missing && !pc.Passive && len(pc.Mood) == 0 && mention.PhraseKept(m, &sc.Subject, &pc.Subject) &&
			mention.PhraseKept(m, &mine, &theirs) && restIn(m, sc, mine.Units, at, pc.To) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}
