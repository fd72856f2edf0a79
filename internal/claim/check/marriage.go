package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

var (
	marryKey  = keyOf("marry")
	femaleBy  = lexicon.List("given-names-female")
	maleBy    = lexicon.List("given-names-male")
	wives     = lexicon.Set("wife widow")
	husbands  = lexicon.Set("husband widower")
	coupled   = lexicon.Union(wives, husbands, lexicon.Set("spouse"))
	marryWord = lexicon.Set("marry marries married marrying")
)

// keyOf is the key of a word, as units have it.
func keyOf(w string) string {
	for key := range keysOf(w) {
		if canonical[key] == "" || canonical[key] == key {
			return key
		}
	}
	return ""
}

// couple is who is married to whom by a clause: by its verb, or by "is the wife of". ok is false for none.
func (r *Analysis) couple(c *Clause) (a, b phrase, ok bool) {
	switch {
	case marryWord[r.Units[c.verb].Folded] && !c.passive && len(c.objects) > 0:
		return c.subject, c.objects[0], true
	case marryWord[r.Units[c.verb].Folded] && c.passive:
		if k := c.verb + 1; k+1 < c.to && r.Units[k].Folded == "to" {
			p, _ := r.phraseFrom(k+1, r.clauseEnd(c.verb))
			return c.subject, p, !p.missing
		}
		return c.subject, c.subject, len(c.subject.heads) > 1
	case c.copula && len(c.objects) > 0 && len(c.objects[0].heads) == 1 && coupled[r.Units[c.objects[0].heads[0]].Folded]:
		head := c.objects[0].heads[0]
		if k := head + 1; k+1 < r.clauseEnd(c.verb) && r.Units[k].Folded == "of" {
			p, _ := r.phraseFrom(k+1, r.clauseEnd(c.verb))
			return c.subject, p, !p.missing
		}
		own := slices.DeleteFunc(slices.Clone(c.objects[0].units), func(i int) bool { return i == head })
		return c.subject, phrase{units: own, heads: own}, len(own) > 0 && r.possessive(own[len(own)-1])
	}
	return a, b, false
}

// marriageKept reports whether the passage says that two people were married, whoever married the other. Who is called
// a wife has no first name of a man, and one of the two names shows it.
func (m *Pair) marriageKept(sc *Clause) bool {
	a, b, ok := m.s.couple(sc)
	if !ok || len(sc.mood) > 0 || !m.s.wasMarried(sc, &a, &b) {
		return false
	}
	done := slices.Concat(b.units, sc.objectUnits())
	for _, j := range m.p.Index[marryKey] {
		c, d, from, to := m.p.coupleAt(j)
		if to == 0 {
			continue
		}
		straight, crossed := m.phraseKept(&a, &c) && m.phraseKept(&b, &d), m.phraseKept(&a, &d) && m.phraseKept(&b, &c)
		if (straight || crossed) && m.restIn(sc, done, from, to) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// wasMarried reports whether a clause names two people and says that they were married: that they are may be over.
func (r *Analysis) wasMarried(c *Clause, a, b *phrase) bool {
	switch before := r.plainBefore(c.verb); {
	case a.missing || a.pronoun || b.pronoun || len(a.heads) == 0 || len(b.heads) == 0:
		return false
	case c.copula:
		return r.Units[c.verb].Folded == "was" && r.mayBe(r.Units[c.objects[0].heads[0]].Folded, a, b)
	case c.passive:
		return before == "was" || before == "were"
	}
	return true
}

// coupleAt is who is told to be married by the word at j, and the units that tell more of it; to is 0 for nobody.
func (r *Analysis) coupleAt(j int) (a, b phrase, from, to int) {
	if a, b, ok := r.apposedCouple(j); ok {
		return a, b, j, j
	}
	if !marryWord[r.Units[j].Folded] || r.PartOf(j) != Verbal {
		return a, b, 0, 0
	}
	c := r.At(j)
	a, b, ok := r.couple(&c)
	if !ok || len(c.mood) > 0 {
		return a, b, 0, 0
	}
	return a, b, c.from, c.to
}

// apposedCouple is who is told to be married by "Ida Rask, wife of the painter Ole Rask".
func (r *Analysis) apposedCouple(j int) (a, b phrase, ok bool) {
	end := r.clauseEnd(j)
	if !coupled[r.Units[j].Folded] || j+2 >= end || r.plainAfter(j) != "of" {
		return a, b, false
	}
	_, from := r.nounPhraseEnding(j)
	if from == r.from[r.Units[j].sentence] || !r.parted(from) || r.PartOf(from-1) != nominal {
		return a, b, false
	}
	a, _ = r.nounPhraseEnding(from - 1)
	b, _ = r.phraseFrom(j+2, end)
	return a, b, !b.missing && len(a.heads) > 0
}

// objectUnits are those of all objects.
func (c *Clause) objectUnits() []int {
	var list []int
	for _, o := range c.objects {
		list = append(list, o.units...)
	}
	return list
}

// mayBe reports whether the first names of two people show that the first is the wife, or the husband, of the second.
func (r *Analysis) mayBe(word string, a, b *phrase) bool {
	switch {
	case wives[word]:
		return !r.firstNamed(a, maleBy) && (r.firstNamed(a, femaleBy) || r.firstNamed(b, maleBy))
	case husbands[word]:
		return !r.firstNamed(a, femaleBy) && (r.firstNamed(a, maleBy) || r.firstNamed(b, femaleBy))
	}
	return true
}

// firstNamed reports whether one of the words of a phrase is a first name of a list.
func (r *Analysis) firstNamed(p *phrase, names map[string]bool) bool {
	return slices.ContainsFunc(p.units, func(i int) bool { return r.Units[i].Kind == Name && names[r.Units[i].Folded] })
}
