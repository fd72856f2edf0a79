package dispatch

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/library"
	"pilcrow/internal/rag"
)

func TestToldWhenAnswered(t *testing.T) {
	w := newTown(t)
	m := feedback.NewMinder(w.feedback)
	wish := func(person, server, question string) {
		kept := w.click(as(person, server), w.run(as(person, server), "ask", commands.Args{"question": question}),
			"Tell the admins",
			nil)
		w.click(as(person, server), kept, "Tell me", nil)
	}
	wish(ann, home, notCovered)
	wish(bob, away2, notCovered)
	wish(ann, home, "Why did the elephant escape?")
	m.Round(t.Context())
	if len(w.told) != 0 {
		t.Fatalf("told %v before anything is answered", w.told)
	}

	w.deaf = errors.New("no connection")
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	m.Round(t.Context())
	w.deaf = nil
	m.Round(t.Context()) // not before an hour has passed
	if len(w.told) != 0 {
		t.Errorf("tried again at once")
	}
	w.clock = w.clock.Add(feedback.RetryAfter)
	m.Round(t.Context())
	if len(w.told[ann]) != 1 || len(w.told) != 1 {
		t.Fatalf("told %v", w.told)
	}
	r := w.told[ann][0]
	w.want(r, notCovered, "Marta Olin", "¶1")
	if !slices.ContainsFunc(r.Blocks, func(b commands.Block) bool { return slices.Equal(b.Channels, []string{plaza}) }) ||
		len(r.Actions) != 0 {
		t.Errorf("no channel, or buttons that open nothing: %+v", r)
	}
	w.clock = w.clock.Add(2 * feedback.RetryAfter)
	m.Round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Error("told twice")
	}
	admin := as("700000000000000009", home)
	admin.Admin = true
	got := w.run(admin, "gaps", nil)
	w.want(got, "elephant", "Answered in the last 7 days: 1 question")
	if strings.Contains(text(got), "zinc") {
		t.Errorf("answered and open:\n%s", text(got))
	}

	// Who never can be told is not tried for ever.
	w.deaf = errors.New("no connection")
	w.put(away2, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	for range 6 {
		w.clock = w.clock.Add(feedback.RetryAfter)
		m.Round(t.Context())
	}
	if found, err := w.store.Untold(t.Context(), away2); err != nil || len(found) != 0 {
		t.Errorf("still to be told: %v, %v", found, err)
	}
	w.run(as(ann, home), "forget", nil)
	if found := w.traces(ann); found != nil {
		t.Errorf("the user id is in %v", found)
	}
}

// What a model found not to be answered is not answered because a keyless answer would have cited something all along.
func TestModelKnowsBetter(t *testing.T) {
	w := newTown(t)
	w.model = speechless{}
	w.restart()
	kept := w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": covered}), "Tell the admins", nil)
	w.click(as(ann, home), kept, "Tell me", nil)
	m := feedback.NewMinder(w.feedback)
	m.Round(t.Context())
	w.put(home, "other.md", "# Cheese\n\nCheese is sold on the quay.")
	m.Round(t.Context())
	if len(w.told) != 0 {
		t.Errorf("told %v", w.told)
	}
	w.put(home, "new.md", "# News of the ferry\n\nHow many passengers the ferry does carry has changed: the ferry does "+
		"carry ninety passengers today.")
	m.Round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Errorf("told %v", w.told)
	}
}

type speechless struct{}

func (speechless) Generate(context.Context, rag.Request) (rag.Draft, error) {
	return rag.Draft{NotCovered: true}, nil
}

// A restart does not ask again what was asked of the same documents.
func TestAskedOnce(t *testing.T) {
	w := newTown(t)
	w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": notCovered}), "Tell the admins", nil)
	digest := func() string { return w.EngineOf(as(ann, home)).Edition().Corpus.Digest() }
	for i, want := range []bool{true, false} {
		if got, err := feedback.NewMinder(w.feedback).News(t.Context(), home, digest(), w.clock); got != want || err != nil {
			t.Errorf("start %d: asked %v, %v", i, got, err)
		}
		w.restart()
	}
	w.put(home, "new.md", "# Cheese\n\nCheese is sold on the quay.")
	if got, err := feedback.NewMinder(w.feedback).News(t.Context(), home, digest(), w.clock); !got || err != nil {
		t.Errorf("after a change: asked %v, %v", got, err)
	}
}

func TestTendEnds(t *testing.T) {
	w := newTown(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.feedback.Tend(ctx) }()
	cancel()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Error("it goes on")
	}
}

// What only a tied channel shows is not written to somebody who may have left it.
func TestToldWithoutTheTiedDocument(t *testing.T) {
	w := newTown(t)
	m := feedback.NewMinder(w.feedback)
	kept := w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": notCovered}), "Tell the admins",
		nil)
	w.click(as(ann, home), kept, "Tell me", nil)
	m.Round(t.Context())
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	w.put(home, "notice.md", "# Notice\n\nThe office is closed on Monday.")
	for place, slug := range map[string]string{plaza: "paint", "": "notice"} {
		if err := w.library.SetScope(t.Context(), home, place, []string{slug}, library.Who{ID: bob}); err != nil {
			t.Fatal(err)
		}
	}
	m.Round(t.Context())
	if len(w.told[ann]) != 1 {
		t.Fatalf("told %v", w.told)
	}
	w.want(w.told[ann][0], notCovered, "Ask it there again")
	if strings.Contains(text(w.told[ann][0]), "Marta") || len(w.told[ann][0].Sources) > 0 {
		t.Errorf("told %s", text(w.told[ann][0]))
	}
}
