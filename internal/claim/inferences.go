package claim

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// An inference is a way in which a passage says what a clause of the statement does by another construction. Each asks
// for the same subject, and for all else that the clause says, where the other construction has it.
type inference struct {
	name    string
	example string // what the statement says, and the passage
	holds   func(*matching, *clause) bool
}

// inferences are tried in this order. testdata/inferences has a case for each that fails without it.
var inferences = []inference{
	{"office", "was a judge: “was appointed judge”, “served as a judge”", (*matching).officeKept},
	{"topic", "is about two sisters: “follows two sisters”", (*matching).topicKept},
	{"place", "lies in Daland: “is a lake in the west of Daland”", (*matching).placeKept},
	{"seat", "has its headquarters in Arn: “a company based in Arn”", (*matching).seatKept},
	{"cast", "Berg stars in Grey Water: “Grey Water is a film starring Berg”", (*matching).castKept},
	{"marriage", "Lise was the wife of Tobin: “Tobin married Lise”", (*matching).marriageKept},
	{"other name", "her real name is Ada Lind: “Nightjar (born Ada Lind; 4 May 1970)”", (*matching).nameKept},
}

// inferred reports whether a clause is told by another construction.
func (m *matching) inferred(sc *clause) bool {
	return slices.ContainsFunc(inferences, func(f inference) bool {
		return f.name != m.c.off.inference && f.holds(m, sc)
	})
}

// toldOtherwise reports whether a word of the statement that the passage does not have is of a clause that it tells by
// a converse verb or by another construction.
func (m *matching) toldOtherwise(i int) bool {
	for _, sc := range m.s.clauses(m.s.units[i].sentence) {
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
func (m *matching) restIn(sc *clause, done []int, from, to int) bool {
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 || slices.Contains(done, i) || m.s.sourceUnit(i) {
			continue
		}
		mine := m.s.prepositionOf(i)
		if !slices.ContainsFunc(m.hits[i], func(j int) bool {
			return j >= from && j < to && (m.p.prepositionOf(j) == mine || m.s.units[i].kind == date)
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
func (r *reading) topicAt(v int) int {
	k := v + 1
	for k < r.clauseEnd(v) && r.partOf(k) == adverbial && !prepositions[r.units[k].folded] {
		k++
	}
	if k >= r.clauseEnd(v) {
		return -1
	}
	w := r.units[k].folded
	if beForms[r.units[v].folded] {
		if w == "about" {
			return k + 1
		}
		return -1
	}
	before, ok := topicVerbs[r.units[v].folded]
	switch {
	case !ok:
		return -1
	case before[0] == "" && r.partOf(k) != preposition:
		return k
	case slices.Contains(before, w):
		return k + 1
	}
	return -1
}

// topicKept reports whether the passage says of the same work by another verb that it is about the same.
func (m *matching) topicKept(sc *clause) bool {
	start := m.s.topicAt(sc.verb)
	if start < 0 || sc.subject.missing || len(sc.mood) > 0 {
		return false
	}
	mine, _ := m.s.phraseFrom(start, m.s.clauseEnd(sc.verb))
	if mine.missing || mine.pronoun {
		return false
	}
	for j := range m.p.units {
		if m.p.partOf(j) != verbal {
			continue
		}
		at := m.p.topicAt(j)
		if at < 0 {
			continue
		}
		pc := m.p.clauseAt(j)
		theirs, _ := m.p.phraseFrom(at, m.p.clauseEnd(j))
		if !theirs.missing && !pc.passive && len(pc.mood) == 0 && m.phraseKept(&sc.subject, &pc.subject) &&
			m.phraseKept(&mine, &theirs) && m.restIn(sc, mine.units, at, pc.to) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
