package claim

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
func (r *reading) neverWas(j, depth int) int {
	start := r.clauseStart(j)
	k := j - 1
	have := false
	for ; k >= start && !r.parted(k+1) && (r.partOf(k) == helping || r.partOf(k) == adverbial); k-- {
		w := r.units[k].folded
		if unrealContractions[w] || have && unrealModals[w] {
			return k
		}
		have = have || w == "have"
	}
	if k > start && r.partOf(k) == coordinator && depth < 3 { // "would have ended the war and saved the king"
		if q := r.governing(k); q >= 0 {
			return r.neverWas(q, depth+1)
		}
	}
	for ; k > start && !r.parted(k+1) && r.partOf(k) != verbal; k-- {
		if w := r.units[k].folded; (w == "if" || w == "though") && r.plainBefore(k) == "as" {
			return k - 1
		}
	}
	return -1
}

// supposed reports whether a condition without "if" begins at k: "Had she signed, it would", "Were it to close, he
// will".
func (r *reading) supposed(k int) bool {
	w := r.units[k].folded
	start, end := r.clauseStart(k), r.clauseEnd(k)
	if w != "had" && w != "were" && w != "should" || k > start && !r.parted(k) && r.partOf(k-1) != coordinator {
		return false
	}
	q := r.skip(k+1, end, nominal, determiner, pronominal)
	if q == k+1 || r.units[k+1].kind == number {
		return false
	}
	q = r.skip(q, end, adverbial, helping)
	if q >= end || r.parted(q) || w == "had" && !pastVerb(r.units[q].folded) && !beForms[r.units[q].folded] {
		return false
	}
	return slices.ContainsFunc(r.units[start:end], func(u unit) bool { return inConsequence[u.folded] })
}

// skip is the first unit from k on that is none of the given parts of speech, or that a mark parts from k.
func (r *reading) skip(k, end int, parts ...part) int {
	first := k
	for k < end && (k == first || !r.parted(k)) && slices.Contains(parts, r.partOf(k)) {
		k++
	}
	return k
}

// inConsequence are the modals of what would follow from a condition.
var inConsequence = lexicon.Set(`would could might will may can would've could've wouldn't couldn't won't can't cannot`)

// conditionOf finds what makes the clause of a verb no fact of the passage but a condition, or what would follow from
// one; -1 for nothing.
func (r *reading) conditionOf(j int) int {
	for k := r.clauseStart(j); k < r.clauseEnd(j); k++ {
		if r.conditionAt(k) || r.supposed(k) {
			return k
		}
	}
	return r.neverWas(j, 0)
}

// conditionAt reports whether the word at k begins a condition of its sentence.
func (r *reading) conditionAt(k int) bool {
	switch w := r.units[k].folded; w {
	case "if":
		if before := r.plainBefore(k); before == "even" || before == "as" || before == "wonder" {
			return false
		}
		return k == 0 || r.partOf(k-1) != verbal || r.parted(k) // but "asked if"
	case "provided":
		return r.plainAfter(k) == "that"
	case "unless", "otherwise":
		return true
	}
	return false
}

// conditional reports whether the statement has a condition of its own, or says itself that it was not so.
func (m *matching) conditional() bool {
	for k := range m.s.units {
		if w := m.s.units[k].folded; w == "if" || w == "unless" || m.s.supposed(k) ||
			m.s.partOf(k) == verbal && m.s.neverWas(k, 0) >= 0 {
			return true
		}
	}
	return false
}

// nearGrounds are the verbs of the passage that a statement rests on which near wording keeps.
func (m *matching) nearGrounds() []int {
	var list []int
	for i, j := range m.align {
		if j >= 0 && m.s.partOf(i) == verbal && m.p.partOf(j) == verbal {
			list = append(list, j)
		}
	}
	return list
}
