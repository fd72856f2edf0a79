package quote

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/words"
)

// maxTypedRunes bounds what is typed as a name; a longer one is cut.
const maxTypedRunes = 100

// MatchSpeaker returns the names that somebody may mean who typed this, the likeliest first, equally likely ones in
// the order given. Case, accents, punctuation and small slips do not matter, and a surname, a given name or the
// beginning of one is enough. Nothing typed matches every name; what fits none gives nil.
func MatchSpeaker(typed string, names []string) []string {
	if r := []rune(typed); len(r) > maxTypedRunes {
		typed = string(r[:maxTypedRunes])
	}
	want := nameTokens(typed)
	if len(want) == 0 {
		return slices.Clone(names)
	}
	type match struct {
		name string
		cost int
	}
	var matches []match
	for _, name := range names {
		if cost, ok := nameDistance(want, nameTokens(name)); ok {
			matches = append(matches, match{name, cost})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(a.cost, b.cost) })
	var out []string
	for _, m := range matches {
		out = append(out, m.name)
	}
	return out
}

func nameTokens(s string) []string {
	var out []string
	for _, t := range words.Tokenize(s) {
		out = append(out, strings.ReplaceAll(t.Text, ".", ""))
	}
	return out
}

// Costs of a word that was typed against a word of a name; a typing slip costs more than any shortening.
const (
	prefixCost = 2 // the beginning of it
	slipCost   = 10
)

// nameDistance matches every typed word to a word of the name of its own, each as cheaply as it can in the order
// typed. A word of the name that nobody typed costs little, so that of two Khans the shorter name comes first, and a
// last name fits better than a first.
func nameDistance(want, have []string) (int, bool) {
	used := make([]bool, len(have))
	total := 0
	for _, w := range want {
		best, at := -1, -1
		for i, h := range have {
			if used[i] {
				continue
			}
			c, ok := wordDistance(w, h)
			if ok && i < len(have)-1 {
				c++
			}
			if ok && (best < 0 || c < best) {
				best, at = c, i
			}
		}
		if at < 0 {
			return 0, false
		}
		used[at] = true
		total += best
	}
	return total + min(len(have)-len(want), slipCost-1), true
}

// wordDistance compares one word: one slip is forgiven from four letters on, two from seven.
func wordDistance(typed, word string) (int, bool) {
	switch {
	case typed == word:
		return 0, true
	case strings.HasPrefix(word, typed):
		return prefixCost, true
	}
	t, w := []rune(typed), []rune(word)
	allowed := 0
	switch {
	case len(t) >= 7:
		allowed = 2
	case len(t) >= 4:
		allowed = 1
	}
	d := Slips(t, w)
	if d > allowed && len(w) > len(t) { // the beginning of it, with a slip
		d = Slips(t, w[:len(t)]) + 1
	}
	return slipCost * d, d <= allowed
}

// Slips is the Damerau–Levenshtein distance of two words (optimal string alignment): letters put in, left out,
// mistaken and swapped.
func Slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
