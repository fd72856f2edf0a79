package timeline

import (
	"cmp"
	"strings"
	"time"

	"pilcrow/internal/article"
)

// Normalize gives the days of an expression that somebody found in a sentence at the byte offset. The sentence
// decides the tense and what "the previous year" goes by; the expression alone decides the rest. It reports false
// where the words do not settle any day.
func Normalize(expression, sentence string, offset int, reference time.Time) (Date, bool) {
	reference = midnight(reference)
	c := Context{Reference: reference}
	span := article.Span{Start: offset, End: offset + len(expression)}
	if offset < 0 || offset > len(sentence)-len(expression) || span.Of(sentence) != expression {
		offset = strings.Index(sentence, expression)
		span = article.Span{Start: offset, End: offset + len(expression)}
	}
	c.Language = tongue(cmp.Or(sentence, expression))
	m := matcher{grammar: grammars[c.Language], tokens: scan(expression)}
	if m.grammar != nil {
		refold(expression, m.tokens)
	}
	if offset >= 0 {
		for _, m := range Tag(sentence, c) {
			if m.Span == span && !m.IsZero() {
				return m.Date, true
			}
			if m.Span.End <= span.Start && !m.IsZero() {
				c.Named = remember(c.Named, m.Date)
			}
		}
		around := scan(sentence)
		from := 0
		for from < len(around) && around[from].start < span.Start {
			from++
		}
		to := from
		for to < len(around) && around[to].start < span.End {
			to++
		}
		if c.tense = tenseAround(around, from, to); m.grammar != nil {
			refold(sentence, around)
			r := resolver{matcher: matcher{grammar: m.grammar, tokens: around}}
			c.tense = r.tense(piece{from: from, to: to})
		}
	}
	d := wholly(m, c)
	return d, !d.IsZero()
}

// wholly resolves an expression that runs to the end of the tokens, behind a preposition or a time of the clock.
func wholly(m matcher, c Context) Date {
	tokens := m.tokens
	m.inside = true
	var best Date
	for i := range tokens {
		e, next, _, ok := m.longestRange(i)
		if !ok {
			continue
		}
		if m.grammar == nil {
			next = dayPart(tokens, next, e)
		}
		if p := approximated(tokens, piece{expr: e, from: i}); p.from < i {
			e = p.expr
		}
		switch e.kind {
		case 0:
		case KindSet:
			return best // "every Friday" is none
		default:
			continue
		}
		d := resolve(e, c)
		if next == len(tokens) && !d.IsZero() {
			return d
		}
		if best.IsZero() {
			best = d
		}
	}
	return best
}
