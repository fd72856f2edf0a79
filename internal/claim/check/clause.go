package check

import (
	"slices"
	"sync"
	"sync/atomic"

	"pilcrow/internal/lexicon"
)

// A phrase is a noun phrase: what it is about, and all that belongs to it.
type phrase struct {
	heads    []int // the units that name it: its last noun, a name, and what stands beside it in apposition
	units    []int // its nominal units, with those of its prepositional phrases and appositions, in order
	pronoun  bool  // it, he, they: what it stands for was said before
	definite bool  // begins with the, this, its
	missing  bool  // none was found
}

// A Clause is what a text says around one verb. Positions are of units.
type Clause struct {
	verb    int
	copula  bool // a form of be with a noun phrase or an adjective
	passive bool
	inf     bool // an infinitive
	subject phrase
	objects []phrase
	agent   phrase   // of a passive
	mood    []string // modals, negations and the like, sorted
	from    int      // the units that belong to it, beside its subject: [from, to)
	to      int
}

// maxClauseUnits bounds how far the parts of a clause are looked for.
const maxClauseUnits = 60

// A clauseCache keeps the clauses that were read, by their verbs, as long as the reading is kept. Its zero value is
// empty.
type clauseCache struct {
	once sync.Once
	At   []atomic.Pointer[Clause]
}

// of returns what is kept of a verb, or reads and keeps it. units is how many the reading has.
func (k *clauseCache) of(v, units int, read func() Clause) Clause {
	k.once.Do(func() { k.At = make([]atomic.Pointer[Clause], units) })
	kept := &k.At[v]
	if c := kept.Load(); c != nil {
		return *c
	}
	c := read()
	kept.Store(&c) // two at once read the same
	return c
}

// At returns the clause of a verb. It is read once: nothing of it may be changed.
func (r *Analysis) At(v int) Clause {
	return r.ClausesRead.of(v, len(r.Units), func() Clause { return r.readClause(v) })
}

// readClause reads the clause of a verb.
func (r *Analysis) readClause(v int) Clause {
	c := Clause{verb: v, copula: beForms[r.Units[v].Folded]}
	c.subject = r.subjectOf(v, 0)
	c.passive = !c.copula && (r.passiveVerb(v) || r.tellsOfNoun(v))
	if c.passive && r.reduced(v) && len(c.subject.units) > 0 && !c.subject.pronoun && r.ofNoun(v) {
		_, from := r.nounPhraseEnding(c.subject.units[len(c.subject.units)-1])
		c.subject = r.identified(c.subject, from)
	}
	c.inf = v > 0 && r.plainBefore(v) == "to"
	c.objects = r.objectsOf(v)
	if c.passive {
		c.agent = r.agentOf(v)
	}
	c.mood = r.moodOf(v)
	if r.noneOf(&c.subject) {
		c.mood = append(c.mood, "not")
		slices.Sort(c.mood)
	}
	c.from, c.to = r.extent(v, &c.subject)
	return c
}

// noneOf reports whether "no" stands before a noun phrase: "No sequel was made" denies that one was.
func (r *Analysis) noneOf(p *phrase) bool {
	if p.missing || p.pronoun || len(p.units) == 0 || r.Units[p.units[0]].Kind == number {
		return false
	}
	_, from := r.nounPhraseEnding(p.units[0])
	return r.Units[from].Folded == "no" || from > r.from[r.Units[from].sentence] && r.plainBefore(from) == "no"
}

// clauses reads all clauses of a sentence.
func (r *Analysis) clauses(sentence int) []Clause {
	var list []Clause
	for i := r.from[sentence]; i < r.from[sentence+1]; i++ {
		if !r.Units[i].quoted && r.PartOf(i) == Verbal {
			list = append(list, r.At(i))
		}
	}
	return list
}

// nounPhraseEnding reads the noun phrase whose last unit is at k, back to its determiner. from is its first unit.
func (r *Analysis) nounPhraseEnding(k int) (p phrase, from int) {
	from = k
	for from > r.from[r.Units[k].sentence] && k-from < maxClauseUnits {
		if r.parted(from) || r.timeOf(from-1) {
			break
		}
		if q := r.PartOf(from - 1); q == nominal && (r.Units[from-1].Kind != date && r.Units[from-1].Folded != "one" ||
			determiners[r.plainBefore(from-1)]) {
			from--
			continue
		} else if q == determiner {
			from--
		}
		break
	}
	return r.phraseOf(from, k+1), from
}

// timeOf reports whether a unit ends an adverb of time: "last summer".
func (r *Analysis) timeOf(i int) bool {
	if !timeNouns[r.Units[i].Folded] || r.possessive(i) {
		return false
	}
	switch r.plainBefore(i) {
	case "last", "next", "this", "that", "every", "each":
		return true
	case "same", "following", "previous": // "In the same year Lind won"
		return i+1 < len(r.Units) && r.Units[i+1].nameStart
	}
	return false
}

// timeNouns are what time is counted in.
var timeNouns = lexicon.List("time-nouns")

// phraseOf makes a phrase of the units [from, to) without prepositions.
func (r *Analysis) phraseOf(from, to int) phrase {
	var p phrase
	for k := from; k < to; k++ {
		if r.PartOf(k) == nominal {
			p.units = append(p.units, k)
		}
	}
	switch w := r.Units[from].Folded; w {
	case "the", "this", "these", "those", "its", "his", "her", "their", "both":
		p.definite = true
	}
	p.heads = r.headsOf(p.units)
	return p
}

// headsOf are the last noun of a run of nominal units, or the last name with the noun before it: "the shipowner Lars
// Tveit".
func (r *Analysis) headsOf(units []int) []int {
	if len(units) == 0 {
		return nil
	}
	last := len(units) - 1
	if r.Units[units[last]].Kind != Name {
		return units[last:]
	}
	at := last
	for at > 0 && !r.possessive(units[at-1]) && (r.Units[units[at-1]].Kind == Name && !r.Units[units[at]].nameStart ||
		nameParticles[r.Units[units[at-1]].Folded] ||
		nameParticles[r.Units[units[at]].Folded]) {
		at--
	}
	if at > 0 && !r.possessive(units[at-1]) && r.Units[units[at-1]].Kind == plain {
		at--
	}
	return units[at:]
}

// nameParticles join the parts of names.
var nameParticles = lexicon.List("joining-particles")

// placeNouns stand before "of" and a name that is the place itself: "the village of Rocca".
var placeNouns = lexicon.List("place-nouns")

// withPrepositions adds the prepositional phrases that follow a phrase at once, and an apposition behind a comma.
// next is the unit after.
func (r *Analysis) withPrepositions(p *phrase, k int) (next int) {
	end := r.from[r.Units[p.units[0]].sentence+1]
	for k < end && k-p.units[0] < maxClauseUnits && !r.parted(k) && r.PartOf(k) == preposition &&
		r.Units[k].Folded == "of" {
		k++
		start := k
		for k < end && (k == start || !r.parted(k)) && (r.PartOf(k) == nominal || k == start && r.PartOf(k) == determiner) {
			if r.PartOf(k) == nominal {
				p.units = append(p.units, k)
				if r.Units[k].Kind == Name && len(p.heads) > 0 && placeNouns[r.Units[p.heads[len(p.heads)-1]].Folded] {
					p.heads = append(slices.Clip(p.heads), k)
				}
			}
			k++
		}
	}
	return k
}

// tellsOfNoun reports whether a participle tells of the noun phrase right before it, which is not its subject as
// something else governs it, a preposition or a form of be, or it is an apposition: "developed by Lumex, a firm based
// in Arn".
func (r *Analysis) tellsOfNoun(v int) bool {
	start := r.clauseStart(v)
	if v <= start || r.parted(v) || r.PartOf(v-1) != nominal || !r.reduced(v) {
		return false
	}
	_, from := r.nounPhraseEnding(v - 1)
	if from <= start || !r.hasVerb(start, from) {
		return false
	}
	if r.parted(from) {
		return r.PartOf(from) == determiner && r.PartOf(from-1) == nominal
	}
	if beForms[r.Units[from-1].Folded] {
		return true
	}
	// "the owner of a firm moved to Arn": a noun before the preposition may be the subject
	return r.PartOf(from-1) == preposition && from-2 >= start && r.PartOf(from-2) != nominal
}
