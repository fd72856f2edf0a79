package check

// movedClause reports whether the passage has the verb of the statement with its subject, and the clause behind that
// verb only elsewhere: "E1 means that the tank is empty. E2 means that the pump is blocked" does not say what E2 means
// by the tank.
func (m *Pair) movedClause() bool {
	for k := range m.s.sentences {
		for _, sc := range m.s.Clauses(k) {
			if m.s.governsClause(sc.verb) && !sc.subject.missing && !sc.subject.pronoun && m.apartFrom(&sc) {
				return true
			}
		}
	}
	return false
}

// governsClause reports whether a verb has a clause of its own behind it: "means that the tank is empty".
func (r *Analysis) governsClause(v int) bool {
	end := r.from[r.Units[v].sentence+1]
	return v+1 < end && !r.parted(v+1) && (r.PartOf(v+1) == subordinator || r.tellsClause(v)) && r.hasVerb(v+1, end)
}

// apartFrom reports whether each sentence of the passage that has a clause's subject and verb, with a clause behind
// the verb, lacks most of what the statement's clause has behind it.
func (m *Pair) apartFrom(sc *Clause) bool {
	found := false
	for _, j := range m.sameVerbs(sc.verb) {
		k := m.p.Units[j].sentence
		if m.p.PartOf(j) != Verbal || !m.p.governsClause(j) || !m.allIn(sc.subject.units, k) {
			continue
		}
		all, there := 0.0, 0.0
		for i := sc.verb + 1; i < m.s.from[m.s.Units[sc.verb].sentence+1]; i++ {
			all += m.s.weights[i]
			if m.standsIn(i, k) {
				there += m.s.weights[i]
			}
		}
		if 2*there > all {
			return false
		}
		found = true
	}
	return found
}

// allIn reports whether all units of a list that say something stand in a sentence of the passage.
func (m *Pair) allIn(list []int, sentence int) bool {
	for _, i := range list {
		if m.s.weights[i] > 0 && !m.standsIn(i, sentence) {
			return false
		}
	}
	return true
}
