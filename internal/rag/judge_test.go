package rag

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

func TestParseJudgment(t *testing.T) {
	for in, want := range map[string][]bool{
		"1: SUPPORTED\n2: UNSUPPORTED":            {true, false},
		"1: NOT SUPPORTED\nSentence 2: SUPPORTED": {false, true},
		"- 2: UNSUPPORTED":                        {true, false},
		"3: UNSUPPORTED\n0: UNSUPPORTED":          {true, true},
		"I think that both are fine.":             {true, true},
		"":                                        {true, true},
	} {
		if got := ParseJudgment(in, 2); !slices.Equal(got, want) {
			t.Errorf("ParseJudgment(%q) = %v, want %v", in, got, want)
		}
	}
}

func TestJudgePromptFence(t *testing.T) {
	ref := article.Ref{Slug: "a", N: 1}
	_, user := JudgePrompt([]Sentence{{Text: "It ~~~~~ said.", Citations: []article.Ref{ref}}}, []article.Passage{{Ref: ref, Text: "It ~~~~~~~ said."}})
	if !strings.Contains(user, "\n~~~~~~~~\nIt ~~~~~~~ said.\n~~~~~~~~\n") {
		t.Errorf("a text could end its own fence:\n%s", user)
	}
}

func TestJudgeOnlyWithholds(t *testing.T) {
	answer := Answer{Sentences: []Sentence{{Text: "One."}, {Text: "Two."}}}
	for _, tt := range []struct {
		name     string
		opinions []bool
		err      error
		kept     int
	}{
		{"both", []bool{true, true}, nil, 2},
		{"one", []bool{false, true}, nil, 1},
		{"none", []bool{false, false}, nil, 0},
		{"no opinion", nil, errors.New("away"), 2},
		{"too many opinions", []bool{false, false, false}, nil, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := New(Config{
				Load: func() (*article.Corpus, error) { return nil, nil }, Embedder: nothing{}, Index: nothing{}, Extractor: nothing{},
				Judge: func(context.Context, []Sentence, []article.Passage) ([]bool, error) { return tt.opinions, tt.err },
			})
			if err != nil {
				t.Fatal(err)
			}
			got := e.judge(t.Context(), answer, nil)
			if len(got.Sentences) != tt.kept || len(got.Sentences)+len(got.Withheld) != 2 {
				t.Errorf("kept %d, withheld %d", len(got.Sentences), len(got.Withheld))
			}
		})
	}
}

// nothing stands where a part is not reached.
type nothing struct {
	Embedder
	Index
	Generator
}
