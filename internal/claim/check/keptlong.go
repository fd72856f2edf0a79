package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// A long statement says several things, and rarely all in the clauses of the passage. It is kept where nearly all of
// its words stand there as near to each other as in the statement, nobody's role is another's, and no check refuses.
// Measured on the labeled drafts: of the long sentences that the words alone kept 28 were true and 8 false, of those
// that the checks leave 18 and 1.
const (
	longWeight = 9.0
	longScore  = 0.8
	longPairs  = 0.45
)

// Long reports whether a statement is long, and nearly all of its words stand together in the passage.
func (m *Pair) Long() bool {
	return m.s.total >= longWeight && m.Score >= longScore && (m.near || m.pairShare() >= longPairs)
}

// LongChecks refuse a long statement of whose words nearly all stand in the passage. Each has a case in
// TestLongChecks that no other refuses.
var LongChecks = []struct {
	Name  string
	Match func(*Pair, *Clause) bool
}{
	{"another mood", (*Pair).otherMood},
	{"another stance", (*Pair).otherStance},
	{"another complement", (*Pair).otherComplement},
	{"subject apart", (*Pair).subjectApart},
	{"another source", (*Pair).otherSource},
	{"another count", (*Pair).otherCount},
	{"another word", func(m *Pair, _ *Clause) bool { return m.otherWord() }},
}

// longKept reports whether a long statement says nothing that the words which it shares with the passage do not bear:
// nobody does, says or is in it what the passage does not say of them.
func (m *Pair) longKept() bool {
	for k := range m.s.sentences {
		for _, sc := range m.s.Clauses(k) {
			if m.Framing(&sc) {
				continue
			}
			for _, check := range LongChecks {
				if check.Match(m, &sc) {
					return false
				}
			}
		}
	}
	return true
}

// otherMood reports whether the passage has the verb of a clause, and everywhere in another mood.
func (m *Pair) otherMood(sc *Clause) bool {
	found := false
	for _, j := range m.sameVerbs(sc.verb) {
		if sc.copula || m.p.PartOf(j) != Verbal || !m.inWindow(j) {
			continue
		}
		found = true
		if slices.Equal(sc.mood, m.p.moodOf(j)) {
			return false
		}
	}
	return found
}

// otherStance reports whether a clause tells of somebody's saying or view by a verb that the passage does not have:
// "blames", "confirmed". Which neutral verb reports it does not matter.
func (m *Pair) otherStance(sc *Clause) bool {
	v, ok := lexicon.Reporting(m.s.Units[sc.verb].Folded)
	return ok && !v.States && len(m.hits[sc.verb]) == 0
}

// otherComplement reports whether a clause says that its subject is something that the passage does not speak of.
func (m *Pair) otherComplement(sc *Clause) bool {
	return sc.copula && slices.ContainsFunc(sc.objects, func(o phrase) bool {
		if len(o.heads) == 0 {
			return false
		}
		last := o.heads[len(o.heads)-1]
		return m.s.weights[last] >= weightPlain && len(m.hits[last]) == 0
	})
}

// subjectApart reports whether a clause has a name for its subject, and no sentence of the passage has that and
// something else of the clause.
func (m *Pair) subjectApart(sc *Clause) bool {
	if sc.subject.missing || sc.subject.pronoun || len(sc.subject.heads) == 0 {
		return false
	}
	head := sc.subject.heads[len(sc.subject.heads)-1]
	if m.s.Units[head].Kind != Name || len(m.hits[head]) == 0 {
		return false
	}
	beside, near := 0, 0
	for i := sc.verb; i < sc.to; i++ {
		if m.s.weights[i] < weightPlain || slices.Contains(sc.subject.units, i) || len(m.hits[i]) == 0 {
			continue
		}
		beside++
		if slices.ContainsFunc(m.hits[head], func(j int) bool { return m.standsIn(i, m.p.Units[j].sentence) }) {
			near++
		}
	}
	return beside > 0 && near == 0
}

// otherCount reports whether a clause counts something by a number that counts something else in the passage, wherever
// it has that: "31 gusts", "31 boats".
func (m *Pair) otherCount(sc *Clause) bool {
	for i := min(sc.from, sc.verb); i < sc.to; i++ {
		q := m.s.Units[i].quantity
		if q == nil || q.Unit != "" || q.Ordinal || m.s.countedNoun(i) < 0 || len(m.hits[i]) == 0 {
			continue
		}
		if !slices.ContainsFunc(m.hits[i], func(j int) bool {
			return m.p.countedNoun(j) < 0 || m.countedAlike(i, j) || m.hit(m.s.countedNoun(i), j+1)
		}) {
			return true
		}
	}
	return false
}

// sourceKept reports whether the same speaks in the sentence of the passage that has most of what somebody says in the
// statement.
func (m *Pair) sourceKept(f *frame) bool {
	best, at := 0.0, -1
	for k := m.first; k <= m.last; k++ {
		sum := 0.0
		for i := f.c0; i < f.c1; i++ {
			if m.standsIn(i, k) {
				sum += m.s.weights[i]
			}
		}
		if sum > best {
			best, at = sum, k
		}
	}
	return at < 0 || m.saidIn(f, at)
}

// sourcesAgree reports whether what bears the statement out is nobody's words, or is said in the statement by whom the
// passage has it said.
func (m *Pair) sourcesAgree() bool {
	for k := range m.s.frames {
		if f := &m.s.frames[k]; !f.impersonal && !m.sourceKept(f) {
			return false
		}
	}
	if len(m.s.frames) > 0 {
		return true
	}
	for k := m.first; k <= m.last && k < len(m.p.sentences); k++ {
		told := func(f frame) bool { return f.sentence == k && !f.impersonal }
		if len(m.speakersOf(k)) > 0 || slices.ContainsFunc(m.p.frames, told) {
			return false
		}
	}
	return true
}

// otherSource reports whether a clause tells who says something, and none of them speaks in the sentences that cover
// most of the statement.
func (m *Pair) otherSource(sc *Clause) bool {
	k := slices.IndexFunc(m.s.frames, func(f frame) bool { return f.verb == sc.verb && !f.impersonal })
	if k < 0 {
		return false
	}
	for at := m.first; at <= m.last && at < len(m.p.sentences); at++ {
		if m.saidIn(&m.s.frames[k], at) {
			return false
		}
	}
	return true
}

// substituteReach is how many units behind a word another one stands for the next to be in the place of the next.
const substituteReach = 4

// otherWord finds a word that the passage does not have, where that has another one in its place: "five children of a
// botanist" for "five children of a miner", "ten hours less than" for "ten hours longer than".
func (m *Pair) otherWord() bool {
	last := -1 // the content word before
	for i := range m.s.Units {
		if m.s.weights[i] == 0 && !m.s.compares(i) {
			continue
		}
		if last >= 0 && i-last <= substituteReach && !m.sharesSentence(last, i) && m.substituted(last, i) {
			return true
		}
		last = i
	}
	return false
}

// sharesSentence reports whether a sentence of the passage has what two units of the statement say.
func (m *Pair) sharesSentence(a, b int) bool {
	return slices.ContainsFunc(m.hits[a], func(j int) bool { return m.standsIn(b, m.p.Units[j].sentence) })
}

// compares reports whether "than" stands right behind a word.
func (r *Analysis) compares(i int) bool { return r.plainAfter(i) == "than" }

// substituted reports whether the passage has a word of its own in the place of the statement's unit i: behind what the
// unit last says, and behind the same preposition or before "than", or a name where that has one.
func (m *Pair) substituted(last, i int) bool {
	names := i == last+1 && m.s.Units[i].Kind == Name && m.s.Units[last].Kind == Name && !m.s.parted(i)
	for _, h := range m.hits[last] {
		if names && m.p.Units[h].Entity > 0 { // the whole name is one unit: "Karl Berg" for "Karl Vass"
			return true
		}
		for j := h + 1; j <= h+substituteReach && j < m.p.from[m.p.Units[h].sentence+1]; j++ {
			if i == last+1 && j == h+1 && m.s.Units[i].Kind == Name && m.p.Units[j].Kind == Name {
				return true // "the injured Marcus Bell" for "the injured Tom Neill"
			}
			if m.p.Units[j].Kind == light && !m.p.compares(j) || m.hitByAny(j) {
				continue
			}
			if m.governedAlike(last, i, j) || m.s.compares(i) && m.p.compares(j) {
				return true
			}
			break
		}
	}
	return false
}

// governedAlike reports whether the same preposition governs the statement's unit i and the passage's j, and nothing
// that both have belongs to the same noun: "foreign soil" may say what "foreign territory" does.
func (m *Pair) governedAlike(last, i, j int) bool {
	before := m.s.prepositionOf(i)
	_, from := m.s.nounPhraseEnding(i)
	return before != "" && from > last && before == m.p.prepositionOf(j)
}
