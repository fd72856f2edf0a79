package claim

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// dropNamesakes takes from the places of a surname those where another of the family has it, in a passage that has who
// the statement names, too: "Peter Holt" is not looked for at "Clara Holt".
func (m *matching) dropNamesakes() {
	for from := range m.s.units {
		if !m.s.units[from].nameStart || m.s.units[from].quoted || m.s.units[from].title {
			continue
		}
		first, to := m.s.run(from)
		for first < to && titles[m.s.units[first].folded] {
			first++
		}
		bears := func(j int) answer { return m.bearsFirst(first, j) }
		if e := m.s.units[from].entity; to-from == 1 && e > 0 {
			bears = func(j int) answer { return m.calledSo(e, j) }
		} else if to-first < 2 || m.s.units[first].entity > 0 {
			continue
		}
		hits := m.hits[to-1]
		if slices.ContainsFunc(hits, func(j int) bool { return bears(j) == yes }) {
			m.hits[to-1] = slices.DeleteFunc(slices.Clone(hits), func(j int) bool { return bears(j) == no })
		}
	}
}

// calledSo tells whether the place j of a known name is one of its bearer: a first name before it that he does not have
// makes it another one's.
func (m *matching) calledSo(e, j int) answer {
	if a, _ := m.p.run(j); a < j {
		v := &m.p.units[j-1]
		if v.entity > 0 || titles[v.folded] || m.c.entities[e-1].parts[v.key] ||
			!mayBeGiven(v.folded) {
			return unknown
		}
		for w := range strings.FieldsSeq(strings.ToLower(m.c.entities[e-1].label)) {
			if shortForm(w, v.folded) || shortForm(v.folded, w) {
				return unknown
			}
		}
		return no
	}
	return yes
}

// bearsFirst tells whether the name around j of the passage has the first name of the statement's at first, or another
// one; unknown where it has none.
func (m *matching) bearsFirst(first, j int) answer {
	u := &m.s.units[first]
	like := func(w, key string) bool {
		return key == u.key || w == u.folded || shortForm(w, u.folded) || shortForm(u.folded, w)
	}
	a, b := m.p.run(j)
	told := unknown
	for k := a; k < b; k++ {
		v := &m.p.units[k]
		if v.entity > 0 {
			label := strings.Fields(strings.ToLower(m.c.entities[v.entity-1].label))
			if m.c.entities[v.entity-1].parts[u.key] || slices.ContainsFunc(label, func(w string) bool { return like(w, "") }) {
				return yes
			}
			if len(label) > 1 {
				told = no
			}
			continue
		}
		if k == j || titles[v.folded] {
			continue
		}
		if like(v.folded, v.key) {
			return yes
		}
		if k < j && j == b-1 && (mayBeGiven(u.folded) || mayBeGiven(v.folded)) {
			told = no
		}
	}
	return told
}

func mayBeGiven(word string) bool { return givenNames[word] || monthGiven[word] }

// monthGiven are given names that look like months.
var monthGiven = lexicon.Set("jan april may june august")
