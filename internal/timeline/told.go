package timeline

import (
	"sort"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
)

// A chronicle knows on which day what a document calls by a noun happened: "The fire broke out on 3 November." A noun
// with two days has none.
type chronicle map[string]Date

// happeningVerbs say of their subject that it happened: "the fire broke out".
var happeningVerbs = lexicon.List("happening-verbs")

// add notes the noun that a sentence dates: "the flood of 2 January" anywhere; "a fire broke out on 3 November" and "on
// 3 November a fire broke out" where that is its only date, and nobody says so.
func (c chronicle) add(tokens []token, m Mention, only bool) {
	from, to := tokensOf(tokens, m.Span)
	if m.Precision > Year || m.Mod != "" || to == from {
		return
	}
	noun := ""
	of := from - 1
	if at(tokens, of).is("the") {
		of--
	}
	switch {
	case at(tokens, of).is("of") && at(tokens, of-2).is("the", "a", "an") && plainNoun(at(tokens, of-1)):
		noun = at(tokens, of-1).lower
	case only:
		noun = happened(tokens, from)
	}
	if noun == "" {
		return
	}
	if d, known := c[noun]; known && !(d.Start.Equal(m.Start) && d.End.Equal(m.End)) {
		c[noun] = Date{}
	} else if len(c) < maxChronicle {
		c[noun] = m.Date
	}
}

// maxChronicle bounds how many nouns of a document are known by their dates.
const maxChronicle = 1024

// happened is the subject of a sentence that tells that something happened, with its date at from; "" for none.
func happened(tokens []token, from int) string {
	const reach = 40 // words
	subject := ""
	for i := range min(len(tokens), reach) {
		switch t := at(tokens, i); {
		case t.reports(), t.is("not", "no", "never", "would", "if", "after", "before", "that", "when"),
			t.is(";", ":", "\"", "“", "«"):
			return ""
		case subject == "" && happeningVerbs[t.lower] && plainNoun(at(tokens, i-1)) && headed(tokens, i-1, from):
			subject = at(tokens, i-1).lower
		}
	}
	return subject
}

// headed tells that the noun at i stands in a group with an article that begins the sentence, or follows the date that
// does.
func headed(tokens []token, i, from int) bool {
	const adjectives = 3
	for k := i - 1; k >= max(0, i-1-adjectives); k-- {
		if at(tokens, k).is("the", "a", "an") {
			return k == 0 || from <= 1 && k <= from+maxPhrase
		}
		if !plainNoun(at(tokens, k)) {
			return false
		}
	}
	return false
}

// maxPhrase is how many tokens a date at the head of a sentence takes up, with its comma.
const maxPhrase = 5

func plainNoun(t *token) bool {
	return t.kind == kindWord && !t.capital && len(t.lower) > 2 && t.lex.class == 0
}

// counted reads "three weeks after the fire": a distance from what the document has dated. Any other mention is
// returned as it is.
func (c chronicle) counted(text string, tokens []token, m Mention) Mention {
	if m.Kind != KindDuration {
		return m
	}
	from, to := tokensOf(tokens, m.Span)
	n, k, ok := countAt(tokens, from)
	u, k, unit := unitAt(tokens, k)
	side := 1
	switch t := at(tokens, to); {
	case !ok || !unit || k != to || u < unitDay || at(tokens, from-1).is("than", "least", "over", "under", "within"):
		return m
	case t.is("before"):
		side = -1
	case !t.is("after", "following"):
		return m
	}
	noun, next := at(tokens, to+2), at(tokens, to+3)
	d, known := c[noun.lower]
	ends := closes(next) || next.capital || clauseOpeners[next.lower]
	if !known || d.IsZero() || !at(tokens, to+1).is("the", "that") || noun.capital || !ends ||
		next.is("in", "on", "at", "'", "-") { // "the fire in Lund" may be another one
		return m
	}
	e := expr{op: opOffset, unit: u, n: side * n, in: &expr{}}
	if m.Date = offsetFrom(e, d); m.IsZero() {
		return m
	}
	m.Kind, m.Rule = KindDate, "after event"
	m.Span.End = noun.end
	m.Phrase = m.Span.Of(text)
	return m
}

// tokensOf are the first token of a span, and the one behind it.
func tokensOf(tokens []token, s article.Span) (from, to int) {
	from = sort.Search(len(tokens), func(i int) bool { return tokens[i].start >= s.Start })
	to = sort.Search(len(tokens), func(i int) bool { return tokens[i].end > s.End })
	return from, to
}
