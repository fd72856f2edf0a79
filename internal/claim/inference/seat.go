package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// seats are what somebody has where he is based.
var seats = lexicon.Set("headquarters seat base home office offices")

// seatedForms say where somebody has his seat.
var seatedForms = lexicon.Set("based headquartered")

// seated reports whether a clause says where its subject has its seat: "is based in Arn", "has its headquarters in
// Arn".
func seated(r *syntax.Analysis, c *syntax.Clause) bool {
	if seatedForms[r.Units[c.Verb].Folded] {
		return true
	}
	return syntax.HaveForms[r.Units[c.Verb].Folded] && len(c.Objects) > 0 && len(c.Objects[0].Heads) == 1 &&
		seats[r.Units[c.Objects[0].Heads[0]].Folded]
}

// seatKept reports whether the passage says by the other of the two that its subject has its seat where the statement
// says.
func seatKept(m *match.Pair, sc *syntax.Clause) bool {
	if len(sc.Mood) > 0 || sc.Subject.Missing || sc.Subject.Pronoun || !seated(m.Hyp.Analysis, sc) {
		return false
	}
	done := ObjectUnits(sc)
	if seatedForms[m.Hyp.Units[sc.Verb].Folded] {
		done = nil
	}
	for j := range m.Prem.Units {
		if !seatedForms[m.Prem.Units[j].Folded] && !syntax.HaveForms[m.Prem.Units[j].Folded] ||
			m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if !seated(m.Prem, &pc) || len(pc.Mood) > 0 || !mention.PhraseKept(m, &sc.Subject, &pc.Subject) {
			continue
		}
		if some := slices.ContainsFunc(m.Hyp.Units[sc.Verb+1:sc.To],
			func(u syntax.Unit) bool { return u.Kind == syntax.Name }); some &&
			restIn(m, sc, done, j+1, seatEnd(m.Prem, j)) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// seatEnd is where ends what is said of the seat in the clause of a verb: at a mark, or before what is had beside it,
// "and a mill in Arn". "In Arn and Belmo" and "in Arn and in Belmo" go on.
func seatEnd(r *syntax.Analysis, v int) int {
	end := firstComma(r, v+1, r.ClauseEnd(v))
	for k := v + 1; k+1 < end; k++ {
		if r.PartOf(k) == syntax.Coordinator && r.Units[k+1].Kind != syntax.Name && r.PartOf(k+1) != syntax.Preposition {
			return k
		}
	}
	return end
}
