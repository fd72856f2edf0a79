package check

import (
	"slices"
	"strings"
)

// subjectOf finds the subject of a verb: the noun phrase before it that no preposition governs. depth bounds verbs
// that share a subject.
func (r *Analysis) subjectOf(v, depth int) phrase {
	start := r.clauseStart(v)
	if v > start && r.parted(v) && r.participleOf(v) {
		return r.participleSubject(v, depth)
	}
	k := r.beforeHelpers(v, start)
	switch {
	case k >= start && r.PartOf(k) == helping:
		return r.controller(k, depth)
	case k < start && v+1 < len(r.Units) && pastVerb(r.Units[v].Folded):
		return r.behindComma(v) // "Born in Tarn, she …"
	}
	var beside []int // units of appositions and prepositional phrases on the way
	var apposed []int
	for steps := 0; k >= start && steps < maxClauseUnits; steps++ {
		at, ok := r.bracketed(k + 1)
		if ok {
			if k, at = r.beforeBrackets(at, start); k < start {
				break
			}
		}
		if r.parted(k+1) && (!ok || strings.ContainsAny(r.Text[r.Units[k].End:r.Units[at].Start], ",;")) {
			q := r.markBefore(k, start)
			if q == start {
				break // nothing stands before the comma's part
			}
			if r.mayAppose(q, k+1) {
				p := r.phraseOf(q, k+1)
				beside, apposed = append(beside, p.units...), append(apposed, r.firstHeads(q, k+1)...)
			}
			k = q - 1
			if _, ok := r.bracketed(k + 1); ok {
				continue
			}
			// go on with what stands before the comma, as if it were not there
		}
		p, next, done := r.stepBack(k, start, v, depth, &beside)
		if done {
			return p.with(beside, apposed)
		}
		k = next
	}
	return phrase{missing: true}
}

// participleSubject is the noun before a participle behind a comma, or what another one before it tells of.
func (r *Analysis) participleSubject(v, depth int) phrase {
	if q := r.participleBefore(v); q >= 0 && depth < 3 {
		return r.subjectOf(q, depth+1) // "a film directed by Gluck, written by Royal"
	}
	return r.antecedent(v) // "The dam, built by Helga Brandt,"
}

// markBefore is the first unit behind the last mark before k.
func (r *Analysis) markBefore(k, start int) int {
	for k > start && !r.parted(k) {
		k--
	}
	return k
}

// beforeHelpers is the last unit before a verb with its helpers and adverbs, or the "to" of an infinitive.
func (r *Analysis) beforeHelpers(v, start int) int {
	k := v - 1
	for k >= start && !r.parted(k+1) && (r.PartOf(k) == helping || r.PartOf(k) == adverbial) && r.Units[k].Folded != "to" {
		k--
	}
	return k
}

// beforeBrackets is the last unit before the brackets that begin at at, and before others right before them: "(born
// 1 May 1985) (her real name) is". first is the first unit in them.
func (r *Analysis) beforeBrackets(at, start int) (k, first int) {
	k = at - 1
	for k >= start {
		next, ok := r.bracketed(k + 1)
		if !ok {
			break
		}
		k = next - 1
	}
	return k, k + 1
}

// mayAppose reports whether what stands between two commas tells of the noun before them.
func (r *Analysis) mayAppose(from, to int) bool {
	q := r.PartOf(from)
	return !r.hasVerb(from, to) && q != preposition && q != relativizer && q != coordinator
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
func (r *Analysis) firstHeads(from, to int) []int {
	end := from
	for end < to && (r.PartOf(end) == nominal || end == from && r.PartOf(end) == determiner) {
		end++
	}
	return r.phraseOf(from, end).heads
}

// hasVerb reports whether a verb stands among the units [from, to).
func (r *Analysis) hasVerb(from, to int) bool {
	for k := from; k < to; k++ {
		if q := r.PartOf(k); q == Verbal {
			return true
		}
	}
	return false
}

// stepBack looks at what ends at k: the subject is found, or next is where to look on.
func (r *Analysis) stepBack(k, start, v, depth int, beside *[]int) (p phrase, next int, done bool) {
	none := phrase{missing: true}
	switch r.PartOf(k) {
	case pronominal:
		return phrase{pronoun: true, units: []int{k}}, 0, true
	case relativizer:
		return r.antecedent(k), 0, true
	case coordinator:
		for q := k - 1; q >= start && depth < 3; q-- {
			if r.PartOf(q) == Verbal && (!r.subordinate(q) || r.subordinate(v)) {
				return r.subjectOf(q, depth+1), 0, true
			}
		}
		return none, 0, true
	case nominal:
		return r.stepBackSubject(k, start, v, beside)
	case Verbal:
		// "a petition started by the schoolteacher": what is told of the noun before
		if k > start && r.plainAfter(k) != "" && r.PartOf(k+1) == preposition && pastVerb(r.Units[k].Folded) &&
			r.PartOf(k-1) == nominal && !r.parted(k) {
			return none, k - 1, false
		}
	}
	return none, 0, true
}

// stepBackNoun is stepBack where a noun ends.
func (r *Analysis) stepBackNoun(k, start int, beside *[]int) (p phrase, next int, done bool) {
	p, from := r.nounPhraseEnding(k)
	if len(p.heads) == 0 {
		return phrase{missing: true}, 0, true
	}
	if from >= start+2 && !r.parted(from) && r.Units[from-1].Folded == "of" && placeNouns[r.Units[from-2].Folded] {
		var q phrase
		q, from = r.nounPhraseEnding(from - 2)
		p.heads, p.units = append(slices.Clip(q.heads), p.heads...), append(slices.Clip(q.units), p.units...)
	}
	if from <= start || r.parted(from) {
		return p, 0, true
	}
	switch r.PartOf(from - 1) {
	case preposition:
		*beside = append(*beside, p.units...)
		return phrase{missing: true}, from - 2, from-1 == start
	case coordinator:
		if from-2 >= start && r.PartOf(from-2) == nominal && !r.governedObject(from-2) {
			q, _ := r.nounPhraseEnding(from - 2)
			p.heads, p.units = append(slices.Clip(q.heads), p.heads...), append(slices.Clip(q.units), p.units...)
		}
	}
	return p, 0, true
}

// clauseStart is the first unit of a sentence that is looked at from a verb.
func (r *Analysis) clauseStart(v int) int { return max(r.from[r.Units[v].sentence], v-maxClauseUnits) }

// clauseEnd is the unit behind the last one of a sentence that is looked at from a verb.
func (r *Analysis) clauseEnd(v int) int { return min(r.from[r.Units[v].sentence+1], v+maxClauseUnits) }

// participleOf reports whether a verb behind a comma is a participle that tells of the noun before it: nothing that
// it could be done to follows.
func (r *Analysis) participleOf(v int) bool {
	return pastVerb(r.Units[v].Folded) && !r.intransitive(v) && r.PartOf(v-1) == nominal &&
		prepositions[r.plainAfter(v)] && !r.behindApposed(v)
}

// behindApposed reports whether a past form stands behind an apposition and is the verb of its sentence, as no other
// one follows that nothing joins to it: "The mayor, Ada Lind, apologized to users and left".
func (r *Analysis) behindApposed(v int) bool {
	start := r.clauseStart(v)
	q := r.markBefore(v-1, start)
	if q == start || r.byFollows(v) || r.hasVerb(start, v) || !r.mayAppose(q, v) || r.PartOf(q-1) != nominal {
		return false
	}
	for k := v + 1; k < r.clauseEnd(v); k++ {
		if verbOrHelp(r.PartOf(k)) && r.Units[k].Folded != "to" {
			return r.PartOf(k-1) == coordinator
		}
	}
	return true
}

// subordinate reports whether a verb stands in a clause that a conjunction or a relative pronoun begins.
func (r *Analysis) subordinate(v int) bool {
	for k := v - 1; k >= r.clauseStart(v); k-- {
		if q := r.PartOf(k); q == subordinator || q == relativizer {
			return true
		} else if q == Verbal || r.parted(k+1) {
			return false
		}
	}
	return false
}

// governedObject reports whether a noun that ends at k is the object of a verb or a preposition, so that an "and"
// after it joins clauses.
func (r *Analysis) governedObject(k int) bool {
	_, from := r.nounPhraseEnding(k)
	if from == r.from[r.Units[k].sentence] || r.parted(from) {
		return false
	}
	q := r.PartOf(from - 1)
	return q == Verbal || q == preposition
}

// antecedent is the noun phrase that a relative pronoun at k stands for.
func (r *Analysis) antecedent(k int) phrase {
	start := r.clauseStart(k)
	k--
	if at, ok := r.bracketed(k + 1); ok {
		k = at - 1
	}
	if k < start || r.PartOf(k) != nominal {
		return phrase{missing: true}
	}
	p, from := r.nounPhraseEnding(k)
	for from > start+1 && !r.parted(from) && r.PartOf(from-1) == preposition && r.PartOf(from-2) == nominal {
		var q phrase // "the dairy in Skarra, which": either of them
		q, from = r.nounPhraseEnding(from - 2)
		p = q.with(p.units, p.heads)
	}
	return r.identified(p, from)
}

// identified adds to a noun phrase that begins at from who or what it is said to be: "Cole is a footballer", "Toll, a
// nun".
func (r *Analysis) identified(p phrase, from int) phrase {
	start := r.from[r.Units[p.units[0]].sentence]
	k := from - 1
	for k > start && !r.parted(k+1) && r.PartOf(k) == adverbial {
		k--
	}
	if k < start {
		return p
	}
	if !r.parted(k+1) && beForms[r.Units[k].Folded] {
		q := r.subjectOf(k, 2)
		if !q.missing && !q.pronoun {
			return p.with(q.units, q.heads)
		}
	}
	if r.parted(from) && r.PartOf(from-1) == nominal {
		q, _ := r.nounPhraseEnding(from - 1)
		return p.with(q.units, q.heads)
	}
	return p
}

// behindComma is the noun phrase behind the first comma after a participle that begins the sentence.
func (r *Analysis) behindComma(v int) phrase {
	end := r.clauseEnd(v)
	for k := v + 1; k < end; k++ {
		if !r.parted(k) {
			continue
		}
		// "Directed by Ada Lind and Jon Moe, written by Tor Aas, the film stars": a verb follows the subject.
		if p, next := r.phraseFrom(k, end); !p.missing && next < end &&
			(verbOrHelp(r.PartOf(next)) || r.PartOf(next) == adverbial || r.PartOf(next) == relativizer) {
			return p
		}
	}
	return phrase{missing: true}
}

// controller is the subject of an infinitive whose "to" stands at k: the object of the verb before it, or else its
// subject.
func (r *Analysis) controller(k, depth int) phrase {
	start := r.clauseStart(k)
	for q := k - 1; q >= start && depth < 3; q-- {
		if r.PartOf(q) == Verbal {
			if list := r.objectsOf(q); len(list) > 0 && q+1 < k && !list[0].missing {
				return list[0]
			}
			return r.subjectOf(q, depth+1)
		}
	}
	return phrase{missing: true}
}
