package timeline

import (
	"cmp"
	"slices"

	"pilcrow/internal/lexicon"
	cut "pilcrow/internal/text"
)

// writings are what people date: in a letter of 3 May 1911 "yesterday" is 2 May.
var writings = lexicon.List("dated-writings")

const (
	writingReach = 4  // tokens between a writing and its date: "letter to his brother of 3 May 1911"
	saidReach    = 25 // tokens between a verb of speech and what is said
)

// A statement is a sentence that tells when its words were said or written.
type statement struct {
	piece int // which piece is the date
	verb  int // the token of the verb, -1 where the date stands beside a writing
}

// statementIn finds the date of a letter, a diary or a speech in a sentence: it is printed, and stands beside the
// writing ("a letter of 3 May 1911") or goes with the verb of speech ("In 1995 he said").
func statementIn(tokens []token, pieces []piece) (statement, bool) {
	for k, p := range pieces {
		if p.kind != 0 || p.op != opCalendar || p.year == 0 && p.day == 0 || p.rel != relNone {
			continue
		}
		for j := p.from - 1; j >= max(0, p.from-writingReach); j-- {
			if writings[at(tokens, j).lower] &&
				at(tokens, p.from-1).is("of", "dated", "from", "on", "for", ",", ":", "in") {
				return statement{k, verbIn(tokens)}, true
			}
		}
		if verb := spokenVerb(tokens, p); verb >= 0 {
			return statement{k, verb}, true
		}
	}
	return statement{}, false
}

// verbIn is the first verb of speech of a sentence, or -1.
func verbIn(tokens []token) int {
	return slices.IndexFunc(tokens, func(t token) bool { return t.speaks() })
}

// speaks tells that the token is a verb that reports speech, in any of its forms.
func (t *token) speaks() bool {
	v, _ := lexicon.Reporting(t.lower)
	return v.Cue == lexicon.Reports && v.Clause
}

// spokenVerb is the verb of speech that a date goes with, or -1: the date opens the sentence and no other verb stands
// between, or it follows the verb at once. A verb that has a date of its own behind it, "said last week", goes with
// that.
func spokenVerb(tokens []token, p piece) int {
	for i := max(0, p.from-2); i < p.from; i++ {
		if tokens[i].reports() {
			return i
		}
	}
	if p.from > 1 {
		return -1
	}
	for i := p.to; i < min(len(tokens), p.to+saidReach); i++ {
		t := &tokens[i]
		next := at(tokens, i+1)
		switch dated := next.has(cRelative|cDeictic|cWeekday) || next.is("on") && at(tokens, i+2).has(cWeekday); {
		case t.reports() && dated, t.is(";", "."):
			return -1
		case t.reports():
			return i
		case tenseOf(tokens, i) == tensePast && !t.is("had"):
			return -1
		}
	}
	return -1
}

// said tells that a date belongs to what was said or written: it is between quotation marks, or in the clause of the
// verb.
func (r *resolver) said(s statement, p piece) bool {
	if s.verb >= 0 && p.from > s.verb+1 && p.from-s.verb <= saidReach && !atOnce(r.tokens, s.verb, p) &&
		!slices.ContainsFunc(r.tokens[s.verb:p.from], func(t token) bool { return t.is(";", "\"", "“", "”") }) {
		return true
	}
	return r.inQuotes(p)
}

// atOnce tells that a date follows the verb and tells when it was said: "said last week".
func atOnce(tokens []token, verb int, p piece) bool {
	return p.from-verb <= 2 && !at(tokens, verb+1).is("that")
}

// inQuotes tells that a date is between quotation marks.
func (r *resolver) inQuotes(p piece) bool {
	if !r.looked {
		r.looked, r.quoted = true, cut.Quoted(r.text)
	}
	start := r.tokens[p.from].start
	n, _ := slices.BinarySearchFunc(r.quoted, start+1, func(q cut.QuotedSpan, at int) int {
		return cmp.Compare(q.End, at)
	})
	return n < len(r.quoted) && r.quoted[n].Start <= start
}
