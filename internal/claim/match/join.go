package match

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/syntax"
)

// HoldsWord reports whether a text has a word, or several, and not as a part of others.
func HoldsWord(text, word string) bool {
	for at := 0; ; {
		k := strings.Index(text[at:], word)
		if k < 0 {
			return false
		}
		from, to := at+k, at+k+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[to:])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return true
		}
		at = to
	}
}

// Join reads two passages of a document as one text. What is known of the document's speakers stands for the first
// alone.
func Join(a, b *syntax.Analysis) *syntax.Analysis {
	shift, units, clauses := len(a.Text)+1, len(a.Units), 0
	if units > 0 {
		clauses = a.Units[units-1].Clause + 1
	}
	r := &syntax.Analysis{Ref: a.Ref, Text: a.Text + "\n" + b.Text, Plain: a.Plain + " " + b.Plain,
		Pronoun: a.Pronoun || b.Pronoun,
		Halves:  []*syntax.Analysis{a, b}}
	r.Units = slices.Concat(a.Units, b.Units)
	for i := units; i < len(r.Units); i++ {
		u := &r.Units[i]
		u.Start += shift
		u.End += shift
		u.Sentence += len(a.Sentences)
		u.Clause += clauses
	}
	moved := func(list, more []article.Span) []article.Span {
		all := slices.Concat(list, more)
		for i := len(list); i < len(all); i++ {
			all[i].Start += shift
			all[i].End += shift
		}
		return all
	}
	r.Sentences, r.Marks = moved(a.Sentences, b.Sentences), moved(a.Marks, b.Marks)
	r.From = slices.Clone(a.From[:len(a.From)-1])
	for _, at := range b.From {
		r.From = append(r.From, at+units)
	}
	r.Frames = slices.Concat(a.Frames, syntax.FindFramesFrom(r, units))
	r.Index = make(map[string][]int, len(a.Index)+len(b.Index))
	maps.Copy(r.Index, a.Index)
	for key, at := range b.Index {
		list := slices.Clone(r.Index[key])
		for _, i := range at {
			list = append(list, i+units)
		}
		r.Index[key] = list
	}
	return r
}
