package local

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/prompt"
)

const quarry = `---
title: The quarry at Stenby
published: 2024-06-03
---

The quarry at Stenby may reopen in 2026, the county said on May 30. Director Lena Falk asked for a permit in April.

Neighbors of the quarry fear the dust. "Our wells ran dry the last time," said Oskar Lind, who farms beside the road.

The quarry employed 84 people until 2011. It was closed because the price of slate had fallen.

A new owner of the quarry, the Danish firm Kvist, wants to hire 60 people. The firm has not bought the access road.
`

// writer is a chat model that says what it is told to: a draft, a judgment of each sentence, and a rewrite.
type writer struct {
	draft   string
	codes   map[string]claim.Code // by a word of the sentence; all others are supported
	again   map[string]string     // rewrites by a word of the sentence, with their markers
	calls   []string
	prompts []string
}

func (w *writer) Generate(_ context.Context, r rag.Request) (rag.Draft, error) {
	w.calls = append(w.calls, "write")
	_, user := prompt.ForDraft(r)
	w.prompts = append(w.prompts, user)
	if w.draft == prompt.NotCovered {
		return rag.Draft{NotCovered: true, By: "m"}, nil
	}
	return rag.Draft{Text: w.at(r, w.draft), By: "m"}, nil
}

// at puts the numbers of passages in the places of words of theirs: [wells] is the passage that has "wells".
func (w *writer) at(r rag.Request, draft string) string {
	for i, p := range r.Passages {
		for _, word := range []string{"county", "wells", "slate", "Kvist"} {
			if strings.Contains(p.Text, word) {
				draft = strings.ReplaceAll(draft, "["+word, "["+string(rune('1'+i)))
			}
		}
	}
	return draft
}

func (w *writer) judge(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
	w.calls = append(w.calls, "judge")
	out := make([]rag.Opinion, len(c.Sentences))
	for i, s := range c.Sentences {
		out[i].Code = claim.CodeSupported
		for word, code := range w.codes {
			if strings.Contains(s.Text, word) {
				out[i].Code = code
			}
		}
	}
	return out, nil
}

func (w *writer) repair(_ context.Context, r rag.Request, faults []rag.Fault) ([]rag.Drafted, error) {
	w.calls = append(w.calls, "repair")
	var text strings.Builder
	for i, f := range faults {
		for word, again := range w.again {
			if strings.Contains(f.Text, word) {
				text.WriteString(string(rune('1'+i)) + ": " + w.at(r, again) + "\n")
			}
		}
	}
	return prompt.ParseRepair(text.String(), len(faults)), nil
}

func reviewed(t testing.TB, w *writer, judge rag.Judge) *ask.Engine {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "quarry.md"), []byte(quarry), 0o600); err != nil {
		t.Fatal(err)
	}
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) },
		Embedder: NewEmbedder(), Index: chromemindex.New(), Extractor: NewExtractor(), Generator: w, Judge: judge,
		Repair: w.repair,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestReviewedAnswer follows drafts through judge, rewrite and what stands in their place.
func TestReviewedAnswer(t *testing.T) {
	const (
		may   = `The quarry may reopen in 2026, according to the county [county: "may reopen in 2026"].`
		road  = `The firm owns the access road [Kvist].`
		sixty = `The Danish firm Kvist wants to hire 60 people [Kvist: "wants to hire 60 people"].`
	)
	for _, tt := range []struct {
		name     string
		writer   writer
		question string
		want     []string
		withheld int
		replaced int
		calls    string
	}{
		{
			name: "clean", writer: writer{draft: may + " " + sixty}, withheld: 0, calls: "write judge",
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"The Danish firm Kvist wants to hire 60 people."},
		},
		{
			name: "mended", calls: "write judge repair judge",
			writer: writer{
				draft: strings.Replace(may, "may reopen in 2026, according", "will reopen in 2026, according", 1) + " " + sixty,
				codes: map[string]claim.Code{"will reopen": claim.CodeStronger}, again: map[string]string{"will reopen": may},
			},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"The Danish firm Kvist wants to hire 60 people."},
		},
		{
			name: "not mended, in the document's own words", calls: "write judge repair", withheld: 1, replaced: 1,
			writer: writer{draft: may + " " + strings.Replace(sixty, "wants to hire", "has hired", 1),
				codes: map[string]claim.Code{"has hired": claim.CodeStronger}},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"A new owner of the quarry, the Danish firm Kvist, wants to hire 60 people."},
		},
		{
			name: "mended worse", calls: "write judge repair judge", withheld: 1, replaced: 1,
			writer: writer{
				draft: may + " " + strings.Replace(sixty, "wants to hire", "has hired", 1),
				codes: map[string]claim.Code{"has hired": claim.CodeStronger},
				again: map[string]string{"has hired": `By now the Danish firm Kvist has hired 60 people [Kvist].`},
			},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"A new owner of the quarry, the Danish firm Kvist, wants to hire 60 people."},
		},
		{
			name: "a rewrite that a guard forbids", calls: "write judge repair", withheld: 1, replaced: 1,
			writer: writer{
				draft: may + " " + strings.Replace(sixty, "wants to hire", "has hired", 1),
				codes: map[string]claim.Code{"has hired": claim.CodeStronger},
				again: map[string]string{"has hired": `The Danish firm Kvist wants to hire 600 people [Kvist].`},
			},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"A new owner of the quarry, the Danish firm Kvist, wants to hire 60 people."},
		},
		{
			name: "what cannot be mended is not asked for", calls: "write judge", withheld: 1,
			writer: writer{draft: may + ` Otters live in the flooded pit [slate].`,
				codes: map[string]claim.Code{"Otters": claim.CodeNotInText}},
			want: []string{"The quarry may reopen in 2026, according to the county."},
		},
		{
			name: "what leans on it goes with it", calls: "write judge repair", withheld: 2,
			writer: writer{
				draft: may + ` The otters of the pit are a protected species [slate]. They also live beside the road [wells].`,
				codes: map[string]claim.Code{"protected": claim.CodeNotInText},
			},
			want: []string{"The quarry may reopen in 2026, according to the county."},
		},
		{
			name: "what leans is given its antecedent", calls: "write judge repair judge", withheld: 1,
			writer: writer{
				draft: may + ` Otters live in the flooded pit [slate]. It also wants to hire 60 people [Kvist].`,
				codes: map[string]claim.Code{"Otters": claim.CodeNotInText}, again: map[string]string{"It also": sixty},
			},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"The Danish firm Kvist wants to hire 60 people."},
		},
		{
			name: "the opening is extracted", question: "Why was the quarry closed?", calls: "write judge repair", withheld: 1,
			replaced: 1,
			writer: writer{
				draft: `Otters had moved into the pit [slate]. The neighbors fear the dust [wells: "fear the dust"].`,
				codes: map[string]claim.Code{"Otters": claim.CodeNotInText},
			},
			want: []string{"The quarry employed 84 people until 2011.", "It was closed because the price of slate had fallen.",
				"The neighbors fear the dust."},
		},
		{
			name: "a guard is told to the writer, too", calls: "write judge repair judge",
			writer: writer{
				draft: strings.Replace(may, "in 2026,", "in 2027,", 1) + " " + sixty, again: map[string]string{"2027": may},
			},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"The Danish firm Kvist wants to hire 60 people."},
		},
		{
			name: "off the question", calls: "write judge", withheld: 1,
			writer: writer{draft: may + " " + sixty, codes: map[string]claim.Code{"Kvist": claim.CodeOffQuestion}},
			want:   []string{"The quarry may reopen in 2026, according to the county."},
		},
		{
			name: "a sentence that denies", calls: "write judge", withheld: 1, replaced: 1,
			writer: writer{draft: may + " " + road, codes: map[string]claim.Code{"owns": claim.CodeNegation}},
			want: []string{"The quarry may reopen in 2026, according to the county.",
				"The firm has not bought the access road."},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := tt.writer
			question := tt.question
			if question == "" {
				question = "When may the quarry at Stenby reopen?"
			}
			a, err := reviewed(t, &w, w.judge).Ask(t.Context(), ask.Query{Text: question})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range a.Sentences {
				got = append(got, s.Text)
				if len(s.Citations) == 0 {
					t.Errorf("%q has no citation", s.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("shown %q\nwant  %q\n%+v", got, tt.want, a.Withheld)
			}
			if calls := strings.Join(w.calls, " "); calls != tt.calls {
				t.Errorf("the calls are %q, want %q", calls, tt.calls)
			}
			if len(a.Withheld) != tt.withheld || a.Replaced != tt.replaced {
				t.Errorf("withheld %d, replaced %d; want %d and %d", len(a.Withheld), a.Replaced, tt.withheld, tt.replaced)
			}
			if len(a.Explained) == 0 || a.Outcome != ask.Answered {
				t.Errorf("%v, explained %v", a.Outcome, a.Explained)
			}
		})
	}
}

// Where nothing of a draft survives, the documents answer for the question, not for what the model said.
func TestNothingSurvives(t *testing.T) {
	w := &writer{
		draft: `The firm Kvist has bought the access road [Kvist: "has not bought the access road"].`,
		codes: map[string]claim.Code{"Kvist": claim.CodeNegation},
	}
	a, err := reviewed(t, w, w.judge).Ask(t.Context(), ask.Query{Text: "Why was the quarry closed?"})
	if err != nil {
		t.Fatal(err)
	}
	if a.By != ExtractName || !strings.Contains(a.Text, "slate") || len(a.Notes) == 0 {
		t.Errorf("by %q: %q %v", a.By, a.Text, a.Notes)
	}
}

// A judge that lies, is away or says nothing is never worse than none, and there is one ending.
func TestJudgeOfAnyKind(t *testing.T) {
	const draft = `The quarry will reopen in 2027 [county]. Lena Falk said "we will win" [county]. Neighbors fear the ` +
		`dust [wells].`
	none := &writer{draft: draft}
	want, err := reviewed(t, none, nil).Ask(t.Context(), ask.Query{Text: "What do the neighbors of the quarry fear?"})
	if err != nil {
		t.Fatal(err)
	}
	for name, judge := range map[string]rag.Judge{
		"away": func(context.Context, rag.Case) ([]rag.Opinion, error) { return nil, errors.New("away") },
		"no opinion": func(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
			return make([]rag.Opinion, len(c.Sentences)), nil
		},
		"too few": func(context.Context, rag.Case) ([]rag.Opinion, error) { return nil, nil },
		"another word": func(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
			return prompt.ParseJudgment("All is well.", len(c.Sentences)), nil
		},
		"not used": func(context.Context, rag.Case) ([]rag.Opinion, error) { return nil, rag.ErrNoJudgment },
	} {
		a, err := reviewed(t, &writer{draft: draft}, judge).Ask(t.Context(), ask.Query{Text: want.Question})
		if err != nil || a.Text != want.Text || a.Outcome != want.Outcome {
			t.Errorf("%s: %v %q, without a judge %q", name, err, a.Text, want.Text)
		}
	}
	yes := func(_ context.Context, c rag.Case) ([]rag.Opinion, error) {
		out := make([]rag.Opinion, len(c.Sentences))
		for i := range out {
			out[i].Code = claim.CodeSupported
		}
		return out, nil
	}
	a, err := reviewed(t, &writer{draft: draft}, yes).Ask(t.Context(), ask.Query{Text: want.Question})
	if err != nil || strings.Contains(a.Text, "2027") || strings.Contains(a.Text, "win") {
		t.Errorf("a judge that says yes to all: %v %q", err, a.Text)
	}
}

// What the writer is given is what a reader has: the order of the text, its day, and who speaks where no name stands.
func TestWriterIsGiven(t *testing.T) {
	w := &writer{draft: prompt.NotCovered}
	if _, err := reviewed(t, w, nil).Ask(t.Context(), ask.Query{Text: "Who wants to hire people at the quarry, and why " +
		"was it closed?"}); err != nil {
		t.Fatal(err)
	}
	prompt := w.prompts[0]
	if !strings.Contains(prompt, "document: The quarry at Stenby (2024-06-03)") {
		t.Errorf("no day of publication:\n%s", prompt)
	}
	if slate, kvist := strings.Index(prompt, "price of slate"),
		strings.Index(prompt, "Kvist"); slate < 0 || kvist < slate {
		t.Errorf("the passages are not in the order of the text:\n%s", prompt)
	}
}

// A short question in another language reaches the model, which knows what it is.
func TestForeignQuestionReachesTheModel(t *testing.T) {
	for question, asked := range map[string]bool{
		"Wer will Leute einstellen?": true, "Warum geschlossen?": true, "کان کیوں بند ہوئی؟": true, "¿Cuándo reabre?": true,
		"Quand rouvre-t-elle?": true,
		"What is the capital of France and who is the president there?": false,
	} {
		w := &writer{draft: prompt.NotCovered}
		if _, err := reviewed(t, w, nil).Ask(t.Context(), ask.Query{Text: question}); err != nil {
			t.Fatal(err)
		}
		if got := len(w.calls) > 0; got != asked {
			t.Errorf("%q: the model was asked: %t, want %t", question, got, asked)
		}
	}
}
