package inference

import (
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// LifeKept reports whether brackets behind a name tell that somebody was born or died on a day: "Ada Lind (3 May 1810
// – 9 June 1868)".
func LifeKept(m *match.Pair, sc *syntax.Clause) bool {
	for _, j := range m.Hits[sc.Verb] {
		if m.Prem.Units[j].Life == 0 {
			continue
		}
		named := sc.Subject.Pronoun || slices.ContainsFunc(sc.Subject.Heads,
			func(i int) bool { return mention.HitBefore(m, i, j) || m.Excused[i] })
		for i := sc.From; i < sc.To && named; i++ {
			named = m.Hyp.Weights[i] == 0 || i == sc.Verb || slices.Contains(sc.Subject.Units, i) || m.Hit(i, j)
		}
		if named {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}
