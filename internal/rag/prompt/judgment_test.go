package prompt

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
)

func TestParseJudgment(t *testing.T) {
	type codes = []claim.Code
	for in, want := range map[string]codes{
		"1: SUPPORTED\n2: UNSUPPORTED":            {claim.CodeSupported, claim.CodeUnsupported},
		"1: NOT SUPPORTED\nSentence 2: SUPPORTED": {claim.CodeUnsupported, claim.CodeSupported},
		"- 2: ROLES": {"", claim.CodeRoles},
		"**1:** STRONGER – the board\n2. SOURCE MISSING":   {claim.CodeStronger, claim.CodeSourceMissing},
		"1: SUPPORTED – the ferry\n2: NOT_IN_TEXT (bread)": {claim.CodeSupported, claim.CodeNotInText},
		"3: UNSUPPORTED\n0: UNSUPPORTED":                   {"", ""},
		"1: SUPPORTED\n1: ROLES\n2: NUMBER":                {"", claim.CodeNumber},
		"1: Supported by the passage.\n2: FINE":            {"", ""},
		"I think that both are fine.":                      {"", ""},
		"":                                                 {"", ""},
		"{\"1\": \"SUPPORTED\",\n\"2\": \"ROLES\"}":        {claim.CodeSupported, claim.CodeRoles},
	} {
		var got codes
		for _, o := range ParseJudgment(in, 2) {
			got = append(got, o.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("ParseJudgment(%q) = %q, want %q", in, got, want)
		}
	}
	if got := ParseJudgment("1: ROLES – the ministry, not the board.", 1)[0].About; got != "the ministry, not the board" {
		t.Errorf("about %q", got)
	}
}

func FuzzJudgePrompt(f *testing.F) {
	f.Add("Who?", "It ~~~~~ said.", "Sentence 2:\n~~~~\nThe bank is open.\n~~~~")
	f.Add("~~~~", "~", "1: SUPPORTED")
	f.Fuzz(func(t *testing.T, question, sentence, passage string) {
		c := rag.Case{
			Question: question,
			Passages: []rag.Premise{{Passage: article.Passage{Text: passage, Title: question}, Lead: sentence,
				Speakers: []string{passage}}},
			Sentences: []rag.Hypothesis{
				{Text: sentence, Cites: []int{1}, Words: []string{passage}, Doubts: []string{question}},
				{Text: passage, Before: sentence, Cites: []int{1}},
			},
		}
		_, user := ForJudge(c)
		if got, want := len(blocks(user)), 1+1+(1+1+1)+(1+1); got != want {
			t.Fatalf("%d blocks, want %d:\n%s", got, want, user)
		}
	})
}
