package timeline

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// told is a sentence with what it was dated by, kept for those that go on from it.
type told struct {
	ref    article.Ref
	span   article.Span
	text   string
	tokens []token
	found  []Event
}

// keptSentences is how many sentences before are looked at.
const keptSentences = 3

// A retelling is a way in which a sentence without a day of its own tells of what a neighbor dates.
type retelling struct {
	name    string
	example string
	dates   func(before []told, now *told) (carried []Event)
}

// retellings are tried in this order, each with its case in retold_test.go.
var retellings = []retelling{
	{"ranked", "Shares fell on Thursday. It was the biggest loss since 2009.", ranked},
	{"had happened", "The firm said that it had signed a lease. It signed the lease on 15 June.", hadHappened},
	{"said before", "Ford posted a loss. Ford admitted on Thursday that it would grow.", saidBefore},
}

// retold returns the events that a sentence and those before it have from one another, and keeps it.
func (c *carrier) retold(p article.Passage, s article.Span, tokens []token, found []Event) (carried []Event) {
	if tokens == nil {
		c.before = nil
		return nil
	}
	now := told{p.Ref, s, s.Of(p.Text), tokens, found}
	if k := len(c.before); k > 0 && c.before[k-1].ref.N+1 < p.Ref.N {
		c.before = c.before[:0]
	}
	for _, r := range c.retellings {
		carried = append(carried, r.dates(c.before, &now)...)
	}
	if len(carried) > 0 {
		now.found = slices.Concat(now.found, carried)
	}
	if len(c.before) == keptSentences {
		c.before = append(c.before[:0], c.before[1:]...)
	}
	c.before = append(c.before, now)
	return carried
}

// day is the only day that a sentence is dated by.
func (t *told) day() (Event, bool) { return t.within(1) }

// within is the only date of a sentence that has no more than so many days.
func (t *told) within(days int) (Event, bool) {
	var found Event
	n := 0
	for _, e := range t.found {
		if !e.Yearless && e.End.Before(e.Start.AddDate(0, 0, days)) && !t.bounds(e) {
			found = e
			n++
		}
	}
	return found, n == 1
}

// bounds tells that an event's date is one that the sentence looks back or on to: "since October 9, 2002".
func (t *told) bounds(e Event) bool {
	if e.Carried() {
		return false
	}
	for k := range t.tokens {
		if t.tokens[k].start == e.Span.Start-t.span.Start {
			return at(t.tokens, k-1).is("since", "until", "till", "before", "after", "than")
		}
	}
	return false
}

// happenings are what may be the first, the largest or the third of its kind and happens on a day: a loss, a visit.
var happenings = lexicon.List("happenings")

// ranked gives "It was the biggest loss since 2009" the day of the sentence before.
func ranked(before []told, now *told) []Event {
	if len(before) == 0 || !ranks(now.tokens) {
		return nil
	}
	if _, own := now.day(); own {
		return nil
	}
	const week = 7
	when, ok := before[len(before)-1].within(week)
	if !ok {
		return nil
	}
	return []Event{carriedTo(now.ref, now.span, now.text, when)}
}

// ranks tells that a sentence begins with "It was the biggest loss" or "The biggest loss was".
func ranks(tokens []token) bool {
	i := 0
	if at(tokens, i).is("it", "this", "that") && at(tokens, i+1).is("was", "is", "marked") {
		i += 2
	}
	if !at(tokens, i).is("the", "its", "their") {
		return false
	}
	bare := i == 0
	if i++; !superlative(at(tokens, i)) {
		return false
	}
	const reach = 4 // words between the rank and what is ranked
	for k := i + 1; k <= i+reach; k++ {
		if happenings[at(tokens, k).lower] {
			return !bare || at(tokens, k+1).is("was", "came")
		}
	}
	return false
}

// superlative tells a word that ranks: biggest, first, 3rd, worst.
func superlative(t *token) bool {
	n := len(t.lower)
	return n > len("best") && t.lower[n-3:] == "est" || t.is("best", "worst", "least") || t.has(cOrdinal) ||
		t.kind == kindNumber && isOrdinalSuffix(t.lower)
}

// hadHappened gives a sentence that says what "had" been done the day on which the next one says that it was done.
func hadHappened(before []told, now *told) []Event {
	if len(before) == 0 {
		return nil
	}
	last := &before[len(before)-1]
	day, ok := now.day()
	if !ok || day.Carried() {
		return nil
	}
	for _, e := range last.found {
		if e.Start.Equal(day.Start) {
			return nil
		}
	}
	for k := range last.tokens {
		if !at(last.tokens, k).is("had") {
			continue
		}
		verb := at(last.tokens, k+1)
		if verb.is("been") || verb.kind != kindWord || tenseOf(last.tokens, k+1) != tensePast {
			continue
		}
		done := doneIn(now.tokens, words.Stem(verb.lower))
		if done >= 0 && day.Span.Start-now.span.Start > now.tokens[done].start {
			return []Event{carriedTo(last.ref, last.span, last.text, day)}
		}
	}
	return nil
}

// doneIn is where a sentence has a past form of the verb with "the" or "it" behind, as for what was spoken of; -1 for
// nowhere.
func doneIn(tokens []token, stem string) int {
	for k := range tokens {
		if t := at(tokens, k); t.kind == kindWord && tenseOf(tokens, k) == tensePast && words.Stem(t.lower) == stem &&
			!at(tokens, k-1).is("had", "been", "to") && at(tokens, k+1).is("the", "it", "them", "this") {
			return k
		}
	}
	return -1
}

// saidBefore gives the statements of a speaker right before one that is dated the same day.
func saidBefore(before []told, now *told) []Event {
	if len(before) == 0 {
		return nil
	}
	day, ok := now.day()
	if !ok || day.Carried() {
		return nil
	}
	verb, by := speechIn(now.tokens)
	if len(by.names) == 0 || !dates(now.tokens, verb, day.Span.Start-now.span.Start, day.Span.End-now.span.Start) {
		return nil
	}
	var carried []Event
	for k := len(before) - 1; k >= 0; k-- {
		b := &before[k]
		if dayNamed(b.found) {
			break
		}
		if _, told := speechIn(b.tokens); len(told.names) == 0 || !told.again(by) {
			break
		}
		carried = append(carried, carriedTo(b.ref, b.span, b.text, day))
	}
	return carried
}
