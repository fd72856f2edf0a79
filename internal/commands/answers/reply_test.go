package answers

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/commandstest"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

func passage(slug string, n int, text string) article.Passage {
	return article.Passage{Ref: article.Ref{Slug: slug, N: n}, Title: "About " + slug, Text: text}
}

func TestAskReply(t *testing.T) {
	a, b := passage("sea", 2, "Ships <sail>."), passage("land", 1, "Carts roll.")
	r := askReply(lang.Printer{}, ask.Answer{
		Question: "What moves?", Outcome: ask.Answered, Text: "Ships sail. Carts roll.",
		Sentences: []review.Sentence{{Text: "Ships sail.", Citations: []article.Ref{a.Ref}},
			{Text: "Carts roll.", Citations: []article.Ref{b.Ref, a.Ref}}},
		Cited:    []article.Passage{a, b},
		Withheld: []review.Withheld{{Text: "Birds fly.", Why: lang.Say("no paragraph says it")}},
		By:       "extract", Notes: []lang.Sentence{lang.Say("The model did not answer.")}, Edition: "e1",
	})
	want := "Ships sail. [About sea ¶2]\nCarts roll. [About land ¶1] [About sea ¶2]\n" +
		"1 sentence was left out: it did not pass the check.\nThe model did not answer.\n"
	if got := commandstest.Text(r); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if r.Nothing || len(r.Actions) != 2 || r.Actions[0].Label != "About sea ¶2" ||
		r.Actions[1].Args["document"] != "land" {
		t.Errorf("actions: %+v", r.Actions)
	}
	wantJSON := `{"question":"What moves?","outcome":"answered","text":"Ships sail. Carts roll.",` +
		`"sentences":[{"text":"Ships sail.","citations":[{"document":"sea","paragraph":2}]},` +
		`{"text":"Carts roll.","citations":[{"document":"land","paragraph":1},{"document":"sea","paragraph":2}]}],` +
		`"citations":[{"document":"sea","paragraph":2,"text":"Ships <sail>."},{"document":"land","paragraph":1,` +
		`"text":"Carts roll."}],` +
		`"withheld":[{"text":"Birds fly.","why":"no paragraph says it"}],"by":"extract","note":"The model did not answer.",` +
		`"nearest":[],"edition":"e1"}`
	if got, err := r.JSON.MarshalJSON(); err != nil || string(got) != wantJSON {
		t.Errorf("JSON %v:\n%s\nwant:\n%s", err, got, wantJSON)
	}
}

func TestAskReplyNotCovered(t *testing.T) {
	r := askReply(lang.Printer{}, ask.Answer{Question: "Why?", Outcome: ask.NotCovered, Text: "The document does not say.",
		By:      "extract",
		Silence: []lang.Sentence{lang.Say("The document does not say.")},
		Nearest: []article.Passage{passage("sea", 2, "Ships sail.")}})
	several := askReply(lang.Printer{}, ask.Answer{Outcome: ask.NotCovered,
		Nearest: []article.Passage{passage("sea", 2, "A."), passage("land", 1, "B.")}})
	if got := commandstest.Text(several); !strings.Contains(got, "Nearest: [sea ¶2] [land ¶1]") {
		t.Errorf("of several documents:\n%s", got)
	}
	if got := commandstest.Text(r); !strings.Contains(got, "does not say") || !strings.Contains(got, "[¶2]") ||
		!r.Nothing {
		t.Errorf("%v:\n%s", r.Nothing, got)
	}
	want := `{"question":"Why?","outcome":"not_covered","text":"The document does not say.",` +
		`"sentences":[],"citations":[],` +
		`"withheld":[],"by":"extract","note":"","nearest":[{"document":"sea","paragraph":2}],"edition":""}`
	if got, err := r.JSON.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("JSON %v:\n%s\nwant:\n%s", err, got, want)
	}
}

func TestAskReplyBoundsActions(t *testing.T) {
	var cited []article.Passage
	for n := range 30 {
		cited = append(cited, passage(strings.Repeat("long", 12), n+1, "Text."))
	}
	r := askReply(lang.Printer{}, ask.Answer{Outcome: ask.Answered, Cited: append(cited, passage("other", 1, "Text."))})
	if len(r.Actions) != commands.MaxActions {
		t.Errorf("%d actions", len(r.Actions))
	}
	for _, a := range r.Actions {
		if len([]rune(a.Label)) > 80 {
			t.Errorf("label of %d characters: %s", len([]rune(a.Label)), a.Label)
		}
	}
}
