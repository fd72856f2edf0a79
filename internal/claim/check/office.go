package check

import "slices"

// An officeVerb says by its subject and what stands behind it what somebody was.
type officeVerb struct {
	passive bool // "was appointed judge"
	as      bool // "served as a judge"
}

// officeVerbs tell that somebody has a role.
var officeVerbs = verbsAs(map[string]officeVerb{
	"become":                          {},
	"serve work act":                  {as: true},
	"appoint elect name crown choose": {passive: true},
})

func verbsAs(groups map[string]officeVerb) map[string]officeVerb {
	all := map[string]officeVerb{}
	for list, v := range groups {
		for w := range formsOf(list) {
			all[w] = v
		}
	}
	return all
}

// officeKept reports whether the passage says by which way somebody came to be, or what he worked as, what the
// statement says that he was. What he is now follows from "serves as" alone, and that he "used to be" it, or is a
// "former" one, from "had served as".
func (m *Pair) officeKept(sc *Clause) bool {
	if !sc.copula || len(sc.objects) == 0 || sc.subject.missing || sc.subject.pronoun {
		return false
	}
	o := withoutFormer(m.s.Analysis, &sc.objects[0])
	before := len(o.units) < len(sc.objects[0].units) || slices.Equal(sc.mood, []string{"to use"})
	if len(sc.mood) > 0 && !before || len(o.heads) == 0 {
		return false
	}
	w := m.s.Units[sc.verb].Folded
	past := before || w == "was" || w == "were"
	for j := range m.p.Units {
		v, ok := officeVerbs[m.p.Units[j].Folded]
		if !ok || m.p.PartOf(j) != Verbal || pastVerb(m.p.Units[j].Folded) != past || before && !m.p.pluperfect(j) {
			continue
		}
		if pc := m.p.At(j); pc.passive == v.passive && len(pc.mood) == 0 && m.heldOffice(sc, &pc, &o, v) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// heldOffice reports whether a clause of the passage says that the statement's subject came to be what the phrase
// names.
func (m *Pair) heldOffice(sc, pc *Clause, o *phrase, v officeVerb) bool {
	return m.phraseKept(&sc.subject, &pc.subject) && slices.ContainsFunc(m.p.rolesIn(pc, v), func(p phrase) bool {
		return m.phraseKept(o, &p) && m.restIn(sc, sc.objects[0].units, pc.verb+1, pc.to)
	})
}

// pluperfect reports whether "had" helps the verb.
func (r *Analysis) pluperfect(v int) bool {
	for k := v - 1; k >= r.clauseStart(v) && verbOrAdverb(r.PartOf(k)); k-- {
		if r.Units[k].Folded == "had" {
			return true
		}
	}
	return false
}

func verbOrAdverb(p part) bool { return p == helping || p == adverbial }

// rolesIn are what an office verb's clause says that somebody is: its objects, or what stands behind "as".
func (r *Analysis) rolesIn(c *Clause, v officeVerb) []phrase {
	if !v.as {
		return c.objects
	}
	for k := c.verb + 1; k+1 < c.to; k++ {
		if r.Units[k].Folded == "as" {
			p, _ := r.phraseFrom(k+1, r.clauseEnd(c.verb))
			return []phrase{p}
		}
	}
	return nil
}
