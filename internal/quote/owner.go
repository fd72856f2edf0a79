package quote

// possessives are the pronouns that say whose somebody is.
var possessives = map[string]gender{"his": male, "her": female, "its": neuter, "their": plural}

// owned describes by its owner whom the text calls "its president" or "her husband": "Harbor Trust's president". ""
// where neither the sentence nor the subject of the one before in the paragraph settles whose it is.
func (r *reading) owned(m *mention, p *paragraph, sentence int, before []mention) string {
	g, ok := possessives[p.tokens[m.first].lower]
	if !ok || m.several || m.end-m.first < 2 {
		return ""
	}
	owner := r.ownerHere(g, before)
	if owner == -1 && sentence > 0 {
		h := r.history[sentence-1]
		fit := r.fitting(h.persons, g)
		if h.para == r.history[sentence].para && len(fit) == 1 && fit[0] == h.subject {
			owner = h.subject
		}
	}
	if owner < 0 || !r.registry.entities[owner].named {
		return ""
	}
	return r.registry.entities[owner].name + "'s " + spanOf(p, m.first+1, m.tail)
}

// ownerHere finds the only one of a sentence so far for whom a pronoun can stand; -1 where it names nobody, -2 where it
// names several.
func (r *reading) ownerHere(g gender, before []mention) int {
	owner := -1
	for k := range before {
		e := before[k].entity
		switch {
		case e < 0 || e == owner || !r.fits(e, g):
		case owner >= 0:
			return -2
		default:
			owner = e
		}
	}
	return owner
}

// calledSo finds who without a name was called by the same words: the same owner's president; -1 for nobody.
func (r *reading) calledSo(m *mention, text string) int {
	const memory = 400 // entities looked at, the latest first
	called := r.byHead[m.head]
	for k := len(called) - 1; k >= max(0, len(called)-memory); k-- {
		if e := &r.registry.entities[called[k]]; !e.named && e.name == text && len(text) > 0 {
			return called[k]
		}
	}
	return -1
}
