package check

import (
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
)

// kept tells by which rule the passage keeps the statement: each clause has its verb with the same subject, the same
// objects, the same mood, and all else that it says within the clause. It is what Supported needs where the wording
// differs; a statement of which only the words are there is no more than close. The rule is "" then, and why what is
// missed.
func kept(m *match.Pair) (rule string, why entail.Miss) {
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
	case nearWording(m):
		return claim.RuleNear, entail.Miss{}
	}
	if !exchanged && Long(m) && longKept(m) {
		return claim.RuleLong, entail.Miss{}
	}
	return "", why
}
