package polarity

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
)

// oppositeAt finds where the passage has one of the opposites of the statement's word in its place; -1 for nowhere.
func oppositeAt(m *match.Pair, i int, against []string) int {
	u := &m.Hyp.Units[i]
	g, inGap := m.GapOf(i)
	for _, key := range against {
		for _, j := range m.Prem.Index[key] {
			v := &m.Prem.Units[j]
			if _, _, told := inference.Conversely(m, i, j); u.Negated != v.Negated || told &&
				!clause.Passive(m.Hyp.Analysis, i) {
				continue // who buys what is sold to him: see ConverseKept
			}
			if m.Hyp.PartOf(i) == syntax.Nominal && m.Prem.PartOf(j) == syntax.Nominal && m.StandsIn(i, v.Sentence) {
				continue // "the teachers … their pupils": both are there
			}
			here := inGap && m.Near && j >= g.P0 && j < g.P1 && g.P1-g.P0 <= 2*(g.S1-g.S0)+value.GapSlack
			there := len(m.Hits[i]) == 0 && u.Kind != syntax.Light && m.InWindow(j) && v.Kind != syntax.Name
			if here || there && followed(m, i, j) {
				return j
			}
		}
	}
	return -1
}

// firstName is the first name of a sentence; -1 for none.
func firstName(r *syntax.Analysis, sentence int) int {
	for i := r.From[sentence]; i < r.From[sentence+1]; i++ {
		if r.Units[i].Kind == syntax.Name {
			return i
		}
	}
	return -1
}
