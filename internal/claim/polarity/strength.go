package polarity

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// amountsOf lists the words of amount in the statement that the twin does not have at their place.
func amountsOf(m *match.Pair) []int {
	var list []int
	for i := range m.Hyp.Units {
		if u := &m.Hyp.Units[i]; u.Op == syntax.Amount && !u.Quoted && !AlignedTo(m, i) && !distributes(m.Hyp.Analysis, i) {
			list = append(list, i)
		}
	}
	return list
}

// distributes reports whether a word of amount says how often, or of two that they do it to one another: "every three
// days", "each other".
func distributes(r *syntax.Analysis, i int) bool {
	after := r.PlainAfter(i)
	switch r.Units[i].Folded {
	case "each":
		return after == "other"
	case "every":
		return after == "other" || after != "" && r.Units[i+1].Quantity != nil
	}
	return false
}

// SmallerAmount refuses "all" where the passage has "most" in its place.
func SmallerAmount(m *match.Pair) *match.Failure {
	for _, i := range amountsOf(m) {
		if j := Lesser(m, i, syntax.Quantifiers[m.Hyp.Units[i].Folded]); j >= 0 {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength, Why: lang.Say(
				"the paragraph says “%s”, not “%s”", match.Piece(m.Prem.Of(j)), match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// UnsaidAmount refuses "all" and "most" where the passage has no such word of the same thing.
func UnsaidAmount(m *match.Pair) *match.Failure {
	for _, i := range amountsOf(m) {
		rank := syntax.Quantifiers[m.Hyp.Units[i].Folded]
		if !amountSaid(m, i, rank) && !notAll(m, i, rank) && (m.Near || rank != 2 && rank != 4) {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength,
				Why: lang.Say("the paragraph does not say “%s”", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// amountSaid reports whether the passage has as large an amount of the same.
func amountSaid(m *match.Pair, i, rank int) bool {
	for j := range m.Prem.Units {
		v := &m.Prem.Units[j]
		theirs := syntax.Quantifiers[v.Folded]
		if v.Op == syntax.Amount && m.InWindow(j) && (theirs >= rank && rank >= 2 || theirs == rank) &&
			(followed(m, i, j) || howOften[m.Hyp.Units[i].Folded] && ofTimes(m.Prem, j)) {
			return true
		}
	}
	return false
}

// ofTimes reports whether an amount is one of times: "at all times" is always.
func ofTimes(r *syntax.Analysis, j int) bool { return clause.TimeNouns[r.PlainAfter(j)] }

// howOften are the amounts of times.
var howOften = lexicon.Set("always usually often frequently sometimes occasionally")

// notAll reports whether a statement denies that it is all, and the passage nowhere says that it is.
func notAll(m *match.Pair, i, rank int) bool {
	return syntax.Quantifiers["all"] == rank && m.Hyp.PlainBefore(i) == "not" &&
		!slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool {
			return u.Op == syntax.Amount && syntax.Quantifiers[u.Folded] == rank && u.Sentence >= m.First && u.Sentence <= m.Last
		})
}

// DroppedAmount refuses to leave out "most", "some" or "few"; "all" and "many" may be left out.
func DroppedAmount(m *match.Pair) *match.Failure {
	if !m.Near {
		return nil
	}
	for _, g := range m.Gaps() {
		if n, _ := count(m.Hyp.Units[g.S0:g.S1], syntax.Amount); n > 0 {
			continue
		}
		for j := g.P0; j < g.P1; j++ {
			v := &m.Prem.Units[j]
			rank := syntax.Quantifiers[v.Folded]
			if v.Op == syntax.Amount && !v.Quoted && (rank == 5 || rank <= 2) && j+1 < len(m.Prem.Units) && takesNext(m, j) {
				return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength,
					Why: lang.Say("the paragraph says “%s”", match.Piece(Around(m.Prem, j)))}
			}
		}
	}
	return nil
}

// Amounts is the three rules of amounts in their order.
func Amounts(m *match.Pair) *match.Failure {
	return cmp.Or(SmallerAmount(m), UnsaidAmount(m), DroppedAmount(m))
}

// Lesser finds a smaller amount in the twin where the statement has one of the rank; -1 for none.
func Lesser(m *match.Pair, i, rank int) int {
	g, ok := m.GapOf(i)
	if !ok || !m.Near {
		return -1
	}
	for j := g.P0; j < g.P1; j++ {
		if v := &m.Prem.Units[j]; v.Op == syntax.Amount && syntax.Quantifiers[v.Folded] < rank {
			return j
		}
	}
	return -1
}

// followed reports whether the content words after two operators are the same.
func followed(m *match.Pair, i, j int) bool {
	for k := i + 1; k < len(m.Hyp.Units) && k <= i+4; k++ {
		if m.Hyp.Units[k].Kind == syntax.Light || m.Hyp.Units[k].Op != syntax.None {
			continue
		}
		for l := j + 1; l < len(m.Prem.Units) && l <= j+5; l++ {
			if m.Same(&m.Hyp.Units[k], &m.Prem.Units[l]) {
				return true
			}
		}
		return false
	}
	return true
}

// takesNext reports whether the statement has the content word that follows the passage's unit.
func takesNext(m *match.Pair, j int) bool {
	for l := j + 1; l < len(m.Prem.Units) && m.Prem.Units[l].Sentence == m.Prem.Units[j].Sentence; l++ {
		if m.Prem.Units[l].Kind == syntax.Light || m.Prem.Units[l].Op != syntax.None {
			continue
		}
		for i, a := range m.Align {
			if a == l || a < 0 && m.Same(&m.Hyp.Units[i], &m.Prem.Units[l]) {
				return true
			}
		}
		return false
	}
	return false
}

// Limited finds an "only" that the passage does not have.
func Limited(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Op != syntax.Limits || u.Quoted || AlignedTo(m, i) {
			continue
		}
		found := false
		for j := range m.Prem.Units {
			if m.InWindow(j) && restricts(m.Prem, j) {
				found = true
			}
		}
		if !found {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength,
				Why: lang.Say("the paragraph does not say “%s”", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// restricts reports whether a word restricts what is said to one thing, as "only" does: "nowhere else", "nobody other
// than", "alone".
func restricts(r *syntax.Analysis, j int) bool {
	switch u := &r.Units[j]; u.Folded {
	case "sole", "alone", "except":
		return true
	case "else":
		return exclusive[r.PlainBefore(j)] || r.PlainBefore(j) == "one" && r.PlainBefore(j-1) == "no"
	case "other":
		return r.PlainAfter(j) == "than"
	default:
		return u.Op == syntax.Limits
	}
}

// exclusive are what with "else" is all that there is not.
var exclusive = lexicon.Set("nowhere nobody nothing none")

// noMore is the failure of what the passage only says may be.
func noMore(m *match.Pair, j int) *match.Failure {
	return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckStrength,
		Why: lang.Say("the paragraph says no more than “%s”", match.Piece(Around(m.Prem, j)))}
}

// DroppedHedge refuses to leave out a "may" of the twin.
func DroppedHedge(m *match.Pair) *match.Failure {
	if !m.Near {
		return nil
	}
	for _, g := range m.Gaps() {
		if n, _ := count(m.Hyp.Units[g.S0:g.S1], syntax.Hedge); n > 0 {
			continue
		}
		for j := g.P0; j < g.P1; j++ {
			if v := &m.Prem.Units[j]; v.Op == syntax.Hedge && !v.Quoted && takesNext(m, j) {
				return noMore(m, j)
			}
		}
	}
	return nil
}

// PlanAsFact refuses a verb that the twin has under a hedge, and the statement has not.
func PlanAsFact(m *match.Pair) *match.Failure {
	if !m.Near {
		return nil
	}
	for i, j := range m.Align {
		if j >= 0 && m.Prem.Units[j].Hedged && !m.Hyp.Units[i].Hedged && m.Hyp.Weights[i] == match.WeightPlain &&
			clause.Verb(m.Hyp.Analysis, i) {
			return noMore(m, j)
		}
	}
	return nil
}

// bare reports whether the statement has no hedge and no twin, so that single words decide.
func bare(m *match.Pair) bool {
	return !m.Near && !slices.ContainsFunc(m.Hyp.Units, func(u syntax.Unit) bool { return u.Op == syntax.Hedge })
}

// HedgedVerb refuses a verb that the passage has under hedges only.
func HedgedVerb(m *match.Pair) *match.Failure {
	if !bare(m) {
		return nil
	}
	for i := range m.Hyp.Units {
		if at := hedgedOnly(m, i); at >= 0 {
			return noMore(m, at)
		}
	}
	return nil
}

// HedgedThroughout refuses a statement all of whose words the passage has under hedges.
func HedgedThroughout(m *match.Pair) *match.Failure {
	if !bare(m) {
		return nil
	}
	hedged := -1
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] != match.WeightPlain || m.Hyp.Units[i].Quoted {
			continue
		}
		for _, j := range m.Hits[i] {
			if m.InWindow(j) && !m.Prem.Units[j].Hedged {
				return nil
			}
			if m.InWindow(j) {
				hedged = j
			}
		}
	}
	if hedged < 0 {
		return nil
	}
	return noMore(m, hedged)
}

// hedgedOnly finds where the passage has a verb of the statement, if it has it under a hedge alone; -1 otherwise.
func hedgedOnly(m *match.Pair, i int) int {
	if m.Hyp.Weights[i] != match.WeightPlain || m.Hyp.Units[i].Quoted || !clause.Verb(m.Hyp.Analysis, i) {
		return -1
	}
	at := -1
	for _, j := range m.Hits[i] {
		if !m.InWindow(j) {
			continue
		}
		if !m.Prem.Units[j].Hedged {
			return -1
		}
		at = j
	}
	return at
}
