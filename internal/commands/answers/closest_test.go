package answers

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/commandstest"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

// TestAskClosest shows the sentences that come nearest, and says so where their words may be wrong.
func TestAskClosest(t *testing.T) {
	ref := article.Ref{Slug: "mill", N: 2}
	a := ask.Answer{
		Outcome: ask.NotCovered, Silence: []lang.Sentence{lang.Say("The document does not say so plainly.")},
		Closest: []review.Sentence{{Text: "The wheel turned for 90 years.", Citations: []article.Ref{ref}}},
		Nearest: []article.Passage{{Ref: article.Ref{Slug: "mill", N: 1}, Unsure: true}, {Ref: ref}},
	}
	const wrong = "may be wrong"
	if got := commandstest.Text(askReply(lang.Printer{}, a)); !strings.Contains(got, "90 years") ||
		strings.Contains(got, wrong) {
		t.Errorf("got %s", got)
	}
	a.Nearest[1].Unsure = true
	if got := commandstest.Text(askReply(lang.Printer{}, a)); !strings.Contains(got, wrong) {
		t.Errorf("no note in %s", got)
	}
}
