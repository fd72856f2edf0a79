package polarity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// unrealModals before "have" say what was not so: "would have ended". "May have" and "must have" are guesses.
var unrealModals = lexicon.Set("would could should wouldn't couldn't shouldn't ought")

// unrealContractions say so in one word.
var unrealContractions = lexicon.Set("would've could've should've")

// neverWas finds the word that makes the past of the verb at j unreal: the modal of "would have ended", the "as" of
// "as if it had ended". -1 for none.
func neverWas(r *syntax.Analysis, j, depth int) int {
	start := r.ClauseStart(j)
	k := j - 1
	have := false
	for ; k >= start && !r.Parted(k+1) && (r.PartOf(k) == syntax.Helping || r.PartOf(k) == syntax.Adverbial); k-- {
		w := r.Units[k].Folded
		if unrealContractions[w] || have && unrealModals[w] {
			return k
		}
		have = have || w == "have"
	}
	if k > start && r.PartOf(k) == syntax.Coordinator && depth < 3 { // "would have ended the war and saved the king"
		if q := clause.Governing(r, k); q >= 0 {
			return neverWas(r, q, depth+1)
		}
	}
	for ; k > start && !r.Parted(k+1) && r.PartOf(k) != syntax.Verbal; k-- {
		if w := r.Units[k].Folded; (w == "if" || w == "though") && r.PlainBefore(k) == "as" {
			return k - 1
		}
	}
	return -1
}

// supposed reports whether a condition without "if" begins at k: "Had she signed, it would", "Were it to close, he
// will".
func supposed(r *syntax.Analysis, k int) bool {
	w := r.Units[k].Folded
	start, end := r.ClauseStart(k), r.ClauseEnd(k)
	if w != "had" && w != "were" && w != "should" || k > start && !r.Parted(k) && r.PartOf(k-1) != syntax.Coordinator {
		return false
	}
	q := skip(r, k+1, end, syntax.Nominal, syntax.Determiner, syntax.Pronominal)
	if q == k+1 || r.Units[k+1].Kind == syntax.Number {
		return false
	}
	q = skip(r, q, end, syntax.Adverbial, syntax.Helping)
	if q >= end || r.Parted(q) || w == "had" && !syntax.PastVerb(r.Units[q].Folded) && !syntax.BeForms[r.Units[q].Folded] {
		return false
	}
	return slices.ContainsFunc(r.Units[start:end], func(u syntax.Unit) bool { return inConsequence[u.Folded] })
}

// skip is the first unit from k on that is none of the given parts of speech, or that a mark parts from k.
func skip(r *syntax.Analysis, k, end int, parts ...syntax.Part) int {
	first := k
	for k < end && (k == first || !r.Parted(k)) && slices.Contains(parts, r.PartOf(k)) {
		k++
	}
	return k
}

// inConsequence are the modals of what would follow from a condition.
var inConsequence = lexicon.Set(`would could might will may can would've could've wouldn't couldn't won't can't cannot`)

// conditionOf finds what makes the clause of a verb no fact of the passage but a condition, or what would follow from
// one; -1 for nothing.
func conditionOf(r *syntax.Analysis, j int) int {
	for k := r.ClauseStart(j); k < r.ClauseEnd(j); k++ {
		if conditionAt(r, k) || supposed(r, k) {
			return k
		}
	}
	return neverWas(r, j, 0)
}

// conditionAt reports whether the word at k begins a condition of its sentence.
func conditionAt(r *syntax.Analysis, k int) bool {
	switch w := r.Units[k].Folded; w {
	case "if":
		if before := r.PlainBefore(k); before == "even" || before == "as" || before == "wonder" {
			return false
		}
		return k == 0 || r.PartOf(k-1) != syntax.Verbal || r.Parted(k) // but "asked if"
	case "provided":
		return r.PlainAfter(k) == "that"
	case "unless", "otherwise":
		return true
	}
	return false
}

// Conditional reports whether the statement has a condition of its own, or says itself that it was not so.
func Conditional(m *match.Pair) bool {
	for k := range m.Hyp.Units {
		if w := m.Hyp.Units[k].Folded; w == "if" || w == "unless" || supposed(m.Hyp.Analysis, k) ||
			m.Hyp.PartOf(k) == syntax.Verbal && neverWas(m.Hyp.Analysis, k, 0) >= 0 {
			return true
		}
	}
	return false
}

// LowerFirst is a text with its first letter in lower case.
func LowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) {
		return s
	}
	return strings.ToLower(string(r)) + s[size:]
}
