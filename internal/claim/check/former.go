package check

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// formerWords say before a noun that somebody is no longer what it names.
var formerWords = lexicon.Set("former formerly ex onetime erstwhile retired deposed once")

// noLonger reports whether the statement says that somebody "used to be" something or is it "no longer", and the
// passage calls him a former one.
func (m *Pair) noLonger(sc *Clause) bool {
	if len(sc.objects) == 0 || len(sc.subject.heads) == 0 || sc.subject.missing || sc.subject.pronoun ||
		!slices.Equal(sc.mood, []string{"to use"}) && !slices.Equal(sc.mood, []string{"no longer", "no longer"}) &&
			!slices.Equal(sc.mood, []string{"no longer"}) {
		return false
	}
	for _, h := range m.hits[sc.subject.heads[len(sc.subject.heads)-1]] {
		for _, p := range m.p.apposed(h) {
			if m.p.former(&p) && m.complementIn(sc, &p) {
				m.grounds = append(m.grounds, h, p.units[0])
				return true
			}
		}
	}
	return slices.ContainsFunc(m.beingVerbs(sc.verb), func(j int) bool {
		if m.p.PartOf(j) != Verbal {
			return false
		}
		pc := m.p.At(j)
		return pc.copula && len(pc.mood) == 0 && m.phraseKept(&sc.subject, &pc.subject) &&
			slices.ContainsFunc(pc.objects, func(p phrase) bool { return m.p.former(&p) && m.complementIn(sc, &p) })
	})
}

// usedTo reports whether a verb is the "used" of "used to be", of which the infinitive says all.
func (r *Analysis) usedTo(v int) bool {
	return r.Units[v].Folded == "used" && r.plainAfter(v) == "to" && r.PartOf(v+1) == helping
}

// nowOver reports whether the statement says that somebody is what the passage says that he was, "a former judge", or
// what he is less than, "a vice president".
func (m *Pair) nowOver(sc *Clause, p *phrase) bool {
	if m.lesserRole(sc, p) {
		return true
	}
	if w := m.s.Units[sc.verb].Folded; w != "is" && w != "are" || len(sc.mood) > 0 || len(p.units) == 0 ||
		m.s.former(&sc.objects[0]) {
		return false
	}
	return m.p.former(p)
}

// lesserWords make of a role one that is less.
var lesserWords = lexicon.Set("vice deputy assistant aspiring honorary self-proclaimed so-called would-be")

// lesserRole reports whether the passage's phrase is of a lesser role than the statement's.
func (m *Pair) lesserRole(sc *Clause, p *phrase) bool {
	if len(p.units) == 0 {
		return false
	}
	_, from := m.p.nounPhraseEnding(p.units[0])
	for k := from; k <= p.units[len(p.units)-1]; k++ {
		if lesserWords[m.p.Units[k].Folded] && !slices.ContainsFunc(m.s.Units, func(u Unit) bool {
			return u.Folded == m.p.Units[k].Folded
		}) {
			return true
		}
	}
	return false
}

// former reports whether a noun phrase names what somebody is no longer.
func (r *Analysis) former(p *phrase) bool {
	_, from := r.nounPhraseEnding(p.units[0])
	for k := from; k <= p.units[len(p.units)-1]; k++ {
		if w := r.Units[k].Folded; formerWords[w] || strings.HasPrefix(w, "ex-") {
			return true
		}
	}
	return false
}

// withoutFormer is a phrase without "former".
func withoutFormer(r *Analysis, p *phrase) phrase {
	q := *p
	q.units = slices.DeleteFunc(slices.Clone(p.units), func(i int) bool { return formerWords[r.Units[i].Folded] })
	return q
}
