package wording

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
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
func Long(m *match.Pair) bool {
	return m.Hyp.Total >= longWeight && m.Score >= longScore && (m.Near || pairShare(m) >= longPairs)
}

// LongChecks refuse a long statement of whose words nearly all stand in the passage. Each has a case in
// TestLongChecks that no other refuses.
var LongChecks = []struct {
	Name  string
	Match func(*match.Pair, *syntax.Clause) bool
}{
	{"another mood", otherMood},
	{"another stance", otherStance},
	{"another complement", otherComplement},
	{"subject apart", subjectApart},
	{"another source", otherSource},
	{"another count", otherCount},
	{"another word", func(m *match.Pair, _ *syntax.Clause) bool { return otherWord(m) }},
}

// longKept reports whether a long statement says nothing that the words which it shares with the passage do not bear:
// nobody does, says or is in it what the passage does not say of them.
func longKept(m *match.Pair) bool {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if entail.Framing(m, &sc) {
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
func otherMood(m *match.Pair, sc *syntax.Clause) bool {
	found := false
	for _, j := range entail.SameVerbs(m, sc.Verb) {
		if sc.Copula || m.Prem.PartOf(j) != syntax.Verbal || !m.InWindow(j) {
			continue
		}
		found = true
		if slices.Equal(sc.Mood, clause.MoodOf(m.Prem, j)) {
			return false
		}
	}
	return found
}

// otherStance reports whether a clause tells of somebody's saying or view by a verb that the passage does not have:
// "blames", "confirmed". Which neutral verb reports it does not matter.
func otherStance(m *match.Pair, sc *syntax.Clause) bool {
	v, ok := lexicon.Reporting(m.Hyp.Units[sc.Verb].Folded)
	return ok && !v.States && len(m.Hits[sc.Verb]) == 0
}

// otherComplement reports whether a clause says that its subject is something that the passage does not speak of.
func otherComplement(m *match.Pair, sc *syntax.Clause) bool {
	return sc.Copula && slices.ContainsFunc(sc.Objects, func(o syntax.Phrase) bool {
		if len(o.Heads) == 0 {
			return false
		}
		last := o.Heads[len(o.Heads)-1]
		return m.Hyp.Weights[last] >= match.WeightPlain && len(m.Hits[last]) == 0
	})
}

// subjectApart reports whether a clause has a name for its subject, and no sentence of the passage has that and
// something else of the clause.
func subjectApart(m *match.Pair, sc *syntax.Clause) bool {
	if sc.Subject.Missing || sc.Subject.Pronoun || len(sc.Subject.Heads) == 0 {
		return false
	}
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	if m.Hyp.Units[head].Kind != syntax.Name || len(m.Hits[head]) == 0 {
		return false
	}
	beside, near := 0, 0
	for i := sc.Verb; i < sc.To; i++ {
		if m.Hyp.Weights[i] < match.WeightPlain || slices.Contains(sc.Subject.Units, i) || len(m.Hits[i]) == 0 {
			continue
		}
		beside++
		if slices.ContainsFunc(m.Hits[head], func(j int) bool { return m.StandsIn(i, m.Prem.Units[j].Sentence) }) {
			near++
		}
	}
	return beside > 0 && near == 0
}

// otherCount reports whether a clause counts something by a number that counts something else in the passage, wherever
// it has that: "31 gusts", "31 boats".
func otherCount(m *match.Pair, sc *syntax.Clause) bool {
	for i := min(sc.From, sc.Verb); i < sc.To; i++ {
		q := m.Hyp.Units[i].Quantity
		if q == nil || q.Unit != "" || q.Ordinal || polarity.CountedNoun(m.Hyp.Analysis, i) < 0 || len(m.Hits[i]) == 0 {
			continue
		}
		if !slices.ContainsFunc(m.Hits[i], func(j int) bool {
			return polarity.CountedNoun(m.Prem, j) < 0 || polarity.CountedAlike(m, i, j) ||
				m.Hit(polarity.CountedNoun(m.Hyp.Analysis, i), j+1)
		}) {
			return true
		}
	}
	return false
}

// sourceKept reports whether the same speaks in the sentence of the passage that has most of what somebody says in the
// statement.
func sourceKept(m *match.Pair, f *syntax.Frame) bool {
	best, at := 0.0, -1
	for k := m.First; k <= m.Last; k++ {
		sum := 0.0
		for i := f.C0; i < f.C1; i++ {
			if m.StandsIn(i, k) {
				sum += m.Hyp.Weights[i]
			}
		}
		if sum > best {
			best, at = sum, k
		}
	}
	return at < 0 || entail.SaidIn(m, f, at)
}

// SourcesAgree reports whether what bears the statement out is nobody's words, or is said in the statement by whom the
// passage has it said.
func SourcesAgree(m *match.Pair) bool {
	for k := range m.Hyp.Frames {
		if f := &m.Hyp.Frames[k]; !f.Impersonal && !sourceKept(m, f) {
			return false
		}
	}
	if len(m.Hyp.Frames) > 0 {
		return true
	}
	for k := m.First; k <= m.Last && k < len(m.Prem.Sentences); k++ {
		told := func(f syntax.Frame) bool { return f.Sentence == k && !f.Impersonal }
		if len(mention.SpeakersOf(m, k)) > 0 || slices.ContainsFunc(m.Prem.Frames, told) {
			return false
		}
	}
	return true
}

// otherSource reports whether a clause tells who says something, and none of them speaks in the sentences that cover
// most of the statement.
func otherSource(m *match.Pair, sc *syntax.Clause) bool {
	k := slices.IndexFunc(m.Hyp.Frames, func(f syntax.Frame) bool { return f.Verb == sc.Verb && !f.Impersonal })
	if k < 0 {
		return false
	}
	for at := m.First; at <= m.Last && at < len(m.Prem.Sentences); at++ {
		if entail.SaidIn(m, &m.Hyp.Frames[k], at) {
			return false
		}
	}
	return true
}

// substituteReach is how many units behind a word another one stands for the next to be in the place of the next.
const substituteReach = 4

// otherWord finds a word that the passage does not have, where that has another one in its place: "five children of a
// botanist" for "five children of a miner", "ten hours less than" for "ten hours longer than".
func otherWord(m *match.Pair) bool {
	last := -1 // the content word before
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] == 0 && !compares(m.Hyp.Analysis, i) {
			continue
		}
		if last >= 0 && i-last <= substituteReach && !sharesSentence(m, last, i) && substituted(m, last, i) {
			return true
		}
		last = i
	}
	return false
}

// sharesSentence reports whether a sentence of the passage has what two units of the statement say.
func sharesSentence(m *match.Pair, a, b int) bool {
	return slices.ContainsFunc(m.Hits[a], func(j int) bool { return m.StandsIn(b, m.Prem.Units[j].Sentence) })
}

// compares reports whether "than" stands right behind a word.
func compares(r *syntax.Analysis, i int) bool { return r.PlainAfter(i) == "than" }

// substituted reports whether the passage has a word of its own in the place of the statement's unit i: behind what the
// unit last says, and behind the same preposition or before "than", or a name where that has one.
func substituted(m *match.Pair, last, i int) bool {
	names := i == last+1 && m.Hyp.Units[i].Kind == syntax.Name && m.Hyp.Units[last].Kind == syntax.Name && !m.Hyp.Parted(i)
	for _, h := range m.Hits[last] {
		if names && m.Prem.Units[h].Entity > 0 { // the whole name is one unit: "Karl Berg" for "Karl Vass"
			return true
		}
		for j := h + 1; j <= h+substituteReach && j < m.Prem.From[m.Prem.Units[h].Sentence+1]; j++ {
			if i == last+1 && j == h+1 && m.Hyp.Units[i].Kind == syntax.Name && m.Prem.Units[j].Kind == syntax.Name {
				return true // "the injured Marcus Bell" for "the injured Tom Neill"
			}
			if m.Prem.Units[j].Kind == syntax.Light && !compares(m.Prem, j) || polarity.HitByAny(m, j) {
				continue
			}
			if governedAlike(m, last, i, j) || compares(m.Hyp.Analysis, i) && compares(m.Prem, j) {
				return true
			}
			break
		}
	}
	return false
}

// governedAlike reports whether the same preposition governs the statement's unit i and the passage's j, and nothing
// that both have belongs to the same noun: "foreign soil" may say what "foreign territory" does.
func governedAlike(m *match.Pair, last, i, j int) bool {
	before := clause.PrepositionOf(m.Hyp.Analysis, i)
	_, from := clause.NounPhraseEnding(m.Hyp.Analysis, i)
	return before != "" && from > last && before == clause.PrepositionOf(m.Prem, j)
}
