package ragtest

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// Request is a question with three passages, the first of which answers it.
func Request() rag.Request {
	passage := func(slug string, n int, text string) article.Passage {
		return article.Passage{Ref: ref(slug, n), Title: "Bridges and ferries", Text: text}
	}
	return rag.Request{
		Question: "Why was the old bridge closed?",
		Passages: []article.Passage{
			passage("bridges", 2, "The old bridge was closed in May because engineers found cracks in two of its pillars. "+
				"It carried 9,000 cars a day."),
			passage("bridges", 5, "The mayor said the repairs would take until winter."),
			passage("ferries", 1, "Ferries across the river are free on Sundays."),
		},
	}
}

// TestGenerator runs what every rag.Generator must do. A generator with a model must be given one that answers
// Request from its first passage.
func TestGenerator(t *testing.T, open func() rag.Generator) {
	t.Run("draft", func(t *testing.T) { testDraft(t, open()) })
	t.Run("no passages", func(t *testing.T) { testNoPassages(t, open()) })
	t.Run("odd requests", func(t *testing.T) { testOddRequests(t, open()) })
	t.Run("canceled", func(t *testing.T) { testCanceledGenerator(t, open()) })
	t.Run("several at once", func(t *testing.T) { testConcurrentGenerator(t, open()) })
}

var marker = regexp.MustCompile(`\[(\d+)`)

func testDraft(t *testing.T, g rag.Generator) {
	request := Request()
	draft, err := g.Generate(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if draft.NotCovered || draft.By == "" || !strings.Contains(draft.Text, "cracks") {
		t.Errorf("draft %+v", draft)
	}
	markers := marker.FindAllStringSubmatch(draft.Text, -1)
	if len(markers) == 0 {
		t.Errorf("no citation in %q", draft.Text)
	}
	for _, m := range markers {
		if n, err := strconv.Atoi(m[1]); err != nil || n < 1 || n > len(request.Passages) {
			t.Errorf("marker %s among %d passages", m[0], len(request.Passages))
		}
	}
}

func testNoPassages(t *testing.T, g rag.Generator) {
	draft, err := g.Generate(t.Context(), rag.Request{Question: "Why was the old bridge closed?"})
	if err != nil || !draft.NotCovered || draft.Text != "" || draft.By == "" {
		t.Errorf("draft %+v, %v; want not covered", draft, err)
	}
}

// What is drafted from odd passages is open; that something well-formed comes back, or an error, is not.
func testOddRequests(t *testing.T, g rag.Generator) {
	for _, text := range append(oddTexts(0), "", "[1]", "~~~~", "NOT_COVERED", strings.Repeat("[2] ", 500)) {
		request := Request()
		request.Question = text
		request.Passages[0].Text = text
		draft, err := g.Generate(t.Context(), request)
		if err == nil && (draft.By == "" || draft.NotCovered != (draft.Text == "") || !utf8.ValidString(draft.Text)) {
			t.Errorf("%q: draft %+v", text, draft)
		}
	}
}

func testCanceledGenerator(t *testing.T, g rag.Generator) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if draft, err := g.Generate(ctx, Request()); !errors.Is(err, context.Canceled) {
		t.Errorf("under a canceled context: %+v, %v", draft, err)
	}
}

func testConcurrentGenerator(t *testing.T, g rag.Generator) {
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			draft, err := g.Generate(t.Context(), Request())
			if err != nil || draft.Text == "" {
				t.Errorf("draft %+v, %v", draft, err)
			}
		})
	}
	wg.Wait()
}
