package claim

import "strings"

// relations refuses a sentence that exchanges who did something and to whom: around the same word, the name before it in the
// statement is the one after it in the passage and the other way round, while both are active or both passive.
func (m *matching) relations() *failure {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.kind != plain || u.op != none || u.quoted || !m.s.verb(i) {
			continue
		}
		left, right := m.s.neighbors(i)
		if left < 0 || right < 0 || m.same(&m.s.units[left], &m.s.units[right]) {
			continue
		}
		exchanged := -1
		for _, j := range m.hits[i] {
			l, r := m.p.neighbors(j)
			if l < 0 {
				if l = m.p.pronounSubject(j); l >= 0 && m.sameRun(right, l) && !m.sameRun(left, l) && !m.s.passive(i) {
					exchanged = l
				}
				continue
			}
			if r < 0 {
				continue
			}
			straight := m.sameRun(left, l) || m.sameRun(right, r)
			crossed := m.sameRun(left, r) && m.sameRun(right, l)
			if m.s.passive(i) != m.p.passive(j) {
				straight, crossed = crossed, straight
				if crossed && !(m.sameRun(left, l) && m.sameRun(right, r)) {
					crossed = false
				}
			}
			if straight {
				exchanged = -1
				break
			}
			if crossed {
				exchanged = j
			}
		}
		if exchanged >= 0 {
			return &failure{Contradicted, CheckRelation, "in the paragraph it is the other way round: " + says(m.p.around(exchanged))}
		}
	}
	return nil
}

// pronounSubject finds the name that "It", "He" or "They" before a verb most likely stands for: the first of the sentence before. -1 for
// none.
func (r *reading) pronounSubject(j int) int {
	s := r.units[j].sentence
	if s == 0 || j-1 != r.from[s] {
		return -1
	}
	switch r.units[j-1].folded {
	case "it", "he", "she", "they":
	default:
		return -1
	}
	for k := r.from[s-1]; k < r.from[s]; k++ {
		if r.units[k].kind == name {
			return k
		}
	}
	return -1
}

// sameRun reports whether the names around two units have a word in common.
func (m *matching) sameRun(i, j int) bool {
	s0, s1 := m.s.run(i)
	p0, p1 := m.p.run(j)
	for a := s0; a < s1; a++ {
		for b := p0; b < p1; b++ {
			if m.same(&m.s.units[a], &m.p.units[b]) {
				return true
			}
		}
	}
	return false
}

// verb guesses whether a word is a verb with a subject and an object, by its form and what is around it.
func (r *reading) verb(i int) bool {
	w := r.units[i].folded
	if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || pastForms[w] {
		return true
	}
	if !strings.HasSuffix(w, "s") || i+1 >= len(r.units) || i == 0 {
		return false
	}
	return r.units[i-1].kind == name && (r.units[i+1].kind == name || determiners[r.units[i+1].folded])
}

// pastForms of irregular verbs that people and states do to each other (Quirk et al., section 3.11 ff).
var pastForms = set(`beat beaten bit bought brought built caught chose chosen cut dealt drove fed fought forgave forgot found freed gave given
held hit hurt kept knew led left lent let lost made met outbid overcame overran overtook overthrew paid put ran rid sent set shook shot
sold stole struck sued taught threw thrown told took taken understood upheld upset won withdrew wrote written`)

// neighbors finds the nearest name before and after a word in its sentence.
func (r *reading) neighbors(i int) (left, right int) {
	const reach = 6
	left, right = -1, -1
	for k := i - 1; k >= max(0, i-reach) && r.units[k].sentence == r.units[i].sentence; k-- {
		if r.units[k].kind == name {
			left = k
			break
		}
	}
	for k := i + 1; k < min(len(r.units), i+reach+1) && r.units[k].sentence == r.units[i].sentence; k++ {
		if r.units[k].kind == name {
			right = k
			break
		}
	}
	return left, right
}

// passive reports whether a word is the participle of "was … by".
func (r *reading) passive(i int) bool {
	for k := i + 1; k < min(len(r.units), i+4); k++ {
		if r.units[k].folded == "by" {
			return true
		}
	}
	return false
}
