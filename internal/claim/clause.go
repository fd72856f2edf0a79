package claim

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A phrase is a noun phrase: what it is about, and all that belongs to it.
type phrase struct {
	heads    []int // the units that name it: its last noun, a name, and what stands beside it in apposition
	units    []int // its nominal units, with those of its prepositional phrases and appositions, in order
	pronoun  bool  // it, he, they: what it stands for was said before
	definite bool  // begins with the, this, its
	missing  bool  // none was found
}

// A clause is what a text says around one verb. Positions are of units.
type clause struct {
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
	at   []atomic.Pointer[clause]
}

// clauseAt returns the clause of a verb. It is read once: nothing of it may be changed.
func (r *reading) clauseAt(v int) clause {
	r.clausesRead.once.Do(func() { r.clausesRead.at = make([]atomic.Pointer[clause], len(r.units)) })
	kept := &r.clausesRead.at[v]
	if c := kept.Load(); c != nil {
		return *c
	}
	c := r.readClause(v)
	kept.Store(&c) // two at once read the same
	return c
}

// readClause reads the clause of a verb.
func (r *reading) readClause(v int) clause {
	c := clause{verb: v, copula: beForms[r.units[v].folded]}
	c.subject = r.subjectOf(v, 0)
	c.passive = !c.copula && r.passiveVerb(v)
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
	c.from, c.to = r.extent(v, &c.subject)
	return c
}

// clauses reads all clauses of a sentence.
func (r *reading) clauses(sentence int) []clause {
	var list []clause
	for i := r.from[sentence]; i < r.from[sentence+1]; i++ {
		if !r.units[i].quoted && r.partOf(i) == verbal {
			list = append(list, r.clauseAt(i))
		}
	}
	return list
}

// nounPhraseEnding reads the noun phrase whose last unit is at k, back to its determiner. from is its first unit.
func (r *reading) nounPhraseEnding(k int) (p phrase, from int) {
	from = k
	for from > r.from[r.units[k].sentence] && k-from < maxClauseUnits {
		if r.parted(from) || r.timeOf(from-1) {
			break
		}
		if q := r.partOf(from - 1); q == nominal && (r.units[from-1].kind != date && r.units[from-1].folded != "one" ||
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
func (r *reading) timeOf(i int) bool {
	if !timeNouns[r.units[i].folded] {
		return false
	}
	switch r.plainBefore(i) {
	case "last", "next", "this", "that", "every", "each":
		return true
	}
	return false
}

// timeNouns are what time is counted in.
var timeNouns = set(`second minute hour day night morning evening week weekend month year decade century spring summer autumn winter season time
seconds minutes hours days nights weeks months years decades times`)

// phraseOf makes a phrase of the units [from, to) without prepositions.
func (r *reading) phraseOf(from, to int) phrase {
	var p phrase
	for k := from; k < to; k++ {
		if r.partOf(k) == nominal {
			p.units = append(p.units, k)
		}
	}
	switch w := r.units[from].folded; w {
	case "the", "this", "these", "those", "its", "his", "her", "their", "both":
		p.definite = true
	}
	p.heads = r.headsOf(p.units)
	return p
}

// headsOf are the last noun of a run of nominal units, or the last name with the noun before it: "the shipowner Lars
// Tveit".
func (r *reading) headsOf(units []int) []int {
	if len(units) == 0 {
		return nil
	}
	last := len(units) - 1
	if r.units[units[last]].kind != name {
		return units[last:]
	}
	at := last
	for at > 0 && !r.possessive(units[at-1]) && (r.units[units[at-1]].kind == name && !r.units[units[at]].nameStart ||
		nameParticles[r.units[units[at-1]].folded] ||
		nameParticles[r.units[units[at]].folded]) {
		at--
	}
	if at > 0 && !r.possessive(units[at-1]) && r.units[units[at-1]].kind == plain {
		at--
	}
	return units[at:]
}

// nameParticles join the parts of names.
var nameParticles = set("de del della di da do dos van von der den ter la le y e bin ibn al el ul zu")

// placeNouns stand before "of" and a name that is the place itself: "the village of Rocca".
var placeNouns = set(`village town city island islands port province state region district county river lake resort kingdom republic valley municipality
suburb parish hamlet commune canton`)

// withPrepositions adds the prepositional phrases that follow a phrase at once, and an apposition behind a comma.
// next is the unit after.
func (r *reading) withPrepositions(p *phrase, k int) (next int) {
	end := r.from[r.units[p.units[0]].sentence+1]
	for k < end && k-p.units[0] < maxClauseUnits && !r.parted(k) && r.partOf(k) == preposition &&
		r.units[k].folded == "of" {
		k++
		start := k
		for k < end && (k == start || !r.parted(k)) && (r.partOf(k) == nominal || k == start && r.partOf(k) == determiner) {
			if r.partOf(k) == nominal {
				p.units = append(p.units, k)
				if r.units[k].kind == name && len(p.heads) > 0 && placeNouns[r.units[p.heads[len(p.heads)-1]].folded] {
					p.heads = append(slices.Clip(p.heads), k)
				}
			}
			k++
		}
	}
	return k
}

// subjectOf finds the subject of a verb: the noun phrase before it that no preposition governs. depth bounds verbs
// that share a subject.
func (r *reading) subjectOf(v, depth int) phrase {
	start := r.clauseStart(v)
	k := v - 1
	if k >= start && r.parted(v) && r.participleOf(v) {
		if q := r.participleBefore(v); q >= 0 && depth < 3 {
			return r.subjectOf(q, depth+1) // "a film directed by Gluck, written by Royal"
		}
		return r.antecedent(v) // "The dam, built by Helga Brandt,"
	}
	for k >= start && !r.parted(k+1) {
		q := r.partOf(k)
		if q != helping && q != adverbial {
			break
		}
		if r.units[k].folded == "to" {
			return r.controller(k, depth)
		}
		k--
	}
	if k < start && v+1 < len(r.units) && pastVerb(r.units[v].folded) {
		return r.behindComma(v) // "Born in Tarn, she …"
	}
	var beside []int // units of appositions and prepositional phrases on the way
	var apposed []int
	for steps := 0; k >= start && steps < maxClauseUnits; steps++ {
		if at, ok := r.bracketed(k + 1); ok {
			k = at - 1
			if k < start || !strings.ContainsAny(r.text[r.units[k].End:r.units[at].Start], ",;") {
				p, next, done := phrase{missing: true}, k, false
				if k >= start {
					p, next, done = r.stepBack(k, start, v, depth, &beside)
				}
				if done {
					return p.with(beside, apposed)
				}
				k = next
				continue
			}
		}
		if r.parted(k + 1) {
			q := k
			for q > start && !r.parted(q) {
				q--
			}
			if q == start {
				break // nothing stands before the comma's part
			}
			if !r.hasVerb(q, k+1) && r.partOf(q) != preposition && r.partOf(q) != relativizer && r.partOf(q) != coordinator {
				p := r.phraseOf(q, k+1)
				beside, apposed = append(beside, p.units...), append(apposed, r.firstHeads(q, k+1)...)
			}
			k = q - 1
			if _, ok := r.bracketed(k + 1); ok {
				continue
			}
			// go on with what stands before the comma, as if it were not there
			p, next, done := r.stepBack(k, start, v, depth, &beside)
			if done {
				return p.with(beside, apposed)
			}
			k = next
			continue
		}
		p, next, done := r.stepBack(k, start, v, depth, &beside)
		if done {
			return p.with(beside, apposed)
		}
		k = next
	}
	return phrase{missing: true}
}

// with adds units and heads that were passed on the way.
func (p phrase) with(units, heads []int) phrase {
	if p.missing || p.pronoun {
		return p
	}
	p.units = append(slices.Clip(p.units), units...)
	slices.Sort(p.units)
	p.heads = append(slices.Clip(p.heads), heads...)
	return p
}

// firstHeads are the heads of an apposition's first noun phrase: of "a nun from Marle Abbey" the nun.
func (r *reading) firstHeads(from, to int) []int {
	end := from
	for end < to && (r.partOf(end) == nominal || end == from && r.partOf(end) == determiner) {
		end++
	}
	return r.phraseOf(from, end).heads
}

func (r *reading) hasVerb(from, to int) bool {
	for k := from; k < to; k++ {
		if q := r.partOf(k); q == verbal {
			return true
		}
	}
	return false
}

// stepBack looks at what ends at k: the subject is found, or next is where to look on.
func (r *reading) stepBack(k, start, v, depth int, beside *[]int) (p phrase, next int, done bool) {
	none := phrase{missing: true}
	switch r.partOf(k) {
	case pronominal:
		return phrase{pronoun: true, units: []int{k}}, 0, true
	case relativizer:
		return r.antecedent(k), 0, true
	case coordinator:
		for q := k - 1; q >= start && depth < 3; q-- {
			if r.partOf(q) == verbal && (!r.subordinate(q) || r.subordinate(v)) {
				return r.subjectOf(q, depth+1), 0, true
			}
		}
		return none, 0, true
	case nominal:
		p, from := r.nounPhraseEnding(k)
		if len(p.heads) == 0 {
			return none, 0, true
		}
		if from >= start+2 && !r.parted(from) && r.units[from-1].folded == "of" && placeNouns[r.units[from-2].folded] {
			var q phrase
			q, from = r.nounPhraseEnding(from - 2)
			p.heads, p.units = append(slices.Clip(q.heads), p.heads...), append(slices.Clip(q.units), p.units...)
		}
		if from > start && !r.parted(from) {
			switch r.partOf(from - 1) {
			case preposition:
				*beside = append(*beside, p.units...)
				if from-1 == start {
					return none, 0, true
				}
				return none, from - 2, false
			case coordinator:
				if from-2 >= start && r.partOf(from-2) == nominal && !r.governedObject(from-2) {
					q, _ := r.nounPhraseEnding(from - 2)
					p.heads, p.units = append(slices.Clip(q.heads), p.heads...), append(slices.Clip(q.units), p.units...)
				}
			}
		}
		return p, 0, true
	case verbal:
		// "a petition started by the schoolteacher": what is told of the noun before
		if k > start && r.plainAfter(k) != "" && r.partOf(k+1) == preposition && pastVerb(r.units[k].folded) &&
			r.partOf(k-1) == nominal && !r.parted(k) {
			return none, k - 1, false
		}
	}
	return none, 0, true
}

// clauseStart is the first unit of a sentence that is looked at from a verb.
func (r *reading) clauseStart(v int) int { return max(r.from[r.units[v].sentence], v-maxClauseUnits) }

// clauseEnd is the unit behind the last one of a sentence that is looked at from a verb.
func (r *reading) clauseEnd(v int) int { return min(r.from[r.units[v].sentence+1], v+maxClauseUnits) }

// participleOf reports whether a verb behind a comma is a participle that tells of the noun before it: nothing that
// it could be done to follows.
func (r *reading) participleOf(v int) bool {
	return pastVerb(r.units[v].folded) && r.partOf(v-1) == nominal && prepositions[r.plainAfter(v)]
}

// subordinate reports whether a verb stands in a clause that a conjunction or a relative pronoun begins.
func (r *reading) subordinate(v int) bool {
	for k := v - 1; k >= r.clauseStart(v); k-- {
		if q := r.partOf(k); q == subordinator || q == relativizer {
			return true
		} else if q == verbal || r.parted(k+1) {
			return false
		}
	}
	return false
}

// governedObject reports whether a noun that ends at k is the object of a verb or a preposition, so that an "and"
// after it joins clauses.
func (r *reading) governedObject(k int) bool {
	_, from := r.nounPhraseEnding(k)
	if from == r.from[r.units[k].sentence] || r.parted(from) {
		return false
	}
	q := r.partOf(from - 1)
	return q == verbal || q == preposition
}

// antecedent is the noun phrase that a relative pronoun at k stands for.
func (r *reading) antecedent(k int) phrase {
	start := r.clauseStart(k)
	k--
	if at, ok := r.bracketed(k + 1); ok {
		k = at - 1
	}
	if k < start || r.partOf(k) != nominal {
		return phrase{missing: true}
	}
	p, from := r.nounPhraseEnding(k)
	for from > start+1 && !r.parted(from) && r.partOf(from-1) == preposition && r.partOf(from-2) == nominal {
		var q phrase // "the dairy in Skarra, which": either of them
		q, from = r.nounPhraseEnding(from - 2)
		p = q.with(p.units, p.heads)
	}
	return r.identified(p, from)
}

// identified adds to a noun phrase that begins at from who or what it is said to be: "Cole is a footballer", "Toll, a
// nun".
func (r *reading) identified(p phrase, from int) phrase {
	start := r.from[r.units[p.units[0]].sentence]
	k := from - 1
	for k > start && !r.parted(k+1) && r.partOf(k) == adverbial {
		k--
	}
	if k < start {
		return p
	}
	if !r.parted(k+1) && beForms[r.units[k].folded] {
		q := r.subjectOf(k, 2)
		if !q.missing && !q.pronoun {
			return p.with(q.units, q.heads)
		}
	}
	if r.parted(from) && r.partOf(from-1) == nominal {
		q, _ := r.nounPhraseEnding(from - 1)
		return p.with(q.units, q.heads)
	}
	return p
}

// behindComma is the noun phrase behind the first comma after a participle that begins the sentence.
func (r *reading) behindComma(v int) phrase {
	end := r.clauseEnd(v)
	for k := v + 1; k < end; k++ {
		if r.parted(k) {
			if p, _ := r.phraseFrom(k, end); !p.missing {
				return p
			}
		}
	}
	return phrase{missing: true}
}

// controller is the subject of an infinitive whose "to" stands at k: the object of the verb before it, or else its
// subject.
func (r *reading) controller(k, depth int) phrase {
	start := r.clauseStart(k)
	for q := k - 1; q >= start && depth < 3; q-- {
		if r.partOf(q) == verbal {
			if list := r.objectsOf(q); len(list) > 0 && q+1 < k && !list[0].missing {
				return list[0]
			}
			return r.subjectOf(q, depth+1)
		}
	}
	return phrase{missing: true}
}
