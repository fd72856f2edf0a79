package check

import (
	"slices"

	"pilcrow/internal/claim/syntax"
)

// lifeKept reports whether brackets behind a name tell that somebody was born or died on a day: "Ada Lind (3 May 1810
// – 9 June 1868)".
func (m *Pair) lifeKept(sc *syntax.Clause) bool {
	for _, j := range m.hits[sc.Verb] {
		if m.p.Units[j].Life == 0 {
			continue
		}
		named := sc.Subject.Pronoun || slices.ContainsFunc(sc.Subject.Heads,
			func(i int) bool { return m.hitBefore(i, j) || m.excused[i] })
		for i := sc.From; i < sc.To && named; i++ {
			named = m.s.weights[i] == 0 || i == sc.Verb || slices.Contains(sc.Subject.Units, i) || m.hit(i, j)
		}
		if named {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// hitBefore reports whether a word of the statement stands before a unit of the passage, in the same sentence.
func (m *Pair) hitBefore(i, j int) bool {
	return slices.ContainsFunc(m.hits[i], func(h int) bool {
		return h < j &&
			m.p.Units[h].Sentence == m.p.Units[j].Sentence
	})
}
