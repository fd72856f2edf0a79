package check

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// Shares of a statement's weight that the passage must cover. A short sentence must be there word for word: one word of
// it is a third of what it says. In a longer one a paraphrase may differ.
const (
	shortWeight = 7.0 // up to this weight a sentence is short
	longCover   = 0.7
)

// allThere reports whether the passage has every word of the statement that is not a general one.
func (m *Pair) allThere() bool {
	for i := range m.s.Units {
		if m.s.weights[i] >= weightPlain && len(m.hits[i]) == 0 && !m.excused[i] {
			return false
		}
	}
	return true
}

// cover is the rules of what must be there in their order.
func (m *Pair) cover() *failure { return cmp.Or(m.empty(), m.missingPredicate(), m.uncovered()) }

// empty refuses a statement of function words alone.
func (m *Pair) empty() *failure {
	if m.s.total == 0 {
		return &failure{claim.NotFound, claim.CheckCover, lang.Say("there is nothing in the sentence to look for")}
	}
	return nil
}

// missingPredicate refuses a statement whose predicate the passage does not have.
func (m *Pair) missingPredicate() *failure {
	if i := m.predicate(); i >= 0 && !m.toldOtherwise(i) {
		return &failure{claim.NotFound, claim.CheckCover, lang.Say("the paragraph does not speak of “%s”", piece(m.s.Of(i)))}
	}
	return nil
}

// uncovered requires the remaining words of the statement in the passage.
func (m *Pair) uncovered() *failure {
	if m.Score >= longCover && (m.s.total > shortWeight || m.allThere()) {
		return nil
	}
	var missing []string
	for i := range m.s.Units {
		if m.s.weights[i] >= weightPlain && len(m.hits[i]) == 0 && !m.excused[i] && len(missing) < 3 && !m.toldOtherwise(i) {
			missing = append(missing, piece(m.s.Of(i)))
		}
	}
	switch len(missing) {
	case 0:
		if m.allTold() {
			return nil
		}
		return &failure{claim.NotFound, claim.CheckCover, lang.Say("the paragraph does not say this in one place")}
	case 1:
		return &failure{claim.NotFound, claim.CheckCover, lang.Say("the paragraph does not speak of “%s”", missing[0])}
	case 2:
		return &failure{claim.NotFound, claim.CheckCover,
			lang.Say("the paragraph does not speak of “%s” and “%s”", missing[0],
				missing[1])}
	}
	return &failure{claim.NotFound, claim.CheckCover,
		lang.Say("the paragraph does not speak of “%s”, “%s” and “%s”", missing[0],
			missing[1], missing[2])}
}

// allTold reports whether the passage has all words of the statement but verbs that it tells by their converse.
func (m *Pair) allTold() bool {
	some := false
	for i := range m.s.Units {
		if m.s.weights[i] > 0 && len(m.hits[i]) == 0 && !m.excused[i] {
			if !m.toldOtherwise(i) {
				return false
			}
			some = true
		}
	}
	return some
}

// predicate finds a participle that says what was done ("was killed", "has resigned") and that the passage does not
// have: it is the one word that the rest of the sentence is about. -1 for none.
func (m *Pair) predicate() int {
	if m.s.total > predicateWeight {
		return -1
	}
	for i := 1; i < len(m.s.Units); i++ {
		u := &m.s.Units[i]
		if u.Kind != syntax.Plain || u.Op != syntax.None || u.Quoted || m.s.weights[i] < weightPlain || len(m.hits[i]) > 0 {
			continue
		}
		if !syntax.PastVerb(u.Folded) {
			continue
		}
		switch prev := m.s.Units[i-1].Folded; {
		case m.oppositeDenied(i):
		case syntax.BeForms[prev], prev == "has", prev == "have", prev == "had":
			return i
		}
	}
	return -1
}

// oppositeDenied reports whether the passage denies the opposite of a word: "not allowed" for "banned".
func (m *Pair) oppositeDenied(i int) bool {
	u := &m.s.Units[i]
	return slices.ContainsFunc(syntax.Opposites[u.Key], func(key string) bool {
		return slices.ContainsFunc(m.p.Index[key], func(j int) bool {
			return m.inWindow(j) && m.p.Units[j].Negated && !u.Negated
		})
	})
}

// predicateWeight is up to which weight of a sentence its predicate must be there; a longer one says several things.
const predicateWeight = 12.0
