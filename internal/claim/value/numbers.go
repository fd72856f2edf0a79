// Package value holds the numbers and dates of a hypothesis against those of a premise.
package value

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// figuresOf lists the numbers of the statement, or its dates, that stand outside quotation marks.
func figuresOf(m *match.Pair, k syntax.Kind) []int {
	var list []int
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Kind == k && !m.Hyp.Units[i].Quoted {
			list = append(list, i)
		}
	}
	return list
}

// OtherNumber refuses a number in whose place the passage has another one.
func OtherNumber(m *match.Pair) *match.Failure {
	return otherFigure(m, syntax.Number, claim.CheckNumber)
}

func otherFigure(m *match.Pair, k syntax.Kind, check string) *match.Failure {
	for _, i := range figuresOf(m, k) {
		if rival := Rival(m, i, k); rival >= 0 {
			return Differs(m, check, i, rival)
		}
	}
	return nil
}

// MissingNumber refuses a number that does not follow from any of the passage.
func MissingNumber(m *match.Pair) *match.Failure {
	for _, i := range figuresOf(m, syntax.Number) {
		if len(m.Hits[i]) == 0 {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckNumber,
				Why: lang.Say("“%s” is not in the paragraph", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// NumberApart refuses a number that the passage has among other words.
func NumberApart(m *match.Pair) *match.Failure {
	for _, i := range figuresOf(m, syntax.Number) {
		if (m.Align == nil || m.Align[i] < 0) && !m.Attached(i, m.Hits[i]) {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckNumber,
				Why: lang.Say("the paragraph has “%s”, but of something else", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// GapSlack is how many more units than twice those of the statement may stand in their place: in a longer piece nothing
// answers to a single unit.
const GapSlack = 3

// Rival finds what the twin says in the place of a unit: a unit of the same kind from which it does not follow. -1 for
// none.
func Rival(m *match.Pair, i int, k syntax.Kind) int {
	if m.Align == nil || m.Align[i] >= 0 {
		return -1
	}
	if !m.Near && len(m.Hits[i]) > 0 {
		return -1
	}
	g, ok := m.GapOf(i)
	if !ok {
		return -1
	}
	if first := m.Prem.From[m.Twin]; k == syntax.Name && syntax.Pronouns[m.Prem.Units[first].Folded] &&
		!slices.Contains(m.Align, first) &&
		subject(m, i) {
		return -1 // the passage has a pronoun for its subject: see pronounRoles
	}
	if g, ok = narrowed(m, g); !ok {
		return -1
	}
	rival := firstOfKind(m, i, k, g)
	if rival < 0 {
		return -1
	}
	// The same thing at another place of the sentence is word order, unless the other one has moved here.
	if here, _ := m.GapOf(i); movedOnly(m, i, here) {
		return -1
	}
	return rival
}

// narrowed takes of a gap that is much longer in the twin what stands beside the words that are the same; false for
// none, where both of its ends are.
func narrowed(m *match.Pair, g match.Gap) (match.Gap, bool) {
	most := 2*(g.S1-g.S0) + GapSlack
	switch {
	case g.P1-g.P0 <= most:
	case g.S1 == len(m.Hyp.Units): // the statement ends here, and the twin goes on
		g.P1 = g.P0 + most
	case g.S0 == 0:
		g.P0 = g.P1 - most
	default:
		return g, false
	}
	return g, true
}

// firstOfKind is the first unit of a kind in a gap of the twin; -1 for none, and where one says what the statement's
// does.
func firstOfKind(m *match.Pair, i int, k syntax.Kind, g match.Gap) int {
	first := -1
	for j := g.P0; j < g.P1; j++ {
		if v := &m.Prem.Units[j]; v.Kind != k && !(figure(m.Hyp.Of(i)) && figure(m.Prem.Of(j)) && v.Kind >= syntax.Number) {
			continue
		}
		if slices.Contains(m.Hits[i], j) {
			return -1
		}
		if j > g.P0 && semicolonIn(m.Prem, g.P0, j) {
			break // another sentence but for its mark
		}
		if first < 0 {
			first = j
		}
	}
	return first
}

// semicolonIn reports whether a semicolon stands before a unit behind from, up to the unit to.
func semicolonIn(r *syntax.Analysis, from, to int) bool {
	for k := from + 1; k <= to; k++ {
		if r.Semicolon(k) {
			return true
		}
	}
	return false
}

// subject reports whether a name is the first thing that the statement speaks of.
func subject(m *match.Pair, i int) bool {
	from, _ := match.Run(m.Hyp.Analysis, i)
	for k := range from {
		if m.Hyp.Units[k].Kind != syntax.Light {
			return false
		}
	}
	return true
}

// figure reports whether a text is four digits: a year, or a number that looks like one.
func figure(text string) bool {
	return len(text) == len("2022") && strings.Trim(text, "0123456789") == ""
}

// movedOnly reports whether the twin has the unit too, at a place where the statement has none of its kind: it was
// moved, not exchanged.
func movedOnly(m *match.Pair, i int, here match.Gap) bool {
	for _, h := range m.Hits[i] {
		if m.Prem.Units[h].Sentence != m.Twin {
			continue
		}
		for _, g := range m.Gaps() {
			if g == here || h < g.P0 || h >= g.P1 {
				continue
			}
			return !slices.ContainsFunc(m.Hyp.Units[g.S0:g.S1],
				func(u syntax.Unit) bool { return u.Kind == m.Hyp.Units[i].Kind })
		}
	}
	return false
}

// Differs is the failure of a unit in whose place the passage says something else.
func Differs(m *match.Pair, check string, i, rival int) *match.Failure {
	theirs, mine := m.Prem.Of(rival), m.Hyp.Of(i)
	q, p := m.Hyp.Units[i].Quantity, m.Prem.Units[rival].Quantity
	if q != nil && p != nil && q.Value == p.Value && q.Unit == p.Unit && q.Bound != p.Bound {
		check, theirs, mine = claim.CheckStrength, bounded(m.Prem, rival), bounded(m.Hyp.Analysis, i)
	}
	verdict := claim.Contradicted
	if q != nil && p != nil && !q.Contradicts(*p) && (q.Value != p.Value || q.Unit != p.Unit) {
		verdict = claim.NotFound // "at least 300" leaves open whether it was more than 400
	}
	if q != nil && p != nil && q.Value == p.Value && p.Unit == "" && BareAt(m.Prem, rival) {
		verdict = claim.NotFound // "1.1 million" leaves open of what
	}
	return &match.Failure{Verdict: verdict, Check: check,
		Why: lang.Say("the paragraph says “%s”, not “%s”", match.Piece(theirs), match.Piece(mine))}
}

// bounded cuts a number with the words that bound it: "at least 18".
func bounded(r *syntax.Analysis, i int) string {
	return r.Text[r.Units[r.BoundFrom(i)].Start:r.Units[i].End]
}
