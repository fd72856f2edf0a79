package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

var (
	marryKey  = keyOf("marry")
	wives     = lexicon.Set("wife widow")
	husbands  = lexicon.Set("husband widower")
	coupled   = lexicon.Union(wives, husbands, lexicon.Set("spouse"))
	marryWord = lexicon.Set("marry marries married marrying")
)

// keyOf is the key of a word, as units have it.
func keyOf(w string) string {
	for key := range match.KeysOf(w) {
		if syntax.Canonical[key] == "" || syntax.Canonical[key] == key {
			return key
		}
	}
	return ""
}

// couple is who is married to whom by a clause: by its verb, or by "is the wife of". ok is false for none.
func couple(r *syntax.Analysis, c *syntax.Clause) (a, b syntax.Phrase, ok bool) {
	switch {
	case marryWord[r.Units[c.Verb].Folded] && !c.Passive && len(c.Objects) > 0:
		return c.Subject, c.Objects[0], true
	case marryWord[r.Units[c.Verb].Folded] && c.Passive:
		if k := c.Verb + 1; k+1 < c.To && r.Units[k].Folded == "to" {
			p, _ := r.PhraseFrom(k+1, r.ClauseEnd(c.Verb))
			return c.Subject, p, !p.Missing
		}
		return c.Subject, c.Subject, len(c.Subject.Heads) > 1
	case c.Copula && len(c.Objects) > 0 && len(c.Objects[0].Heads) == 1 && coupled[r.Units[c.Objects[0].Heads[0]].Folded]:
		head := c.Objects[0].Heads[0]
		if k := head + 1; k+1 < r.ClauseEnd(c.Verb) && r.Units[k].Folded == "of" {
			p, _ := r.PhraseFrom(k+1, r.ClauseEnd(c.Verb))
			return c.Subject, p, !p.Missing
		}
		own := slices.DeleteFunc(slices.Clone(c.Objects[0].Units), func(i int) bool { return i == head })
		return c.Subject, syntax.Phrase{Units: own, Heads: own}, len(own) > 0 && r.Possessive(own[len(own)-1])
	}
	return a, b, false
}

// marriageKept reports whether the passage says that two people were married, whoever married the other. Who is called
// a wife has no first name of a man, and one of the two names shows it.
func marriageKept(m *match.Pair, sc *syntax.Clause) bool {
	a, b, ok := couple(m.Hyp.Analysis, sc)
	if !ok || len(sc.Mood) > 0 || !wasMarried(m.Hyp.Analysis, sc, &a, &b) {
		return false
	}
	done := slices.Concat(b.Units, ObjectUnits(sc))
	for _, j := range m.Prem.Index[marryKey] {
		c, d, from, to := coupleAt(m.Prem, j)
		if to == 0 {
			continue
		}
		straight, crossed := mention.PhraseKept(m, &a, &c) && mention.PhraseKept(m, &b, &d),
			mention.PhraseKept(m, &a, &d) && mention.PhraseKept(m, &b, &c)
		if (straight || crossed) && restIn(m, sc, done, from, to) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// wasMarried reports whether a clause names two people and says that they were married: that they are may be over.
func wasMarried(r *syntax.Analysis, c *syntax.Clause, a, b *syntax.Phrase) bool {
	switch before := r.PlainBefore(c.Verb); {
	case a.Missing || a.Pronoun || b.Pronoun || len(a.Heads) == 0 || len(b.Heads) == 0:
		return false
	case c.Copula:
		return r.Units[c.Verb].Folded == "was" && mayBe(r, r.Units[c.Objects[0].Heads[0]].Folded, a, b)
	case c.Passive:
		return before == "was" || before == "were"
	}
	return true
}

// coupleAt is who is told to be married by the word at j, and the units that tell more of it; to is 0 for nobody.
func coupleAt(r *syntax.Analysis, j int) (a, b syntax.Phrase, from, to int) {
	if a, b, ok := apposedCouple(r, j); ok {
		return a, b, j, j
	}
	if !marryWord[r.Units[j].Folded] || r.PartOf(j) != syntax.Verbal {
		return a, b, 0, 0
	}
	c := clause.At(r, j)
	a, b, ok := couple(r, &c)
	if !ok || len(c.Mood) > 0 {
		return a, b, 0, 0
	}
	return a, b, c.From, c.To
}

// apposedCouple is who is told to be married by "Ida Rask, wife of the painter Ole Rask".
func apposedCouple(r *syntax.Analysis, j int) (a, b syntax.Phrase, ok bool) {
	end := r.ClauseEnd(j)
	if !coupled[r.Units[j].Folded] || j+2 >= end || r.PlainAfter(j) != "of" {
		return a, b, false
	}
	_, from := clause.NounPhraseEnding(r, j)
	if from == r.From[r.Units[j].Sentence] || !r.Parted(from) || r.PartOf(from-1) != syntax.Nominal {
		return a, b, false
	}
	a, _ = clause.NounPhraseEnding(r, from-1)
	b, _ = r.PhraseFrom(j+2, end)
	return a, b, !b.Missing && len(a.Heads) > 0
}

// ObjectUnits are those of all objects.
func ObjectUnits(c *syntax.Clause) []int {
	var list []int
	for _, o := range c.Objects {
		list = append(list, o.Units...)
	}
	return list
}

// mayBe reports whether the first names of two people show that the first is the wife, or the husband, of the second.
func mayBe(r *syntax.Analysis, word string, a, b *syntax.Phrase) bool {
	switch {
	case wives[word]:
		return !firstNamed(r, a, premise.MaleNames()) &&
			(firstNamed(r, a, premise.FemaleNames()) || firstNamed(r, b, premise.MaleNames()))
	case husbands[word]:
		return !firstNamed(r, a, premise.FemaleNames()) &&
			(firstNamed(r, a, premise.MaleNames()) || firstNamed(r, b, premise.FemaleNames()))
	}
	return true
}

// firstNamed reports whether one of the words of a phrase is a first name of a list.
func firstNamed(r *syntax.Analysis, p *syntax.Phrase, names map[string]bool) bool {
	return slices.ContainsFunc(p.Units,
		func(i int) bool { return r.Units[i].Kind == syntax.Name && names[r.Units[i].Folded] })
}
