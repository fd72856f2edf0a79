// Package wording decides whether a hypothesis is kept: clause by clause, or since its words stand together in their
// order.
package wording

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// Kept tells by which rule the passage keeps the statement: each clause has its verb with the same subject, the same
// objects, the same mood, and all else that it says within the clause. It is what Supported needs where the wording
// differs; a statement of which only the words are there is no more than close. The rule is "" then, and why what is
// missed.
func Kept(m *match.Pair) (rule string, why entail.Miss) {
	found, all, exchanged := 0, 0, false
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			all++
			if entail.Framing(m, &sc) || entail.UsedTo(m.Hyp.Analysis, sc.Verb) {
				found++
				continue
			}
			missed := entail.ClauseKept(m, &sc)
			exchanged = exchanged || missed.Part != entail.NothingMissed && entail.Exchanged(m, &sc)
			if missed.Part == entail.NothingMissed {
				found++
			} else if why.Part == entail.NothingMissed {
				why = missed
			}
		}
	}
	if !entail.SourcesKept(m) || conditionAdded(m) {
		return "", entail.Miss{Part: entail.VerbMissed}
	}
	moved := movedClause(m)
	switch {
	case moved && (found == all || !Long(m)):
		return "", entail.Miss{Part: entail.VerbMissed}
	case all > 0 && found == all:
		return claim.RuleClause, entail.Miss{}
	case NearWording(m):
		return claim.RuleNear, entail.Miss{}
	}
	if !exchanged && Long(m) && longKept(m) {
		return claim.RuleLong, entail.Miss{}
	}
	return "", why
}

// conditionAdded reports whether the statement has a condition, and what bears it out has none, or says in one sentence
// what depends on it and in another one what it depends on.
func conditionAdded(m *match.Pair) bool {
	if !polarity.Conditional(m) {
		return false
	}
	apart := len(m.Hyp.Sentences) == 1 && slices.ContainsFunc(m.Grounds, func(j int) bool {
		return m.Prem.Units[j].Sentence != m.Prem.Units[m.Grounds[0]].Sentence
	})
	return apart || !slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool {
		return ConditionWords[u.Folded] && u.Sentence >= m.First-1 && u.Sentence <= m.Last+1
	})
}

// ConditionWords begin what must hold first.
var ConditionWords = lexicon.Set("if unless provided when once should would otherwise without whether")
