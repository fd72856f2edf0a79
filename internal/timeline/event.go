package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

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
func Read(c *steps.Counter, d article.Document) Story {
	n := narrator{reference: midnight(d.Published)}
	var story Story
	carry := carrier{reference: n.reference}
	for _, p := range d.Passages {
		n.paragraph()
		if p.Kind == article.Code {
			continue
		}
		for _, s := range article.Sentences(p.Text) {
			if !c.Take(1 + (s.End-s.Start)/bytesPerWord) {
				return Story{}
			}
			found := n.sentence(p, s)
			found = append(found, carry.sentence(p, s, found)...)
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
		a.Start.Compare(b.Start), a.End.Compare(b.End), a.Ref.Compare(b.Ref), cmp.Compare(a.Sentence.Start, b.Sentence.Start),
		cmp.Compare(a.Span.Start, b.Span.Start))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A narrator reads sentence after sentence and keeps what dates later ones.
type narrator struct {
	reference time.Time
	named     []Date
	year      int // that the paragraph tells of so far, as in Context
}

func (n *narrator) paragraph() { n.year = 0 }

func (n *narrator) sentence(p article.Passage, s article.Span) []Event {
	text := s.Of(p.Text)
	mentions := Tag(text, Context{Reference: n.reference, Year: n.year, Named: n.named})
	var events []Event
	seen := make(map[[2]time.Time]bool, len(mentions))
	for _, m := range mentions {
		if m.IsZero() {
			continue
		}
		n.named = remember(n.named, m.Date)
		n.year = tellingOf(m, Context{Reference: n.reference, Year: n.year})
		days := [2]time.Time{m.Start, m.End}
		if onlyDate(text, m) || seen[days] {
			continue // said twice in one sentence
		}
		seen[days] = true
		span := article.Span{Start: s.Start + m.Span.Start, End: s.Start + m.Span.End}
		events = append(events, Event{Ref: p.Ref, Date: m.Date, Phrase: m.Phrase, Span: span, From: p.Ref, Sentence: s,
			Text: text})
	}
	return events
}

// onlyDate tells a line that is nothing but a date, as newspapers print it under the title.
func onlyDate(text string, m Mention) bool {
	return strings.IndexFunc(text[:m.Span.Start], isWordRune) < 0 && strings.IndexFunc(text[m.Span.End:], isWordRune) < 0
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
