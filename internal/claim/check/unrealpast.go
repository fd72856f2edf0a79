package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// unrealModals before "have" say what was not so: "would have ended". "May have" and "must have" are guesses.
var unrealModals = lexicon.Set("would could should wouldn't couldn't shouldn't ought")

// unrealContractions say so in one word.
var unrealContractions = lexicon.Set("would've could've should've")

// neverWas finds the word that makes the past of the verb at j unreal: the modal of "would have ended", the "as" of
// "as if it had ended". -1 for none.
func (r *Analysis) neverWas(j, depth int) int {
	start := r.clauseStart(j)
	k := j - 1
	have := false
	for ; k >= start && !r.parted(k+1) && (r.PartOf(k) == helping || r.PartOf(k) == adverbial); k-- {
		w := r.Units[k].Folded
		if unrealContractions[w] || have && unrealModals[w] {
			return k
		}
		have = have || w == "have"
	}
	if k > start && r.PartOf(k) == coordinator && depth < 3 { // "would have ended the war and saved the king"
		if q := r.governing(k); q >= 0 {
			return r.neverWas(q, depth+1)
		}
	}
	for ; k > start && !r.parted(k+1) && r.PartOf(k) != Verbal; k-- {
		if w := r.Units[k].Folded; (w == "if" || w == "though") && r.plainBefore(k) == "as" {
			return k - 1
		}
	}
	return -1
}

// supposed reports whether a condition without "if" begins at k: "Had she signed, it would", "Were it to close, he
// will".
func (r *Analysis) supposed(k int) bool {
	w := r.Units[k].Folded
	start, end := r.clauseStart(k), r.clauseEnd(k)
	if w != "had" && w != "were" && w != "should" || k > start && !r.parted(k) && r.PartOf(k-1) != coordinator {
		return false
	}
	q := r.skip(k+1, end, nominal, determiner, pronominal)
	if q == k+1 || r.Units[k+1].Kind == number {
		return false
	}
	q = r.skip(q, end, adverbial, helping)
	if q >= end || r.parted(q) || w == "had" && !pastVerb(r.Units[q].Folded) && !beForms[r.Units[q].Folded] {
		return false
	}
	return slices.ContainsFunc(r.Units[start:end], func(u Unit) bool { return inConsequence[u.Folded] })
}

// skip is the first unit from k on that is none of the given parts of speech, or that a mark parts from k.
func (r *Analysis) skip(k, end int, parts ...part) int {
	first := k
	for k < end && (k == first || !r.parted(k)) && slices.Contains(parts, r.PartOf(k)) {
		k++
	}
	return k
}

// inConsequence are the modals of what would follow from a condition.
var inConsequence = lexicon.Set(`would could might will may can would've could've wouldn't couldn't won't can't cannot`)

// conditionOf finds what makes the clause of a verb no fact of the passage but a condition, or what would follow from
// one; -1 for nothing.
func (r *Analysis) conditionOf(j int) int {
	for k := r.clauseStart(j); k < r.clauseEnd(j); k++ {
		if r.conditionAt(k) || r.supposed(k) {
			return k
		}
	}
	return r.neverWas(j, 0)
}

// conditionAt reports whether the word at k begins a condition of its sentence.
func (r *Analysis) conditionAt(k int) bool {
	switch w := r.Units[k].Folded; w {
	case "if":
		if before := r.plainBefore(k); before == "even" || before == "as" || before == "wonder" {
			return false
		}
		return k == 0 || r.PartOf(k-1) != Verbal || r.parted(k) // but "asked if"
	case "provided":
		return r.plainAfter(k) == "that"
	case "unless", "otherwise":
		return true
	}
	return false
}

// conditional reports whether the statement has a condition of its own, or says itself that it was not so.
func (m *Pair) conditional() bool {
	for k := range m.s.Units {
		if w := m.s.Units[k].Folded; w == "if" || w == "unless" || m.s.supposed(k) ||
			m.s.PartOf(k) == Verbal && m.s.neverWas(k, 0) >= 0 {
			return true
		}
	}
	return false
}

// nearGrounds are the verbs of the passage that a statement rests on which near wording keeps.
func (m *Pair) nearGrounds() []int {
	var list []int
	for i, j := range m.align {
		if j >= 0 && m.s.PartOf(i) == Verbal && m.p.PartOf(j) == Verbal {
			list = append(list, j)
		}
	}
	return list
}
