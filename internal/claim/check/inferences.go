package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// An inference is a way in which a passage says what a clause of the statement does by another construction. Each asks
// for the same subject, and for all else that the clause says, where the other construction has it.
type inference struct {
	Name    string
	Example string // what the statement says, and the passage
	holds   func(*Pair, *Clause) bool
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
func (m *Pair) inferred(sc *Clause) bool {
	return slices.ContainsFunc(Inferences, func(f inference) bool {
		return f.Name != m.c.Off.Inference && f.holds(m, sc)
	})
}

// toldOtherwise reports whether a word of the statement that the passage does not have is of a clause that it tells by
// a converse verb or by another construction.
func (m *Pair) toldOtherwise(i int) bool {
	for _, sc := range m.s.Clauses(m.s.Units[i].sentence) {
		if sc.verb == i && m.converseKept(&sc) {
			return true
		}
		if (i >= sc.from && i < sc.to || slices.Contains(sc.subject.units, i)) && m.inferred(&sc) {
			return true
		}
	}
	return false
}

// restIn reports whether all that a clause of the statement says from its verb on, beside what done holds, stands in
// the units [from, to) of the passage behind the same prepositions.
func (m *Pair) restIn(sc *Clause, done []int, from, to int) bool {
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 || slices.Contains(done, i) || m.s.sourceUnit(i) {
			continue
		}
		mine := m.s.prepositionOf(i)
		if !slices.ContainsFunc(m.hits[i], func(j int) bool {
			return j >= from && j < to && (m.p.prepositionOf(j) == mine || m.s.Units[i].Kind == date)
		}) {
			return false
		}
	}
	return true
}

// topicVerbs tell what a book or a film is about, with what stands before that; "" for an object.
var topicVerbs = func() map[string][]string {
	all := map[string][]string{}
	for list, before := range map[string][]string{
		"depict portray chronicle recount explore describe": {""},
		"follow": {""},
		"deal":   {"with"},
		"tell":   {"of", "about"},
		"center": {"on", "around"}, "focus": {"on"}, "revolve": {"around"},
	} {
		for w := range formsOf(list) {
			all[w] = before
		}
	}
	return all
}()

// works are what may be about something.
var works = lexicon.List("works")

// topicAt is where begins what the clause of a verb says that its subject is about; -1 for nothing.
func (r *Analysis) topicAt(v int) int {
	k := v + 1
	for k < r.clauseEnd(v) && r.PartOf(k) == adverbial && !prepositions[r.Units[k].Folded] {
		k++
	}
	if k >= r.clauseEnd(v) {
		return -1
	}
	w := r.Units[k].Folded
	if beForms[r.Units[v].Folded] {
		if w == "about" {
			return k + 1
		}
		return -1
	}
	before, ok := topicVerbs[r.Units[v].Folded]
	switch {
	case !ok:
		return -1
	case before[0] == "" && r.PartOf(k) != preposition:
		return k
	case slices.Contains(before, w):
		return k + 1
	}
	return -1
}

// topicKept reports whether the passage says of the same work by another verb that it is about the same.
func (m *Pair) topicKept(sc *Clause) bool {
	start := m.s.topicAt(sc.verb)
	if start < 0 || sc.subject.missing || len(sc.mood) > 0 {
		return false
	}
	mine, _ := m.s.phraseFrom(start, m.s.clauseEnd(sc.verb))
	if mine.missing || mine.pronoun {
		return false
	}
	for j := range m.p.Units {
		if m.p.PartOf(j) != Verbal {
			continue
		}
		at := m.p.topicAt(j)
		if at < 0 {
			continue
		}
		pc := m.p.At(j)
		theirs, _ := m.p.phraseFrom(at, m.p.clauseEnd(j))
		if !theirs.missing && !pc.passive && len(pc.mood) == 0 && m.phraseKept(&sc.subject, &pc.subject) &&
			m.phraseKept(&mine, &theirs) && m.restIn(sc, mine.units, at, pc.to) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
