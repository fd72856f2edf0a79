package timeline

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/steps"
)

func dated(paragraphs int, text func(i int) string) article.Document {
	d := article.Document{Slug: "d", Published: civil(2022, 4, 28)}
	for i := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text(i)})
	}
	return d
}

// Events stops soon after nobody waits for them, and returns none then.
func TestEventsStop(t *testing.T) {
	d := dated(200, func(i int) string {
		return fmt.Sprintf("It rained on %d May %d. Two days later it was dry.", 1+i%28, 1500+i)
	})
	whole := steps.Until(t.Context())
	if n := len(Events(whole, d)); n != 400 {
		t.Fatalf("%d events, want 400", n)
	}
	if taken := whole.Taken(); taken < 400 || taken > 400*20 {
		t.Errorf("%d steps for 400 sentences of ten words", taken)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []*steps.Counter{steps.AtMost(whole.Taken() / 2), steps.Until(ctx)} {
		if events := Events(c, d); c.Err() == nil || len(events) > 0 {
			t.Errorf("%d events, error %v", len(events), c.Err())
		}
	}
}

// Each date of a sentence repeats the sentence: a long one gives few events, and the rest is counted.
func TestEventCeilings(t *testing.T) {
	list := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "in %d and ", 1200+i)
		}
		return "It rained " + b.String() + "later."
	}
	for _, test := range []struct{ dates, shown int }{
		{maxSentenceDates, maxSentenceDates},
		{maxSentenceDates + 1, maxSentenceDates},
		{900, 1},
	} {
		s := Read(nil, dated(1, func(int) string { return list(test.dates) }))
		if len(s.Events) != test.shown || s.Unread != test.dates-test.shown {
			t.Errorf("of %d dates %d are shown and %d counted, want %d", test.dates, len(s.Events), s.Unread, test.shown)
		}
	}
	s := Read(nil, dated(MaxEvents+5, func(i int) string { return fmt.Sprintf("It rained in %d.", 1200+i%800) }))
	if len(s.Events) != MaxEvents || s.Unread != 5 {
		t.Errorf("%d events, %d left out; want %d and 5", len(s.Events), s.Unread, MaxEvents)
	}
}
