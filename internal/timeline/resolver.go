package timeline

import (
	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	cut "pilcrow/internal/text"
)

// A resolver gives the expressions of one text their dates.
type resolver struct {
	matcher
	text   string
	c      Context
	pieces []piece

	looked bool // for the quotations of the text
	quoted []cut.QuotedSpan
}

// mentions resolves all expressions in order. Those that a dated letter or speech says are counted from its date; it
// is returned.
func (r *resolver) mentions() ([]Mention, Date) {
	var written Date
	s, stated := statement{}, false
	if r.grammar == nil {
		if s, stated = statementIn(r.tokens, r.pieces); stated {
			p := r.pieces[s.piece]
			c := r.c
			c.tense = tensePast
			written = resolve(p.expr, c)
		}
	}
	entry := r.entry()
	mentions := make([]Mention, 0, len(r.pieces))
	for k, p := range r.pieces {
		from := r.c.written
		if stated && k != s.piece && p.deictic() && r.said(s, p) {
			from = written
		} else if stated || from.IsZero() || !p.deictic() || !r.inQuotes(p) {
			from = Date{}
		}
		if from.IsZero() && k > 0 && p.deictic() {
			from = entry
		}
		mentions = append(mentions, r.mention(p, from))
	}
	return mentions, written
}

// entry is the day at the head of a text that a colon or a dash makes the date of an entry: "12 June 1944: …".
func (r *resolver) entry() Date {
	p := r.pieces[0]
	if behind := at(r.tokens, p.to); p.from > 0 || p.op != opCalendar || p.day == 0 || p.year == 0 ||
		!behind.is(":", "-") || behind.glued && behind.is("-") {
		return Date{}
	}
	return resolve(p.expr, r.c)
}

// mention resolves one expression and remembers its date for those that follow. A date of a letter takes the place of
// the publication.
func (r *resolver) mention(p piece, written Date) Mention {
	span := article.Span{Start: r.tokens[p.from].start, End: r.tokens[p.to-1].end}
	m := Mention{Span: span, Phrase: span.Of(r.text), Kind: p.kind, Rule: p.name}
	if m.Kind != 0 {
		return m
	}
	m.Kind = KindDate
	if p.deictic() && r.grammar == nil && at(r.tokens, p.to).is("every", "each", "annually") {
		m.Kind = KindSet // "on 19 June every year"
		return m
	}
	if r.grammar == nil && r.everyYear(p) {
		m.Kind = KindSet
		return m
	}
	c := r.c
	c.tense = tenseOpen
	if p.deictic() {
		c.tense = r.tense(p)
	}
	if !written.IsZero() {
		c.Reference, c.coarse, c.Year = written.Start, written.Precision, 0
		if written.Yearless || written.Precision > Year {
			return m
		}
	}
	m.Date = resolve(p.expr, c)
	if !m.IsZero() {
		r.c.Named = remember(r.c.Named, m.Date)
		r.c.Year = tellingOf(m, r.c)
		r.c.near = nearOf(m, r.c.near)
	}
	return m
}

// everyYear tells that months are those of any year: "The path is best walked from May to September". Nothing but the
// present shows it.
func (r *resolver) everyYear(p piece) bool {
	if p.op != opRange || !p.in.bareMonth() || !p.expr.to.bareMonth() {
		return false
	}
	for i := p.from - 1; i >= max(0, p.from-maxVerbDistance); i-- {
		if t := &r.tokens[i]; t.is(".", ";", "?", "!") {
			break
		}
		if found := tenseOf(r.tokens, i); found != tenseOpen || lasting[r.tokens[i].lower] {
			return found == tensePresent || found == tenseOpen
		}
	}
	return false
}

// lasting verbs tell in the present how long something is so.
var lasting = lexicon.Set("run runs last lasts open bloom blooms flower flowers breed breeds live lives grow grows")

// bareMonth tells a month without a day and a year.
func (e *expr) bareMonth() bool {
	return e != nil && e.op == opCalendar && e.month > 0 && e.day == 0 && e.year == 0 && e.rel == relNone && e.in == nil
}

// tense is what the clause around a date tells of. In other languages than English a word anywhere in the sentence
// shows the future, or the past.
func (r *resolver) tense(p piece) tense {
	if r.grammar == nil {
		return tenseAround(r.tokens, p.from, p.to)
	}
	if r.sinceBefore(p.from) {
		return tensePast
	}
	if r.language == "fr" && at(r.tokens, p.from-1).is("ici") && !at(r.tokens, p.from-2).is("par") {
		return tenseFuture // "d'ici le 31 mars"
	}
	found, coming := tenseOpen, false
	for i := max(0, p.from-maxVerbDistance); i < min(len(r.tokens), p.to+maxVerbDistance); i++ {
		switch t := &r.tokens[i]; {
		case t.kind != kindWord:
		case r.future[t.lower]:
			return tenseFuture
		case r.coming[t.lower]:
			coming = p.op == opWeekday || p.op == opCalendar && p.day > 0 && p.year == 0 && r.c.Year == 0
		case r.past[t.lower]:
			found = tensePast
		}
	}
	if coming && found == tenseOpen {
		return tenseFuture
	}
	return found
}

// sinceBefore tells that the date at from is the beginning of something: "seit dem Brand am 8. August". Spanish "desde"
// begins what is to come, too, but not with a noun behind it: "desde el terremoto del 14 de febrero".
func (r *resolver) sinceBefore(from int) bool {
	const reach = 5 // words
	for i := from - 1; i >= max(0, from-reach); i-- {
		switch t := &r.tokens[i]; {
		case t.kind != kindWord && !t.is("'"), r.future[t.lower]:
			return false
		case r.since[t.lower], r.sinceNoun[t.lower] && from-i > 3:
			return true
		}
	}
	return false
}

// nearOf is the year that two digits beside it go by: the last that was printed whole.
func nearOf(m Mention, near int) int {
	if m.Yearless || m.Inferred != "" || m.Start.Year() < minYear || m.Precision == Range {
		return near
	}
	return m.Start.Year()
}
