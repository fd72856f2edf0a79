package check

import (
	"slices"
	"strings"
)

// copulaKept looks for where the passage says that the one is the other: with a form of be, in an apposition ("Jon
// Aske, the mayor"), or before a name ("the shipowner Lars Tveit").
func (m *Pair) copulaKept(sc *Clause) bool {
	for _, j := range m.beingVerbs(sc.verb) {
		if m.p.PartOf(j) == Verbal && m.saidToBe(sc, j) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	if len(sc.mood) > 0 {
		return m.noLonger(sc)
	}
	if m.measureKept(sc) || m.attributive(sc) || m.agentKept(sc) {
		return true
	}
	return !sc.subject.missing && !sc.subject.pronoun && len(sc.subject.heads) > 0 && m.apposedKept(sc)
}

// saidToBe reports whether the passage's verb at j says that its subject is what the statement says.
func (m *Pair) saidToBe(sc *Clause, j int) bool {
	pc := m.p.At(j)
	return (pc.copula || stayVerbs[m.p.Units[j].Folded]) && m.moodKept(sc, &pc) &&
		(sc.subject.missing && pc.subject.missing || m.phraseKept(&sc.subject, &pc.subject)) &&
		m.complementKept(sc, &pc) && m.restLeft(sc, &pc) < 0
}

// apposedKept reports whether the passage has what the subject is said to be in apposition to it, or behind it.
func (m *Pair) apposedKept(sc *Clause) bool {
	head := sc.subject.heads[len(sc.subject.heads)-1]
	for _, h := range m.hits[head] {
		if len(sc.objects) == 0 {
			if m.attributeKept(sc, h) {
				m.grounds = append(m.grounds, h)
				return true
			}
			continue
		}
		for _, p := range m.p.apposed(h) {
			if m.complementIn(sc, &p) {
				m.grounds = append(m.grounds, h, p.units[0])
				return true
			}
		}
	}
	return false
}

// complementKept compares what the subject is said to be.
func (m *Pair) complementKept(sc, pc *Clause) bool {
	for k := range sc.objects {
		o := &sc.objects[k]
		if !slices.ContainsFunc(o.units, func(i int) bool { return m.s.weights[i] >= weightPlain }) {
			continue // "is a place": nearly everything is
		}
		if len(o.units) == 1 && m.hitAmong(o.units[0], m.p.complements(pc)) && !m.nowOver(sc, &pc.objects[0]) {
			continue // "is American" of "is an American actress"; "is an inventor" of a list of what somebody is
		}
		if !slices.ContainsFunc(pc.objects, func(p phrase) bool { return m.phraseKept(o, &p) && !m.nowOver(sc, &p) }) {
			return false
		}
	}
	return len(sc.objects) > 0 || len(pc.objects) == 0
}

// complements are the heads of all that a subject is said to be, and what stands before the first of them.
func (r *Analysis) complements(pc *Clause) []int {
	if len(pc.objects) == 0 {
		return nil
	}
	list := slices.Clone(pc.objects[0].units)
	for _, o := range pc.objects[1:] {
		list = append(list, o.heads...)
	}
	end := r.from[r.Units[pc.verb].sentence+1]
	for k := list[len(list)-1] + 1; k < end; k++ {
		switch q := r.PartOf(k); {
		case q == nominal && (k+1 >= end || r.parted(k+1) || r.PartOf(k+1) != nominal):
			list = append(list, k)
		case q == preposition || verbOrHelp(q) || q == relativizer || q == subordinator || q == pronominal:
			return list
		}
	}
	return list
}

// complementIn reports whether an apposed phrase is what the statement says that the subject is, with all else that
// it says.
func (m *Pair) complementIn(sc *Clause, p *phrase) bool {
	if !m.phraseKept(&sc.objects[0], p) || m.nowOver(sc, p) {
		return false
	}
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 || slices.Contains(sc.objects[0].units, i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, p.units) && !m.ownerNamed(i, p) &&
			!(m.s.Units[i].Kind == Name && (m.excused[i] || m.possessed(p) && len(m.hits[i]) > 0)) {
			return false
		}
	}
	return true
}

// attributeKept reports whether a prepositional phrase stands behind the noun at h as the statement has it behind its
// "is": "the institute in Brask".
func (m *Pair) attributeKept(sc *Clause, h int) bool {
	k := h + 1
	end := m.p.from[m.p.Units[h].sentence+1]
	for k < end && m.p.PartOf(k) == nominal && !m.p.parted(k) {
		k++
	}
	var inside []int
	for ; k < end && !m.p.parted(k) && !verbOrHelp(m.p.PartOf(k)); k++ {
		inside = append(inside, k)
	}
	some := false
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 {
			continue
		}
		if !m.hitAmong(i, inside) || m.s.prepositionOf(i) != m.p.prepositionOf(m.firstHit(i, inside)) {
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
	phrase
	head       int
	from, to   int
	start, end int
}

// An apposition is a place where what stands for the same as a noun phrase may be.
type apposition struct {
	name    string
	example string
	find    func(*Analysis, *namedPhrase) phrase // missing where there is none
}

// appositions are looked for in this order.
var appositions = []apposition{
	{"before the name", "police spokeswoman Inga Rud",
		func(r *Analysis, n *namedPhrase) phrase { return r.beforeName(&n.phrase) }},
	{"title", "President Salma Idris of Karesh",
		func(r *Analysis, n *namedPhrase) phrase { return r.titleOf(&n.phrase, n.to, n.end) }},
	{"place", "the village of Rocca", (*Analysis).placeBefore},
	{"behind an origin", "Ines Amaro of Portugal, the youngest rider", (*Analysis).behindOrigin},
	{"behind a mark", "Jon Aske, the mayor", (*Analysis).behindMark},
	{"before a mark", "the mayor, Jon Aske", (*Analysis).beforeMark},
	{"behind a preposition", "opened the mill with her brother, Jon Aske", (*Analysis).governedBefore},
}

// apposed lists the phrases that stand for the same as the noun phrase that has the unit h: before its name, and
// behind or before a comma.
func (r *Analysis) apposed(h int) []phrase {
	n := namedPhrase{head: h, to: h + 1, start: r.from[r.Units[h].sentence], end: r.from[r.Units[h].sentence+1]}
	for n.to < n.end && !r.parted(n.to) && r.PartOf(n.to) == nominal &&
		(r.Units[h].Kind != Name || r.Units[n.to].Kind == Name && !r.Units[n.to].nameStart) {
		n.to++
	}
	n.phrase, n.from = r.nounPhraseEnding(n.to - 1)
	if !slices.Contains(n.heads, h) {
		return nil
	}
	var list []phrase
	for k := range appositions {
		if p := appositions[k].find(r, &n); !p.missing {
			list = append(list, p)
		}
	}
	return list
}

func (r *Analysis) placeBefore(n *namedPhrase) phrase {
	if n.from < n.start+2 || r.parted(n.from) || r.Units[n.from-1].Folded != "of" ||
		!placeNouns[r.Units[n.from-2].Folded] {
		return phrase{missing: true}
	}
	p, _ := r.nounPhraseEnding(n.from - 2)
	return p
}

func (r *Analysis) behindOrigin(n *namedPhrase) phrase {
	none := phrase{missing: true}
	if r.Units[n.head].Kind != Name || n.to+1 >= n.end || r.parted(n.to) ||
		r.Units[n.to].Folded != "of" && r.Units[n.to].Folded != "from" {
		return none
	}
	after := r.nominalsFrom(n.to + 1)
	if after >= n.end || !r.apart(after) || r.isListed(after, n.end) {
		return none
	}
	// It may be of the place, too: only what a person is tells of who comes from there.
	if p, _ := r.phraseFrom(after, n.end); !p.missing && !p.pronoun &&
		(personNouns[r.Units[p.heads[0]].Folded] || doer(r.Units[p.heads[0]].Folded)) {
		return r.toMark(p)
	}
	return none
}

func (r *Analysis) behindMark(n *namedPhrase) phrase {
	none := phrase{missing: true}
	if n.to >= n.end || !r.apart(n.to) || r.isListed(n.to, n.end) {
		return none
	}
	p, next := r.phraseFrom(n.to, n.end)
	told := func(k int) bool { // "Lumex, a firm based in Arn", behind the verb of the sentence
		return r.PartOf(k) == relativizer || r.PartOf(k) == Verbal && r.hasVerb(n.start, n.from) && r.reduced(k)
	}
	if p.missing || p.pronoun || next < n.end && !r.parted(next) && r.PartOf(next) != preposition && !told(next) {
		return none
	}
	next = r.takeNouns(&p, next, n.end)
	if next >= n.end || r.parted(next) || told(next) {
		return p
	}
	return none
}

// takeNouns gives a phrase the nouns behind it, up to a mark or a verb, and returns where that stands.
func (r *Analysis) takeNouns(p *phrase, next, end int) int {
	for next < end && !r.parted(next) && !verbOrHelp(r.PartOf(next)) && r.PartOf(next) != relativizer {
		if r.PartOf(next) == nominal {
			p.units = append(p.units, next)
		}
		next++
	}
	return next
}

func (r *Analysis) beforeMark(n *namedPhrase) phrase {
	if n.from > n.start && r.apart(n.from) && !r.closesBracket(n.from) && !r.isListed(n.from, n.end) &&
		(n.to >= n.end || r.parted(n.to)) {
		return r.phraseBackFrom(n.from-1, n.start)
	}
	return phrase{missing: true}
}

// governedBefore is the noun phrase before a mark by itself where a preposition other than "of" governs it, and "the"
// or a possessive begins it.
func (r *Analysis) governedBefore(n *namedPhrase) phrase {
	if r.beforeMark(n).missing {
		return phrase{missing: true}
	}
	p, from := r.nounPhraseEnding(n.from - 1)
	if !p.definite || from <= n.start || r.PartOf(from-1) != preposition || r.Units[from-1].Folded == "of" {
		return phrase{missing: true}
	}
	return p
}

// nominalsFrom is the unit behind the nouns and names that begin at k.
func (r *Analysis) nominalsFrom(k int) int {
	from, end := k, r.from[r.Units[k].sentence+1]
	for k < end && (k == from || !r.parted(k)) && (r.PartOf(k) == nominal || r.PartOf(k) == determiner) {
		k++
	}
	return k
}

// toMark adds to a phrase what stands behind it up to the next mark or verb.
func (r *Analysis) toMark(p phrase) phrase {
	last := p.units[len(p.units)-1]
	for k := last + 1; k < r.from[r.Units[last].sentence+1] && !r.parted(k) && !verbOrHelp(r.PartOf(k)); k++ {
		if r.PartOf(k) == nominal {
			p.units = append(p.units, k)
		}
	}
	return p
}

// beforeName is what stands before a name in its noun phrase, as "police spokeswoman" before "Inga Rud".
func (r *Analysis) beforeName(own *phrase) phrase {
	at := len(own.units)
	for at > 0 && r.Units[own.units[at-1]].Kind == Name {
		at--
		if r.Units[own.units[at]].nameStart {
			break
		}
	}
	if at == 0 || at == len(own.units) || r.possessive(own.units[at-1]) {
		return phrase{missing: true}
	}
	p := phrase{units: own.units[:at], definite: true}
	p.heads = p.units[at-1:]
	return p
}

// titleOf is the title in a name, with what its bearer has it of: "President Salma Idris of Karesh".
func (r *Analysis) titleOf(own *phrase, to, end int) phrase {
	p := phrase{missing: true}
	for _, i := range own.units {
		if titles[r.Units[i].Folded] {
			p = phrase{units: append(p.units, i), heads: []int{i}, definite: true}
		}
	}
	if !p.missing && to < end {
		r.withPrepositions(&p, to)
	}
	return p
}

// phraseBackFrom reads the noun phrase with its prepositional phrases that ends at k.
func (r *Analysis) phraseBackFrom(k, start int) phrase {
	var units []int
	for k >= start && r.PartOf(k) == nominal {
		p, from := r.nounPhraseEnding(k)
		if from > start && !r.parted(from) && r.PartOf(from-1) == preposition {
			units = append(p.units, units...)
			if from-2 >= start && r.PartOf(from-2) == nominal {
				k = from - 2
				continue
			}
		} else {
			p.units = append(slices.Clip(p.units), units...)
		}
		if p.units = slices.Clip(p.units); len(units) > len(p.units) {
			p.units = units
		}
		return p
	}
	return phrase{missing: true}
}

// apart reports whether a comma, a bracket or a dash stands before a unit, which may begin an apposition. A quotation
// mark does not.
func (r *Analysis) apart(i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ",(–—:")
}

// closesBracket reports whether a bracket ends before a unit: what stands in it is of what stands before it.
func (r *Analysis) closesBracket(i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ")]")
}

// isListed reports whether the comma before a unit parts the members of a list: an "and" joins the last of them.
func (r *Analysis) isListed(at, end int) bool {
	for k := at; k < end; k++ {
		if k > at && r.parted(k) {
			return r.PartOf(k) == coordinator
		}
		if r.PartOf(k) == coordinator {
			return r.Units[at].Kind == Name
		}
	}
	return false
}
