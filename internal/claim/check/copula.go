package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
)

// copulaKept looks for where the passage says that the one is the other: with a form of be, in an apposition ("Jon
// Aske, the mayor"), or before a name ("the shipowner Lars Tveit").
func (m *Pair) copulaKept(sc *syntax.Clause) bool {
	for _, j := range m.beingVerbs(sc.Verb) {
		if m.p.PartOf(j) == syntax.Verbal && m.saidToBe(sc, j) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	if len(sc.Mood) > 0 {
		return m.noLonger(sc)
	}
	if m.measureKept(sc) || m.attributive(sc) || m.agentKept(sc) {
		return true
	}
	return !sc.Subject.Missing && !sc.Subject.Pronoun && len(sc.Subject.Heads) > 0 && m.apposedKept(sc)
}

// saidToBe reports whether the passage's verb at j says that its subject is what the statement says.
func (m *Pair) saidToBe(sc *syntax.Clause, j int) bool {
	pc := At(m.p, j)
	return (pc.Copula || stayVerbs[m.p.Units[j].Folded]) && m.moodKept(sc, &pc) &&
		(sc.Subject.Missing && pc.Subject.Missing || m.phraseKept(&sc.Subject, &pc.Subject)) &&
		m.complementKept(sc, &pc) && m.restLeft(sc, &pc) < 0
}

// apposedKept reports whether the passage has what the subject is said to be in apposition to it, or behind it.
func (m *Pair) apposedKept(sc *syntax.Clause) bool {
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.hits[head] {
		if len(sc.Objects) == 0 {
			if m.attributeKept(sc, h) {
				m.grounds = append(m.grounds, h)
				return true
			}
			continue
		}
		for _, p := range apposed(m.p, h) {
			if m.complementIn(sc, &p) {
				m.grounds = append(m.grounds, h, p.Units[0])
				return true
			}
		}
	}
	return false
}

// complementKept compares what the subject is said to be.
func (m *Pair) complementKept(sc, pc *syntax.Clause) bool {
	for k := range sc.Objects {
		o := &sc.Objects[k]
		if !slices.ContainsFunc(o.Units, func(i int) bool { return m.s.weights[i] >= weightPlain }) {
			continue // "is a place": nearly everything is
		}
		if len(o.Units) == 1 && m.hitAmong(o.Units[0], complements(m.p, pc)) && !m.nowOver(sc, &pc.Objects[0]) {
			continue // "is American" of "is an American actress"; "is an inventor" of a list of what somebody is
		}
		if !slices.ContainsFunc(pc.Objects, func(p syntax.Phrase) bool { return m.phraseKept(o, &p) && !m.nowOver(sc, &p) }) {
			return false
		}
	}
	return len(sc.Objects) > 0 || len(pc.Objects) == 0
}

// complements are the heads of all that a subject is said to be, and what stands before the first of them.
func complements(r *syntax.Analysis, pc *syntax.Clause) []int {
	if len(pc.Objects) == 0 {
		return nil
	}
	list := slices.Clone(pc.Objects[0].Units)
	for _, o := range pc.Objects[1:] {
		list = append(list, o.Heads...)
	}
	end := r.From[r.Units[pc.Verb].Sentence+1]
	for k := list[len(list)-1] + 1; k < end; k++ {
		switch q := r.PartOf(k); {
		case q == syntax.Nominal && (k+1 >= end || r.Parted(k+1) || r.PartOf(k+1) != syntax.Nominal):
			list = append(list, k)
		case q == syntax.Preposition || syntax.VerbOrHelp(q) || q == syntax.Relativizer || q == syntax.Subordinator ||
			q == syntax.Pronominal:
			return list
		}
	}
	return list
}

// complementIn reports whether an apposed phrase is what the statement says that the subject is, with all else that
// it says.
func (m *Pair) complementIn(sc *syntax.Clause, p *syntax.Phrase) bool {
	if !m.phraseKept(&sc.Objects[0], p) || m.nowOver(sc, p) {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.weights[i] == 0 || slices.Contains(sc.Objects[0].Units, i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, p.Units) && !m.ownerNamed(i, p) &&
			!(m.s.Units[i].Kind == syntax.Name && (m.excused[i] || m.possessed(p) && len(m.hits[i]) > 0)) {
			return false
		}
	}
	return true
}

// attributeKept reports whether a prepositional phrase stands behind the noun at h as the statement has it behind its
// "is": "the institute in Brask".
func (m *Pair) attributeKept(sc *syntax.Clause, h int) bool {
	k := h + 1
	end := m.p.From[m.p.Units[h].Sentence+1]
	for k < end && m.p.PartOf(k) == syntax.Nominal && !m.p.Parted(k) {
		k++
	}
	var inside []int
	for ; k < end && !m.p.Parted(k) && !syntax.VerbOrHelp(m.p.PartOf(k)); k++ {
		inside = append(inside, k)
	}
	some := false
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.weights[i] == 0 {
			continue
		}
		if !m.hitAmong(i, inside) || prepositionOf(m.s.Analysis, i) != prepositionOf(m.p, m.firstHit(i, inside)) {
			return false
		}
		some = true
	}
	return some
}

func (m *Pair) firstHit(i int, inside []int) int {
	return inside[slices.IndexFunc(inside, func(j int) bool { return m.hit(i, j) })]
}

// A named phrase is a noun phrase whose appositions are looked for: the units [from, to) of a sentence that has the
// units [start, end).
type namedPhrase struct {
	syntax.Phrase
	head       int
	from, to   int
	start, end int
}

// An apposition is a place where what stands for the same as a noun phrase may be.
type apposition struct {
	name    string
	example string
	find    func(*syntax.Analysis, *namedPhrase) syntax.Phrase // missing where there is none
}

// appositions are looked for in this order.
var appositions = []apposition{
	{"before the name", "police spokeswoman Inga Rud",
		func(r *syntax.Analysis, n *namedPhrase) syntax.Phrase { return beforeName(r, &n.Phrase) }},
	{"title", "President Salma Idris of Karesh",
		func(r *syntax.Analysis, n *namedPhrase) syntax.Phrase { return titleOf(r, &n.Phrase, n.to, n.end) }},
	{"place", "the village of Rocca", placeBefore},
	{"behind an origin", "Ines Amaro of Portugal, the youngest rider", behindOrigin},
	{"behind a mark", "Jon Aske, the mayor", behindMark},
	{"before a mark", "the mayor, Jon Aske", beforeMark},
	{"behind a preposition", "opened the mill with her brother, Jon Aske", governedBefore},
}

// apposed lists the phrases that stand for the same as the noun phrase that has the unit h: before its name, and
// behind or before a comma.
func apposed(r *syntax.Analysis, h int) []syntax.Phrase {
	n := namedPhrase{head: h, to: h + 1, start: r.From[r.Units[h].Sentence], end: r.From[r.Units[h].Sentence+1]}
	for n.to < n.end && !r.Parted(n.to) && r.PartOf(n.to) == syntax.Nominal &&
		(r.Units[h].Kind != syntax.Name || r.Units[n.to].Kind == syntax.Name && !r.Units[n.to].NameStart) {
		n.to++
	}
	n.Phrase, n.from = nounPhraseEnding(r, n.to-1)
	if !slices.Contains(n.Heads, h) {
		return nil
	}
	var list []syntax.Phrase
	for k := range appositions {
		if p := appositions[k].find(r, &n); !p.Missing {
			list = append(list, p)
		}
	}
	return list
}

func placeBefore(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if n.from < n.start+2 || r.Parted(n.from) || r.Units[n.from-1].Folded != "of" ||
		!syntax.PlaceNouns[r.Units[n.from-2].Folded] {
		return syntax.Phrase{Missing: true}
	}
	p, _ := nounPhraseEnding(r, n.from-2)
	return p
}

func behindOrigin(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	none := syntax.Phrase{Missing: true}
	if r.Units[n.head].Kind != syntax.Name || n.to+1 >= n.end || r.Parted(n.to) ||
		r.Units[n.to].Folded != "of" && r.Units[n.to].Folded != "from" {
		return none
	}
	after := nominalsFrom(r, n.to+1)
	if after >= n.end || !apart(r, after) || r.IsListed(after, n.end) {
		return none
	}
	// It may be of the place, too: only what a person is tells of who comes from there.
	if p, _ := r.PhraseFrom(after, n.end); !p.Missing && !p.Pronoun &&
		(personNouns[r.Units[p.Heads[0]].Folded] || doer(r.Units[p.Heads[0]].Folded)) {
		return toMark(r, p)
	}
	return none
}

func behindMark(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	none := syntax.Phrase{Missing: true}
	if n.to >= n.end || !apart(r, n.to) || r.IsListed(n.to, n.end) {
		return none
	}
	p, next := r.PhraseFrom(n.to, n.end)
	told := func(k int) bool { // "Lumex, a firm based in Arn", behind the verb of the sentence
		return r.PartOf(k) == syntax.Relativizer || r.PartOf(k) == syntax.Verbal && r.HasVerb(n.start, n.from) && r.Reduced(k)
	}
	if p.Missing || p.Pronoun || next < n.end && !r.Parted(next) && r.PartOf(next) != syntax.Preposition && !told(next) {
		return none
	}
	next = takeNouns(r, &p, next, n.end)
	if next >= n.end || r.Parted(next) || told(next) {
		return p
	}
	return none
}

// takeNouns gives a phrase the nouns behind it, up to a mark or a verb, and returns where that stands.
func takeNouns(r *syntax.Analysis, p *syntax.Phrase, next, end int) int {
	for next < end && !r.Parted(next) && !syntax.VerbOrHelp(r.PartOf(next)) && r.PartOf(next) != syntax.Relativizer {
		if r.PartOf(next) == syntax.Nominal {
			p.Units = append(p.Units, next)
		}
		next++
	}
	return next
}

func beforeMark(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if n.from > n.start && apart(r, n.from) && !closesBracket(r, n.from) && !r.IsListed(n.from, n.end) &&
		(n.to >= n.end || r.Parted(n.to)) {
		return phraseBackFrom(r, n.from-1, n.start)
	}
	return syntax.Phrase{Missing: true}
}

// governedBefore is the noun phrase before a mark by itself where a preposition other than "of" governs it, and "the"
// or a possessive begins it.
func governedBefore(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if beforeMark(r, n).Missing {
		return syntax.Phrase{Missing: true}
	}
	p, from := nounPhraseEnding(r, n.from-1)
	if !p.Definite || from <= n.start || r.PartOf(from-1) != syntax.Preposition || r.Units[from-1].Folded == "of" {
		return syntax.Phrase{Missing: true}
	}
	return p
}

// nominalsFrom is the unit behind the nouns and names that begin at k.
func nominalsFrom(r *syntax.Analysis, k int) int {
	from, end := k, r.From[r.Units[k].Sentence+1]
	for k < end && (k == from || !r.Parted(k)) && (r.PartOf(k) == syntax.Nominal || r.PartOf(k) == syntax.Determiner) {
		k++
	}
	return k
}

// toMark adds to a phrase what stands behind it up to the next mark or verb.
func toMark(r *syntax.Analysis, p syntax.Phrase) syntax.Phrase {
	last := p.Units[len(p.Units)-1]
	for k := last + 1; k < r.From[r.Units[last].Sentence+1] && !r.Parted(k) && !syntax.VerbOrHelp(r.PartOf(k)); k++ {
		if r.PartOf(k) == syntax.Nominal {
			p.Units = append(p.Units, k)
		}
	}
	return p
}

// beforeName is what stands before a name in its noun phrase, as "police spokeswoman" before "Inga Rud".
func beforeName(r *syntax.Analysis, own *syntax.Phrase) syntax.Phrase {
	at := len(own.Units)
	for at > 0 && r.Units[own.Units[at-1]].Kind == syntax.Name {
		at--
		if r.Units[own.Units[at]].NameStart {
			break
		}
	}
	if at == 0 || at == len(own.Units) || r.Possessive(own.Units[at-1]) {
		return syntax.Phrase{Missing: true}
	}
	p := syntax.Phrase{Units: own.Units[:at], Definite: true}
	p.Heads = p.Units[at-1:]
	return p
}

// titleOf is the title in a name, with what its bearer has it of: "President Salma Idris of Karesh".
func titleOf(r *syntax.Analysis, own *syntax.Phrase, to, end int) syntax.Phrase {
	p := syntax.Phrase{Missing: true}
	for _, i := range own.Units {
		if syntax.Titles[r.Units[i].Folded] {
			p = syntax.Phrase{Units: append(p.Units, i), Heads: []int{i}, Definite: true}
		}
	}
	if !p.Missing && to < end {
		r.WithPrepositions(&p, to)
	}
	return p
}

// phraseBackFrom reads the noun phrase with its prepositional phrases that ends at k.
func phraseBackFrom(r *syntax.Analysis, k, start int) syntax.Phrase {
	var units []int
	for k >= start && r.PartOf(k) == syntax.Nominal {
		p, from := nounPhraseEnding(r, k)
		if from > start && !r.Parted(from) && r.PartOf(from-1) == syntax.Preposition {
			units = append(p.Units, units...)
			if from-2 >= start && r.PartOf(from-2) == syntax.Nominal {
				k = from - 2
				continue
			}
		} else {
			p.Units = append(slices.Clip(p.Units), units...)
		}
		if p.Units = slices.Clip(p.Units); len(units) > len(p.Units) {
			p.Units = units
		}
		return p
	}
	return syntax.Phrase{Missing: true}
}

// apart reports whether a comma, a bracket or a dash stands before a unit, which may begin an apposition. A quotation
// mark does not.
func apart(r *syntax.Analysis, i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ",(–—:")
}

// closesBracket reports whether a bracket ends before a unit: what stands in it is of what stands before it.
func closesBracket(r *syntax.Analysis, i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ")]")
}
