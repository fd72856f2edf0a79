package match

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// dropNamesakes takes from the places of a surname those where another of the family has it, in a passage that has who
// the statement names, too: "Peter Holt" is not looked for at "Clara Holt".
func (m *Pair) dropNamesakes() {
	for from := range m.Hyp.Units {
		if !m.Hyp.Units[from].NameStart || m.Hyp.Units[from].Quoted || m.Hyp.Units[from].Title {
			continue
		}
		first, to := Run(m.Hyp.Analysis, from)
		for first < to && syntax.Titles[m.Hyp.Units[first].Folded] {
			first++
		}
		bears := func(j int) answer { return m.bearsFirst(first, j) }
		if e := m.Hyp.Units[from].Entity; to-from == 1 && e > 0 {
			bears = func(j int) answer { return m.calledSo(e, j) }
		} else if to-first < 2 || m.Hyp.Units[first].Entity > 0 {
			continue
		}
		hits := m.Hits[to-1]
		if slices.ContainsFunc(hits, func(j int) bool { return bears(j) == yes }) {
			m.Hits[to-1] = slices.DeleteFunc(slices.Clone(hits), func(j int) bool { return bears(j) == no })
		}
	}
}

// calledSo tells whether the place j of a known name is one of its bearer: a first name before it that he does not have
// makes it another one's.
func (m *Pair) calledSo(e, j int) answer {
	if a, _ := Run(m.Prem, j); a < j {
		v := &m.Prem.Units[j-1]
		if v.Entity > 0 || syntax.Titles[v.Folded] || m.Doc.Entities[e-1].Parts[v.Key] ||
			!mayBeGiven(v.Folded) {
			return unknown
		}
		for w := range strings.FieldsSeq(strings.ToLower(m.Doc.Entities[e-1].Label)) {
			if ShortForm(w, v.Folded) || ShortForm(v.Folded, w) {
				return unknown
			}
		}
		return no
	}
	return yes
}

// bearsFirst tells whether the name around j of the passage has the first name of the statement's at first, or another
// one; unknown where it has none.
func (m *Pair) bearsFirst(first, j int) answer {
	u := &m.Hyp.Units[first]
	like := func(w, key string) bool {
		return key == u.Key || w == u.Folded || ShortForm(w, u.Folded) || ShortForm(u.Folded, w)
	}
	a, b := Run(m.Prem, j)
	told := unknown
	for k := a; k < b; k++ {
		v := &m.Prem.Units[k]
		if v.Entity > 0 {
			label := strings.Fields(strings.ToLower(m.Doc.Entities[v.Entity-1].Label))
			if m.Doc.Entities[v.Entity-1].Parts[u.Key] ||
				slices.ContainsFunc(label, func(w string) bool { return like(w, "") }) {
				return yes
			}
			if len(label) > 1 {
				told = no
			}
			continue
		}
		if k == j || syntax.Titles[v.Folded] {
			continue
		}
		if like(v.Folded, v.Key) {
			return yes
		}
		if k < j && j == b-1 && (mayBeGiven(u.Folded) || mayBeGiven(v.Folded)) {
			told = no
		}
	}
	return told
}

func mayBeGiven(word string) bool { return premise.GivenName(word) || monthGiven[word] }

// monthGiven are given names that look like months.
var monthGiven = lexicon.Set("jan april may june august")
