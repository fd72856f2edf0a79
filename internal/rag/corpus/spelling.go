package corpus

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// Bounds of looking for what a word was meant to be.
const (
	minMisspelled = 4 // letters of a word that may have one slip
	twoSlips      = 8 // letters of one that may have two
	maxSpelled    = 30
)

// Has reports whether a word, in any of its forms, stands in the documents (nil: in all).
func (ed *Edition) Has(word string, slugs []string) bool {
	return ed.Words.Has(words.Stem(words.Fold(word)), slugs)
}

// Spelled returns the word of the documents (nil: of all) that a word which stands in none of them may be a slip of the
// keyboard for, in lower case; "" for none. One letter may be wrong, missing, too many or in its neighbor's place, in a
// longer word two; of several words the nearest is taken, then the one that stands in most passages.
func (ed *Edition) Spelled(word string, slugs []string) string {
	word = words.Fold(word)
	n := len([]rune(word))
	if n < minMisspelled || n > maxSpelled || strings.ContainsFunc(word,
		func(r rune) bool { return !unicode.IsLetter(r) }) {
		return ""
	}
	most := 1
	if n >= twoSlips {
		most = 2
	}
	stem := words.Stem(word)
	type candidate struct {
		stem     string
		slips    int
		passages int
	}
	var all []candidate
	for other, size := range ed.Words.Terms() {
		// The ends of the words tell their stems apart as well as slips do: a stem may be one slip more away than its word
		// is.
		slips := min(edits(stem, other, most), edits(word, other, most))
		if slips > most {
			slips = 1 + startEdits(word, other, most)
		}
		if slips > most || slips == 0 || !sameStart(word, other, slips) {
			continue
		}
		if ed.Words.Has(other, slugs) {
			all = append(all, candidate{other, slips, size})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.slips, b.slips), cmp.Compare(b.passages, a.passages), cmp.Compare(a.stem, b.stem))
	})
	best, least := "", most+1
	for _, c := range all[:min(len(all), maxFormsRead)] {
		for _, form := range ed.forms(c.stem, slugs) {
			if d := edits(word, form, most); d < least {
				best, least = form, d
			}
		}
	}
	return best
}

// maxEnding is how many letters of a word its stem lacks at most.
const maxEnding = 4

// startEdits compares the beginning of a word with a shorter stem: the slip may be in the ending that the stem lacks.
// most+1 for no likeness.
func startEdits(word, stem string, most int) int {
	if len(stem) < minMisspelled || len(word) <= len(stem) || len(word) > len(stem)+maxEnding {
		return most + 1
	}
	return edits(strings.ToValidUTF8(word[:len(stem)], ""), stem, most)
}

// maxFormsRead is how many candidates are looked up as they are printed.
const maxFormsRead = 8

// sameStart tells whether two words begin with the same letter, as nearly all slips leave the first one alone; in
// another order will do.
func sameStart(a, b string, slips int) bool {
	return a[0] == b[0] || slips == 1 && len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0]
}

// forms are the words of a stem as they are printed in the first passage that has it, in lower case.
func (ed *Edition) forms(stem string, slugs []string) []string {
	ref, ok := ed.Words.FirstWith(stem, slugs)
	if !ok {
		return nil
	}
	passage, _ := ed.Corpus.Passage(ref)
	return formsIn(passage, stem)
}

func formsIn(p article.Passage, stem string) []string {
	var out []string
	for _, t := range words.Tokenize(p.Text + " " + p.Heading + " " + p.Title) {
		if t.Stem == stem && !slices.Contains(out, t.Text) {
			out = append(out, t.Text)
		}
	}
	return out
}

// edits is the least number of letters that are to be put in, taken out, changed or swapped with their neighbor to make
// b of a (optimal string alignment: Boytsov, Indexing methods for approximate dictionary searching, 2011); most+1 where
// there are more.
func edits(a, b string, most int) int {
	if d := len(a) - len(b); d > 2*most || -d > 2*most { // bytes; a letter may have two
		return most + 1
	}
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > most || -d > most {
		return most + 1
	}
	var rows [3][maxSpelled + 4]int
	if len(y) >= len(rows[0]) {
		return most + 1
	}
	before, last, now := rows[0][:len(y)+1], rows[1][:len(y)+1], rows[2][:len(y)+1]
	for k := range last {
		last[k] = k
	}
	for i := range x {
		now[0] = i + 1
		least := now[0]
		for k := range y {
			d := last[k]
			if x[i] != y[k] {
				d++
			}
			d = min(d, last[k+1]+1, now[k]+1)
			if i > 0 && k > 0 && x[i] == y[k-1] && x[i-1] == y[k] {
				d = min(d, before[k-1]+1)
			}
			now[k+1] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}
