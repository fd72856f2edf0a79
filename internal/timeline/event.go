package timeline

import (
	"cmp"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/steps"
)

// An Event is a sentence with one date that it tells of. A sentence with two dates gives two events.
type Event struct {
	Ref article.Ref
	Date
	Phrase   string       // the date as printed; "" where it is carried over from the paragraph From
	Span     article.Span // of the phrase in the paragraph; empty where it is carried over
	From     article.Ref  // where the date is printed: Ref itself unless it is carried over
	Sentence article.Span // in the paragraph
	Text     string       // the whole sentence, verbatim
	Rule     string       // the name of the rule that read the date
}

// Carried tells that the sentence prints no date itself: it is a headline that says what a dated sentence says, or
// more words of a speaker whose statement is dated. Inferred is then InferredDate.
func (e Event) Carried() bool { return e.From != e.Ref || e.Phrase == "" }

// The ceilings of one document. What lies beyond them is counted in Story.Unread.
const (
	MaxEvents = 20_000 // a chronicle of a thousand years has ten thousand

	// Of one sentence, each of whose dates repeats it: as many as make so many bytes of text, at least one.
	maxSentenceDates = 24
	maxSentenceBytes = 16 << 10
)

// A Story is what a document tells of what happened when.
type Story struct {
	Events []Event // as Events returns them
	Unread int     // dates beyond the ceilings
}

// Events returns the dated statements of a document in order of their first day, their last, their paragraph and their
// place in it. Those without a known year come last.
func Events(c *steps.Counter, d article.Document) []Event { return Read(c, d).Events }

// Read returns the events of a document, and how many it leaves out. Once the counter has stopped, they are not whole.
func Read(c *steps.Counter, d article.Document) Story { return read(c, d, retellings) }

func read(c *steps.Counter, d article.Document, ways []retelling) Story {
	n := newNarrator(d)
	var story Story
	carry := carrier{reference: n.published, retellings: ways}
	var buffers [keptSentences + 1][]token // those that the carrier keeps, and one
	turn := 0
	for _, p := range d.Passages {
		n.paragraph(p)
		if p.Kind == article.Code {
			continue
		}
		for _, s := range article.Sentences(p.Text) {
			if !c.Take(1 + (s.End-s.Start)/bytesPerWord) {
				return Story{}
			}
			turn = (turn + 1) % len(buffers)
			buffers[turn] = scanInto(buffers[turn][:0], s.Of(p.Text))
			tokens := buffers[turn]
			found := n.sentence(p, s, tokens)
			if n.spoken != "" {
				tokens = nil // they are folded by another language's rules
			}
			found = append(found, carry.sentence(p, s, tokens, found)...)
			most := min(maxSentenceDates, max(1, maxSentenceBytes/max(1, s.End-s.Start)), MaxEvents-len(story.Events))
			story.Events = append(story.Events, found[:min(most, len(found))]...)
			story.Unread += max(0, len(found)-most)
		}
	}
	slices.SortFunc(story.Events, compareEvents)
	return story
}

// bytesPerWord is how many bytes of a sentence count as one step.
const bytesPerWord = 6

// Between keeps the events that share a day with the time from start to end, both inclusive; a zero time leaves that
// side open. An event without a known year is kept only where both sides are open.
func Between(events []Event, start, end time.Time) []Event {
	if start.IsZero() && end.IsZero() {
		return events
	}
	var kept []Event
	for _, e := range events {
		if !e.Yearless && (end.IsZero() || !e.Start.After(end)) && (start.IsZero() || !e.End.Before(start)) {
			kept = append(kept, e)
		}
	}
	return kept
}

func compareEvents(a, b Event) int {
	return cmp.Or(
		cmp.Compare(boolInt(a.Yearless), boolInt(b.Yearless)),
		a.Start.Compare(
			b.Start,
		),
		a.End.Compare(b.End),
		a.Ref.Compare(b.Ref),
		cmp.Compare(a.Sentence.Start, b.Sentence.Start),
		cmp.Compare(a.Span.Start, b.Span.Start),
	)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
