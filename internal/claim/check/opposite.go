package check

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// oppositeAt finds where the passage has one of the opposites of the statement's word in its place; -1 for nowhere.
func (m *Pair) oppositeAt(i int, against []string) int {
	u := &m.s.Units[i]
	g, inGap := m.gapOf(i)
	for _, key := range against {
		for _, j := range m.p.Index[key] {
			v := &m.p.Units[j]
			if _, _, told := m.conversely(i, j); u.Negated != v.Negated || told && !clause.Passive(m.s.Analysis, i) {
				continue // who buys what is sold to him: see converseKept
			}
			if m.s.PartOf(i) == syntax.Nominal && m.p.PartOf(j) == syntax.Nominal && m.standsIn(i, v.Sentence) {
				continue // "the teachers … their pupils": both are there
			}
			here := inGap && m.near && j >= g.p0 && j < g.p1 && g.p1-g.p0 <= 2*(g.s1-g.s0)+gapSlack
			there := len(m.hits[i]) == 0 && u.Kind != syntax.Light && m.inWindow(j) && v.Kind != syntax.Name
			if here || there && m.followed(i, j) {
				return j
			}
		}
	}
	return -1
}
