package polarity

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
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
func allThere(m *match.Pair) bool {
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] >= match.WeightPlain && len(m.Hits[i]) == 0 && !m.Excused[i] {
			return false
		}
	}
	return true
}

// Cover is the rules of what must be there in their order.
func Cover(m *match.Pair) *match.Failure { return cmp.Or(empty(m), MissingPredicate(m), Uncovered(m)) }

// empty refuses a statement of function words alone.
func empty(m *match.Pair) *match.Failure {
	if m.Hyp.Total == 0 {
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("there is nothing in the sentence to look for")}
	}
	return nil
}

// MissingPredicate refuses a statement whose predicate the passage does not have.
func MissingPredicate(m *match.Pair) *match.Failure {
	if i := Predicate(m); i >= 0 && !inference.ToldOtherwise(m, i) {
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("the paragraph does not speak of “%s”", match.Piece(m.Hyp.Of(i)))}
	}
	return nil
}

// Uncovered requires the remaining words of the statement in the passage.
func Uncovered(m *match.Pair) *match.Failure {
	if m.Score >= longCover && (m.Hyp.Total > shortWeight || allThere(m)) {
		return nil
	}
	var missing []string
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] >= match.WeightPlain && len(m.Hits[i]) == 0 && !m.Excused[i] && len(missing) < 3 &&
			!inference.ToldOtherwise(m, i) {
			missing = append(missing, match.Piece(m.Hyp.Of(i)))
		}
	}
	switch len(missing) {
	case 0:
		if allTold(m) {
			return nil
		}
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("the paragraph does not say this in one place")}
	case 1:
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("the paragraph does not speak of “%s”", missing[0])}
	case 2:
		return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
			Why: lang.Say("the paragraph does not speak of “%s” and “%s”", missing[0],
				missing[1])}
	}
	return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckCover,
		Why: lang.Say("the paragraph does not speak of “%s”, “%s” and “%s”", missing[0],
			missing[1], missing[2])}
}

// allTold reports whether the passage has all words of the statement but verbs that it tells by their converse.
func allTold(m *match.Pair) bool {
	some := false
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] > 0 && len(m.Hits[i]) == 0 && !m.Excused[i] {
			if !inference.ToldOtherwise(m, i) {
				return false
			}
			some = true
		}
	}
	return some
}

// Predicate finds a participle that says what was done ("was killed", "has resigned") and that the passage does not
// have: it is the one word that the rest of the sentence is about. -1 for none.
func Predicate(m *match.Pair) int {
	if m.Hyp.Total > predicateWeight {
		return -1
	}
	for i := 1; i < len(m.Hyp.Units); i++ {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Plain || u.Op != syntax.None || u.Quoted || m.Hyp.Weights[i] < match.WeightPlain ||
			len(m.Hits[i]) > 0 {
			continue
		}
		if !syntax.PastVerb(u.Folded) {
			continue
		}
		switch prev := m.Hyp.Units[i-1].Folded; {
		case oppositeDenied(m, i):
		case syntax.BeForms[prev], prev == "has", prev == "have", prev == "had":
			return i
		}
	}
	return -1
}

// oppositeDenied reports whether the passage denies the opposite of a word: "not allowed" for "banned".
func oppositeDenied(m *match.Pair, i int) bool {
	u := &m.Hyp.Units[i]
	return slices.ContainsFunc(syntax.Opposites[u.Key], func(key string) bool {
		return slices.ContainsFunc(m.Prem.Index[key], func(j int) bool {
			return m.InWindow(j) && m.Prem.Units[j].Negated && !u.Negated
		})
	})
}

// predicateWeight is up to which weight of a sentence its predicate must be there; a longer one says several things.
const predicateWeight = 12.0
