package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
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
	Match func(*Pair, *syntax.Clause) bool
}{
	{"another mood", (*Pair).otherMood},
	{"another stance", (*Pair).otherStance},
	{"another complement", (*Pair).otherComplement},
	{"subject apart", (*Pair).subjectApart},
	{"another source", (*Pair).otherSource},
	{"another count", (*Pair).otherCount},
	{"another word", func(m *Pair, _ *syntax.Clause) bool { return m.otherWord() }},
}

// longKept reports whether a long statement says nothing that the words which it shares with the passage do not bear:
// nobody does, says or is in it what the passage does not say of them.
func (m *Pair) longKept() bool {
	for k := range m.s.Sentences {
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
func (m *Pair) otherMood(sc *syntax.Clause) bool {
	found := false
	for _, j := range m.sameVerbs(sc.Verb) {
		if sc.Copula || m.p.PartOf(j) != syntax.Verbal || !m.inWindow(j) {
			continue
		}
		found = true
		if slices.Equal(sc.Mood, clause.MoodOf(m.p, j)) {
			return false
		}
	}
	return found
}

// otherStance reports whether a clause tells of somebody's saying or view by a verb that the passage does not have:
// "blames", "confirmed". Which neutral verb reports it does not matter.
func (m *Pair) otherStance(sc *syntax.Clause) bool {
	v, ok := lexicon.Reporting(m.s.Units[sc.Verb].Folded)
	return ok && !v.States && len(m.hits[sc.Verb]) == 0
}

// otherComplement reports whether a clause says that its subject is something that the passage does not speak of.
func (m *Pair) otherComplement(sc *syntax.Clause) bool {
	return sc.Copula && slices.ContainsFunc(sc.Objects, func(o syntax.Phrase) bool {
		if len(o.Heads) == 0 {
			return false
		}
		last := o.Heads[len(o.Heads)-1]
		return m.s.weights[last] >= weightPlain && len(m.hits[last]) == 0
	})
}

// subjectApart reports whether a clause has a name for its subject, and no sentence of the passage has that and
// something else of the clause.
func (m *Pair) subjectApart(sc *syntax.Clause) bool {
	if sc.Subject.Missing || sc.Subject.Pronoun || len(sc.Subject.Heads) == 0 {
		return false
	}
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	if m.s.Units[head].Kind != syntax.Name || len(m.hits[head]) == 0 {
		return false
	}
	beside, near := 0, 0
	for i := sc.Verb; i < sc.To; i++ {
		if m.s.weights[i] < weightPlain || slices.Contains(sc.Subject.Units, i) || len(m.hits[i]) == 0 {
			continue
		}
		beside++
		if slices.ContainsFunc(m.hits[head], func(j int) bool { return m.standsIn(i, m.p.Units[j].Sentence) }) {
			near++
		}
	}
	return beside > 0 && near == 0
}

// otherCount reports whether a clause counts something by a number that counts something else in the passage, wherever
// it has that: "31 gusts", "31 boats".
func (m *Pair) otherCount(sc *syntax.Clause) bool {
	for i := min(sc.From, sc.Verb); i < sc.To; i++ {
		q := m.s.Units[i].Quantity
		if q == nil || q.Unit != "" || q.Ordinal || countedNoun(m.s.Analysis, i) < 0 || len(m.hits[i]) == 0 {
			continue
		}
		if !slices.ContainsFunc(m.hits[i], func(j int) bool {
			return countedNoun(m.p, j) < 0 || m.countedAlike(i, j) || m.hit(countedNoun(m.s.Analysis, i), j+1)
		}) {
			return true
		}
	}
	return false
}

// sourceKept reports whether the same speaks in the sentence of the passage that has most of what somebody says in the
// statement.
func (m *Pair) sourceKept(f *syntax.Frame) bool {
	best, at := 0.0, -1
	for k := m.first; k <= m.last; k++ {
		sum := 0.0
		for i := f.C0; i < f.C1; i++ {
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
	for k := range m.s.Frames {
		if f := &m.s.Frames[k]; !f.Impersonal && !m.sourceKept(f) {
			return false
		}
	}
	if len(m.s.Frames) > 0 {
		return true
	}
	for k := m.first; k <= m.last && k < len(m.p.Sentences); k++ {
		told := func(f syntax.Frame) bool { return f.Sentence == k && !f.Impersonal }
		if len(m.speakersOf(k)) > 0 || slices.ContainsFunc(m.p.Frames, told) {
			return false
		}
	}
	return true
}

// otherSource reports whether a clause tells who says something, and none of them speaks in the sentences that cover
// most of the statement.
func (m *Pair) otherSource(sc *syntax.Clause) bool {
	k := slices.IndexFunc(m.s.Frames, func(f syntax.Frame) bool { return f.Verb == sc.Verb && !f.Impersonal })
	if k < 0 {
		return false
	}
	for at := m.first; at <= m.last && at < len(m.p.Sentences); at++ {
		if m.saidIn(&m.s.Frames[k], at) {
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
		if m.s.weights[i] == 0 && !compares(m.s.Analysis, i) {
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
	return slices.ContainsFunc(m.hits[a], func(j int) bool { return m.standsIn(b, m.p.Units[j].Sentence) })
}

// compares reports whether "than" stands right behind a word.
func compares(r *syntax.Analysis, i int) bool { return r.PlainAfter(i) == "than" }

// substituted reports whether the passage has a word of its own in the place of the statement's unit i: behind what the
// unit last says, and behind the same preposition or before "than", or a name where that has one.
func (m *Pair) substituted(last, i int) bool {
	names := i == last+1 && m.s.Units[i].Kind == syntax.Name && m.s.Units[last].Kind == syntax.Name && !m.s.Parted(i)
	for _, h := range m.hits[last] {
		if names && m.p.Units[h].Entity > 0 { // the whole name is one unit: "Karl Berg" for "Karl Vass"
			return true
		}
		for j := h + 1; j <= h+substituteReach && j < m.p.From[m.p.Units[h].Sentence+1]; j++ {
			if i == last+1 && j == h+1 && m.s.Units[i].Kind == syntax.Name && m.p.Units[j].Kind == syntax.Name {
				return true // "the injured Marcus Bell" for "the injured Tom Neill"
			}
			if m.p.Units[j].Kind == syntax.Light && !compares(m.p, j) || m.hitByAny(j) {
				continue
			}
			if m.governedAlike(last, i, j) || compares(m.s.Analysis, i) && compares(m.p, j) {
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
	before := clause.PrepositionOf(m.s.Analysis, i)
	_, from := clause.NounPhraseEnding(m.s.Analysis, i)
	return before != "" && from > last && before == clause.PrepositionOf(m.p, j)
}
