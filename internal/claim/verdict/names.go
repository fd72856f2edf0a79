package verdict

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
	"pilcrow/internal/lang"
)

// namesOf lists the names of the statement that the twin does not have at their place.
func namesOf(m *match.Pair) []int {
	var list []int
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind == syntax.Name && m.Hyp.Weights[i] != 0 && !u.Quoted && !polarity.AlignedTo(m, i) {
			list = append(list, i)
		}
	}
	return list
}

// nameRivals refuses a name in whose place the passage has another one.
func nameRivals(m *match.Pair) *match.Failure {
	for _, i := range namesOf(m) {
		if rival := value.Rival(m, i, syntax.Name); rival >= 0 && m.Near && !SameName(m, i, rival) && !spokenOfAsIt(m, i) {
			f := value.Differs(m, claim.CheckName, i, rival)
			if m.Foreign() || entail.SharedBy(m, i) {
				f.Verdict = claim.NotFound // a capital makes no name of a German noun; another one lives there, too
			}
			return f
		}
	}
	return nil
}

// spokenOfAsIt reports whether the twin has "it" or "they" as its subject, and a sentence before begins with what the
// unit names.
func spokenOfAsIt(m *match.Pair, i int) bool {
	if m.Twin < 1 {
		return false
	}
	p := mention.FirstSubject(m.Prem, m.Twin, m.Prem.From[m.Twin+1])
	for k := m.Twin - 1; k >= 0 && p.Pronoun; k-- {
		if mention.FirstNamed(m, i, k, p.Units[0]) {
			return true
		}
	}
	return false
}

// missingName requires every name of the statement in the passage, or introduced near it in the document as what the
// passage speaks of.
func missingName(m *match.Pair) *match.Failure {
	for _, i := range namesOf(m) {
		if len(m.Hits[i]) == 0 && !m.Excused[i] {
			return &match.Failure{Verdict: claim.NotFound, Check: claim.CheckName,
				Why: lang.Say("“%s” is not in the paragraph", match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// OtherName finds a name of the twin that shares a part with the name that the unit is of, while both have a part of
// their own: "Henry IV" for "Louis IV". -1 for none.
func OtherName(m *match.Pair, i int) int {
	if !m.Near || syntax.Titles[m.Hyp.Units[i].Folded] {
		return -1
	}
	from, to := match.Run(m.Hyp.Analysis, i)
	mine := keys(m, m.Hyp.Units[from:to])
	for k := from; k < to; k++ {
		j := m.Align[k]
		if j < 0 || m.Prem.Units[j].Kind != syntax.Name {
			continue
		}
		a, b := match.Run(m.Prem, j)
		theirs := keys(m, m.Prem.Units[a:b])
		if inKeys(m, &m.Hyp.Units[i], theirs) || m.Doc.Together(m.Hyp.Units[i].Key, m.Hyp.Units[k].Key) {
			continue
		}
		for _, u := range theirs {
			if !syntax.Titles[u.Folded] && !inKeys(m, u, mine) {
				return j
			}
		}
	}
	return -1
}

// keys lists the words of a run of names, with those that an entity is called by.
func keys(m *match.Pair, run []syntax.Unit) []*syntax.Unit {
	var list []*syntax.Unit
	for i := range run {
		u := &run[i]
		if u.Entity == 0 {
			list = append(list, u)
			continue
		}
		for part := range m.Doc.Entities[u.Entity-1].Parts {
			list = append(list, &syntax.Unit{Kind: syntax.Name, Key: part, Folded: part})
		}
	}
	return list
}

func inKeys(m *match.Pair, u *syntax.Unit, list []*syntax.Unit) bool {
	if u.Entity > 0 {
		for part := range m.Doc.Entities[u.Entity-1].Parts {
			if slices.ContainsFunc(list, func(v *syntax.Unit) bool { return v.Key == part }) {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(list, func(v *syntax.Unit) bool {
		return m.Same(u, v) || match.ShortForm(u.Key, v.Key) ||
			match.ShortForm(v.Key, u.Key)
	})
}

// SameName reports whether a name of the statement may stand where the passage has another one because both are parts
// of one name or a title takes the place of the first one: "President Duval" and "Anne Duval".
func SameName(m *match.Pair, i, j int) bool {
	s0, s1 := match.Run(m.Hyp.Analysis, i)
	p0, p1 := match.Run(m.Prem, j)
	u := &m.Hyp.Units[i]
	for a := s0; a < s1; a++ {
		for b := p0; b < p1; b++ {
			if a == i || b == j || !m.Same(&m.Hyp.Units[a], &m.Prem.Units[b]) {
				continue
			}
			v := &m.Prem.Units[j]
			if match.ShortForm(u.Key, v.Key) || match.ShortForm(v.Key, u.Key) || syntax.Titles[u.Folded] &&
				!syntax.Titles[v.Folded] ||
				m.Doc.Together(u.Key, m.Hyp.Units[a].Key) {
				return true
			}
		}
	}
	return false
}
