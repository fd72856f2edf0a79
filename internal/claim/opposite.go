package claim

// oppositeAt finds where the passage has one of the opposites of the statement's word in its place; -1 for nowhere.
func (m *matching) oppositeAt(i int, against []string) int {
	u := &m.s.units[i]
	g, inGap := m.gapOf(i)
	for _, key := range against {
		for _, j := range m.p.index[key] {
			v := &m.p.units[j]
			if _, _, told := m.conversely(i, j); u.negated != v.negated || told && !m.s.passive(i) {
				continue // who buys what is sold to him: see converseKept
			}
			if m.s.partOf(i) == nominal && m.p.partOf(j) == nominal && m.standsIn(i, v.sentence) {
				continue // "the teachers … their pupils": both are there
			}
			here := inGap && m.near && j >= g.p0 && j < g.p1 && g.p1-g.p0 <= 2*(g.s1-g.s0)+gapSlack
			there := len(m.hits[i]) == 0 && u.kind != light && m.inWindow(j) && v.kind != name
			if here || there && m.followed(i, j) {
				return j
			}
		}
	}
	return -1
}
