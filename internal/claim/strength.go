package claim

import "pilcrow/internal/lang"

// strength refuses a sentence that says more than the passage: a guess or a plan made a fact, some made most, a limit
// that is not there.
func (m *matching) strength() *failure {
	if f := m.amounts(); f != nil {
		return f
	}
	if f := m.limited(); f != nil {
		return f
	}
	return m.certainty()
}

// amounts compares "all", "most", "many", "some".
func (m *matching) amounts() *failure {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.op != amount || u.quoted || m.alignedTo(i) {
			continue
		}
		rank := quantifiers[u.folded]
		if j := m.lesser(i, rank); j >= 0 {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph says “%s”, not “%s”", piece(m.p.of(j)), piece(m.s.of(i)))}
		}
		found := false
		for j := range m.p.units {
			v := &m.p.units[j]
			if v.op == amount && m.inWindow(j) && (quantifiers[v.folded] >= rank && rank >= 2 || quantifiers[v.folded] == rank) && m.followed(i, j) {
				found = true
				break
			}
		}
		if !found && rank != 2 && rank != 4 {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i)))}
		}
		if !found && m.near {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i)))}
		}
	}
	if !m.near {
		return nil
	}
	for _, g := range m.gaps() {
		if n, _ := count(m.s.units[g.s0:g.s1], amount); n > 0 {
			continue
		}
		for j := g.p0; j < g.p1; j++ {
			v := &m.p.units[j]
			rank := quantifiers[v.folded]
			// "All" and "many" may be left out; "most", "some" and "few" may not.
			if v.op == amount && !v.quoted && (rank == 5 || rank <= 2) && j+1 < len(m.p.units) && m.takesNext(j) {
				return &failure{NotFound, CheckStrength, lang.Say("the paragraph says “%s”", piece(m.p.around(j)))}
			}
		}
	}
	return nil
}

// lesser finds a smaller amount in the twin where the statement has one of the rank; -1 for none.
func (m *matching) lesser(i, rank int) int {
	g, ok := m.gapOf(i)
	if !ok || !m.near {
		return -1
	}
	for j := g.p0; j < g.p1; j++ {
		if v := &m.p.units[j]; v.op == amount && quantifiers[v.folded] < rank {
			return j
		}
	}
	return -1
}

// followed reports whether the content words after two operators are the same.
func (m *matching) followed(i, j int) bool {
	for k := i + 1; k < len(m.s.units) && k <= i+4; k++ {
		if m.s.units[k].kind == light || m.s.units[k].op != none {
			continue
		}
		for l := j + 1; l < len(m.p.units) && l <= j+5; l++ {
			if m.same(&m.s.units[k], &m.p.units[l]) {
				return true
			}
		}
		return false
	}
	return true
}

// takesNext reports whether the statement has the content word that follows the passage's unit.
func (m *matching) takesNext(j int) bool {
	for l := j + 1; l < len(m.p.units) && m.p.units[l].sentence == m.p.units[j].sentence; l++ {
		if m.p.units[l].kind == light || m.p.units[l].op != none {
			continue
		}
		for i, a := range m.align {
			if a == l || a < 0 && m.same(&m.s.units[i], &m.p.units[l]) {
				return true
			}
		}
		return false
	}
	return false
}

// limited finds an "only" that the passage does not have.
func (m *matching) limited() *failure {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.op != limits || u.quoted || m.alignedTo(i) {
			continue
		}
		found := false
		for j := range m.p.units {
			if (m.p.units[j].op == limits || m.p.units[j].folded == "sole") && m.inWindow(j) {
				found = true
			}
		}
		if !found {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i)))}
		}
	}
	return nil
}

// certainty finds what the passage says may be, is planned or is alleged, and the sentence says is.
func (m *matching) certainty() *failure {
	if m.near {
		for _, g := range m.gaps() {
			if n, _ := count(m.s.units[g.s0:g.s1], hedge); n > 0 {
				continue
			}
			for j := g.p0; j < g.p1; j++ {
				if v := &m.p.units[j]; v.op == hedge && !v.quoted && m.takesNext(j) {
					return &failure{NotFound, CheckStrength, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(j)))}
				}
			}
		}
		for i, j := range m.align {
			if j >= 0 && m.p.units[j].hedged && !m.s.units[i].hedged && m.s.weights[i] == weightPlain && m.s.verb(i) {
				return &failure{NotFound, CheckStrength, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(j)))}
			}
		}
		return nil
	}
	for i := range m.s.units {
		if m.s.units[i].op == hedge {
			return nil
		}
	}
	// Elsewhere all the words that carry the statement have to be hedged.
	hedged, bare := -1, false
	for i := range m.s.units {
		if at := m.hedgedOnly(i); at >= 0 {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(at)))}
		}
	}
	for i := range m.s.units {
		u := &m.s.units[i]
		if m.s.weights[i] != weightPlain || u.quoted {
			continue
		}
		for _, j := range m.hits[i] {
			if !m.inWindow(j) {
				continue
			}
			if m.p.units[j].hedged {
				hedged = j
			} else {
				bare = true
			}
		}
	}
	if hedged >= 0 && !bare {
		return &failure{NotFound, CheckStrength, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(hedged)))}
	}
	return nil
}

// hedgedOnly finds where the passage has a verb of the statement, if it has it under a hedge alone; -1 otherwise.
func (m *matching) hedgedOnly(i int) int {
	if m.s.weights[i] != weightPlain || m.s.units[i].quoted || !m.s.verb(i) {
		return -1
	}
	at := -1
	for _, j := range m.hits[i] {
		if !m.inWindow(j) {
			continue
		}
		if !m.p.units[j].hedged {
			return -1
		}
		at = j
	}
	return at
}
