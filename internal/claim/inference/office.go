package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// An OfficeVerb says by its subject and what stands behind it what somebody was.
type OfficeVerb struct {
	passive bool // "was appointed judge"
	as      bool // "served as a judge"
}

// OfficeVerbs tell that somebody has a role.
var OfficeVerbs = verbsAs(map[string]OfficeVerb{
	"become":                          {},
	"serve work act":                  {as: true},
	"appoint elect name crown choose": {passive: true},
})

func verbsAs(groups map[string]OfficeVerb) map[string]OfficeVerb {
	all := map[string]OfficeVerb{}
	for list, v := range groups {
		for w := range syntax.FormsOf(list) {
			all[w] = v
		}
	}
	return all
}

// officeKept reports whether the passage says by which way somebody came to be, or what he worked as, what the
// statement says that he was. What he is now follows from "serves as" alone, and that he "used to be" it, or is a
// "former" one, from "had served as".
func officeKept(m *match.Pair, sc *syntax.Clause) bool {
	if !sc.Copula || len(sc.Objects) == 0 || sc.Subject.Missing || sc.Subject.Pronoun {
		return false
	}
	o := withoutFormer(m.Hyp.Analysis, &sc.Objects[0])
	before := len(o.Units) < len(sc.Objects[0].Units) || slices.Equal(sc.Mood, []string{"to use"})
	if len(sc.Mood) > 0 && !before || len(o.Heads) == 0 {
		return false
	}
	w := m.Hyp.Units[sc.Verb].Folded
	past := before || w == "was" || w == "were"
	for j := range m.Prem.Units {
		v, ok := OfficeVerbs[m.Prem.Units[j].Folded]
		if !ok || m.Prem.PartOf(j) != syntax.Verbal || syntax.PastVerb(m.Prem.Units[j].Folded) != past || before &&
			!pluperfect(m.Prem, j) {
			continue
		}
		if pc := clause.At(m.Prem, j); pc.Passive == v.passive && len(pc.Mood) == 0 && heldOffice(m, sc, &pc, &o, v) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// heldOffice reports whether a clause of the passage says that the statement's subject came to be what the phrase
// names.
func heldOffice(m *match.Pair, sc, pc *syntax.Clause, o *syntax.Phrase, v OfficeVerb) bool {
	return mention.PhraseKept(m, &sc.Subject, &pc.Subject) &&
		slices.ContainsFunc(rolesIn(m.Prem, pc, v), func(p syntax.Phrase) bool {
			return mention.PhraseKept(m, o, &p) && restIn(m, sc, sc.Objects[0].Units, pc.Verb+1, pc.To)
		})
}

// pluperfect reports whether "had" helps the verb.
func pluperfect(r *syntax.Analysis, v int) bool {
	for k := v - 1; k >= r.ClauseStart(v) && verbOrAdverb(r.PartOf(k)); k-- {
		if r.Units[k].Folded == "had" {
			return true
		}
	}
	return false
}

func verbOrAdverb(p syntax.Part) bool { return p == syntax.Helping || p == syntax.Adverbial }

// rolesIn are what an office verb's clause says that somebody is: its objects, or what stands behind "as".
func rolesIn(r *syntax.Analysis, c *syntax.Clause, v OfficeVerb) []syntax.Phrase {
	if !v.as {
		return c.Objects
	}
	for k := c.Verb + 1; k+1 < c.To; k++ {
		if r.Units[k].Folded == "as" {
			p, _ := r.PhraseFrom(k+1, r.ClauseEnd(c.Verb))
			return []syntax.Phrase{p}
		}
	}
	return nil
}

// withoutFormer is a phrase without "former".
func withoutFormer(r *syntax.Analysis, p *syntax.Phrase) syntax.Phrase {
	q := *p
	q.Units = slices.DeleteFunc(slices.Clone(p.Units), func(i int) bool { return clause.FormerWords[r.Units[i].Folded] })
	return q
}
