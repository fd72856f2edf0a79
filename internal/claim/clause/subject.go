package clause

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
)

// SubjectOf finds the subject of a verb: the noun phrase before it that no preposition governs. depth bounds verbs
// that share a subject.
func SubjectOf(r *syntax.Analysis, v, depth int) syntax.Phrase {
	start := r.ClauseStart(v)
	if v > start && r.Parted(v) && ParticipleOf(r, v) {
		return participleSubject(r, v, depth)
	}
	k := beforeHelpers(r, v, start)
	switch {
	case k >= start && r.PartOf(k) == syntax.Helping:
		return controller(r, k, depth)
	case k < start && v+1 < len(r.Units) && syntax.PastVerb(r.Units[v].Folded):
		return behindComma(r, v) // "Born in Tarn, she …"
	}
	var beside []int // units of appositions and prepositional phrases on the way
	var apposed []int
	for steps := 0; k >= start && steps < syntax.MaxClauseUnits; steps++ {
		at, ok := r.Bracketed(k + 1)
		if ok {
			if k, at = beforeBrackets(r, at, start); k < start {
				break
			}
		}
		if r.Parted(k+1) && (!ok || strings.ContainsAny(r.Text[r.Units[k].End:r.Units[at].Start], ",;")) {
			q := markBefore(r, k, start)
			if q == start {
				break // nothing stands before the comma's part
			}
			if mayAppose(r, q, k+1) {
				p := r.PhraseOf(q, k+1)
				beside, apposed = append(beside, p.Units...), append(apposed, firstHeads(r, q, k+1)...)
			}
			k = q - 1
			if _, ok := r.Bracketed(k + 1); ok {
				continue
			}
			// go on with what stands before the comma, as if it were not there
		}
		p, next, done := stepBack(r, k, start, v, depth, &beside)
		if done {
			return with(p, beside, apposed)
		}
		k = next
	}
	return syntax.Phrase{Missing: true}
}

// participleSubject is the noun before a participle behind a comma, or what another one before it tells of.
func participleSubject(r *syntax.Analysis, v, depth int) syntax.Phrase {
	if q := participleBefore(r, v); q >= 0 && depth < 3 {
		return SubjectOf(r, q, depth+1) // "a film directed by Gluck, written by Royal"
	}
	return Antecedent(r, v) // "The dam, built by Helga Brandt,"
}

// markBefore is the first unit behind the last mark before k.
func markBefore(r *syntax.Analysis, k, start int) int {
	for k > start && !r.Parted(k) {
		k--
	}
	return k
}

// beforeHelpers is the last unit before a verb with its helpers and adverbs, or the "to" of an infinitive.
func beforeHelpers(r *syntax.Analysis, v, start int) int {
	k := v - 1
	for k >= start && !r.Parted(k+1) && (r.PartOf(k) == syntax.Helping || r.PartOf(k) == syntax.Adverbial) &&
		r.Units[k].Folded != "to" {
		k--
	}
	return k
}

// beforeBrackets is the last unit before the brackets that begin at at, and before others right before them: "(born
// 1 May 1985) (her real name) is". first is the first unit in them.
func beforeBrackets(r *syntax.Analysis, at, start int) (k, first int) {
	k = at - 1
	for k >= start {
		next, ok := r.Bracketed(k + 1)
		if !ok {
			break
		}
		k = next - 1
	}
	return k, k + 1
}

// mayAppose reports whether what stands between two commas tells of the noun before them.
func mayAppose(r *syntax.Analysis, from, to int) bool {
	q := r.PartOf(from)
	return !r.HasVerb(from, to) && q != syntax.Preposition && q != syntax.Relativizer && q != syntax.Coordinator
}

// with adds units and heads that were passed on the way.
func with(p syntax.Phrase, units, heads []int) syntax.Phrase {
	if p.Missing || p.Pronoun {
		return p
	}
	p.Units = append(slices.Clip(p.Units), units...)
	slices.Sort(p.Units)
	p.Heads = append(slices.Clip(p.Heads), heads...)
	return p
}

// firstHeads are the heads of an apposition's first noun phrase: of "a nun from Marle Abbey" the nun.
func firstHeads(r *syntax.Analysis, from, to int) []int {
	end := from
	for end < to && (r.PartOf(end) == syntax.Nominal || end == from && r.PartOf(end) == syntax.Determiner) {
		end++
	}
	return r.PhraseOf(from, end).Heads
}

// stepBack looks at what ends at k: the subject is found, or next is where to look on.
func stepBack(r *syntax.Analysis, k, start, v, depth int, beside *[]int) (p syntax.Phrase, next int, done bool) {
	none := syntax.Phrase{Missing: true}
	switch r.PartOf(k) {
	case syntax.Pronominal:
		return syntax.Phrase{Pronoun: true, Units: []int{k}}, 0, true
	case syntax.Relativizer:
		return Antecedent(r, k), 0, true
	case syntax.Coordinator:
		for q := k - 1; q >= start && depth < 3; q-- {
			if r.PartOf(q) == syntax.Verbal && (!Subordinate(r, q) || Subordinate(r, v)) {
				return SubjectOf(r, q, depth+1), 0, true
			}
		}
		return none, 0, true
	case syntax.Nominal:
		return stepBackSubject(r, k, start, v, beside)
	case syntax.Verbal:
		// "a petition started by the schoolteacher": what is told of the noun before
		if k > start && r.PlainAfter(k) != "" && r.PartOf(k+1) == syntax.Preposition && syntax.PastVerb(r.Units[k].Folded) &&
			r.PartOf(k-1) == syntax.Nominal && !r.Parted(k) {
			return none, k - 1, false
		}
	}
	return none, 0, true
}

// stepBackNoun is stepBack where a noun ends.
func stepBackNoun(r *syntax.Analysis, k, start int, beside *[]int) (p syntax.Phrase, next int, done bool) {
	p, from := NounPhraseEnding(r, k)
	if len(p.Heads) == 0 {
		return syntax.Phrase{Missing: true}, 0, true
	}
	if from >= start+2 && !r.Parted(from) && r.Units[from-1].Folded == "of" && syntax.PlaceNouns[r.Units[from-2].Folded] {
		var q syntax.Phrase
		q, from = NounPhraseEnding(r, from-2)
		p.Heads, p.Units = append(slices.Clip(q.Heads), p.Heads...), append(slices.Clip(q.Units), p.Units...)
	}
	if from <= start || r.Parted(from) {
		return p, 0, true
	}
	switch r.PartOf(from - 1) {
	case syntax.Preposition:
		*beside = append(*beside, p.Units...)
		return syntax.Phrase{Missing: true}, from - 2, from-1 == start
	case syntax.Coordinator:
		if from-2 >= start && r.PartOf(from-2) == syntax.Nominal && !governedObject(r, from-2) {
			q, _ := NounPhraseEnding(r, from-2)
			p.Heads, p.Units = append(slices.Clip(q.Heads), p.Heads...), append(slices.Clip(q.Units), p.Units...)
		}
	}
	return p, 0, true
}

// ParticipleOf reports whether a verb behind a comma is a participle that tells of the noun before it: nothing that
// it could be done to follows.
func ParticipleOf(r *syntax.Analysis, v int) bool {
	return syntax.PastVerb(r.Units[v].Folded) && !r.Intransitive(v) && r.PartOf(v-1) == syntax.Nominal &&
		syntax.Prepositions[r.PlainAfter(v)] && !behindApposed(r, v)
}

// behindApposed reports whether a past form stands behind an apposition and is the verb of its sentence, as no other
// one follows that nothing joins to it: "The mayor, Ada Lind, apologized to users and left".
func behindApposed(r *syntax.Analysis, v int) bool {
	start := r.ClauseStart(v)
	q := markBefore(r, v-1, start)
	if q == start || r.ByFollows(v) || r.HasVerb(start, v) || !mayAppose(r, q, v) || r.PartOf(q-1) != syntax.Nominal {
		return false
	}
	for k := v + 1; k < r.ClauseEnd(v); k++ {
		if syntax.VerbOrHelp(r.PartOf(k)) && r.Units[k].Folded != "to" {
			return r.PartOf(k-1) == syntax.Coordinator
		}
	}
	return true
}

// Subordinate reports whether a verb stands in a clause that a conjunction or a relative pronoun begins.
func Subordinate(r *syntax.Analysis, v int) bool {
	for k := v - 1; k >= r.ClauseStart(v); k-- {
		if q := r.PartOf(k); q == syntax.Subordinator || q == syntax.Relativizer {
			return true
		} else if q == syntax.Verbal || r.Parted(k+1) {
			return false
		}
	}
	return false
}

// governedObject reports whether a noun that ends at k is the object of a verb or a preposition, so that an "and"
// after it joins clauses.
func governedObject(r *syntax.Analysis, k int) bool {
	_, from := NounPhraseEnding(r, k)
	if from == r.From[r.Units[k].Sentence] || r.Parted(from) {
		return false
	}
	q := r.PartOf(from - 1)
	return q == syntax.Verbal || q == syntax.Preposition
}

// Antecedent is the noun phrase that a relative pronoun at k stands for.
func Antecedent(r *syntax.Analysis, k int) syntax.Phrase {
	start := r.ClauseStart(k)
	k--
	if at, ok := r.Bracketed(k + 1); ok {
		k = at - 1
	}
	if k < start || r.PartOf(k) != syntax.Nominal {
		return syntax.Phrase{Missing: true}
	}
	p, from := NounPhraseEnding(r, k)
	for from > start+1 && !r.Parted(from) && r.PartOf(from-1) == syntax.Preposition && r.PartOf(from-2) == syntax.Nominal {
		var q syntax.Phrase // "the dairy in Skarra, which": either of them
		q, from = NounPhraseEnding(r, from-2)
		p = with(q, p.Units, p.Heads)
	}
	return identified(r, p, from)
}

// identified adds to a noun phrase that begins at from who or what it is said to be: "Cole is a footballer", "Toll, a
// nun".
func identified(r *syntax.Analysis, p syntax.Phrase, from int) syntax.Phrase {
	start := r.From[r.Units[p.Units[0]].Sentence]
	k := from - 1
	for k > start && !r.Parted(k+1) && r.PartOf(k) == syntax.Adverbial {
		k--
	}
	if k < start {
		return p
	}
	if !r.Parted(k+1) && syntax.BeForms[r.Units[k].Folded] {
		q := SubjectOf(r, k, 2)
		if !q.Missing && !q.Pronoun {
			return with(p, q.Units, q.Heads)
		}
	}
	if r.Parted(from) && r.PartOf(from-1) == syntax.Nominal {
		q, _ := NounPhraseEnding(r, from-1)
		return with(p, q.Units, q.Heads)
	}
	return p
}

// behindComma is the noun phrase behind the first comma after a participle that begins the sentence.
func behindComma(r *syntax.Analysis, v int) syntax.Phrase {
	end := r.ClauseEnd(v)
	for k := v + 1; k < end; k++ {
		if !r.Parted(k) {
			continue
		}
		// "Directed by Ada Lind and Jon Moe, written by Tor Aas, the film stars": a verb follows the subject.
		if p, next := r.PhraseFrom(k, end); !p.Missing && next < end &&
			(syntax.VerbOrHelp(r.PartOf(next)) || r.PartOf(next) == syntax.Adverbial || r.PartOf(next) == syntax.Relativizer) {
			return p
		}
	}
	return syntax.Phrase{Missing: true}
}

// controller is the subject of an infinitive whose "to" stands at k: the object of the verb before it, or else its
// subject.
func controller(r *syntax.Analysis, k, depth int) syntax.Phrase {
	start := r.ClauseStart(k)
	for q := k - 1; q >= start && depth < 3; q-- {
		if r.PartOf(q) == syntax.Verbal {
			if list := objectsOf(r, q); len(list) > 0 && q+1 < k && !list[0].Missing {
				return list[0]
			}
			return SubjectOf(r, q, depth+1)
		}
	}
	return syntax.Phrase{Missing: true}
}
