package review

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
)

// harbor is a document of our own to draft about.
func harbor(t testing.TB) ([]article.Passage, func(string) *premise.Context) {
	t.Helper()
	d, err := article.Parse("harbor.md", []byte(`---
title: The harbor at Vell
published: 2023-05-10
---

The harbor at Vell was closed on May 3 after a crane fell into the basin. Mayor Ines Holt said that nobody was hurt.

Repairs will cost 4.2 million euros, according to the port authority. The insurer has not agreed to pay.

"We will reopen before the herring season," Holt told the town council. Fishermen doubt it.

The fish market moved to the old station, where 36 stalls have opened.
`))
	if err != nil {
		t.Fatal(err)
	}
	c := premise.New(d)
	return d.Passages, func(string) *premise.Context { return c }
}

func TestReview(t *testing.T) {
	passages, contexts := harbor(t)
	tests := []struct {
		name, draft string
		want        []string // kept sentences with their paragraphs
		why         string   // part of the reason of the first that is withheld
	}{
		{"cited and true", "The harbor was closed on May 3 [1].", []string{"The harbor was closed on May 3. ¶1"}, ""},
		{"marker behind the stop", "The harbor was closed on May 3. [1] The market moved to the old station. (¶4)",
			[]string{"The harbor was closed on May 3. ¶1", "The market moved to the old station. ¶4"}, ""},
		{"full-width marker", "The market moved to the old station【4†source】.",
			[]string{"The market moved to the old station. ¶4"}, ""},
		{"wrong paragraph is repaired", "The harbor was closed on May 3 [4].", []string{"The harbor was closed on May 3. ¶1"},
			""},
		{"paragraph that is not there", "Two cranes fell into the sea near Oslo [9].", nil, "cites no paragraph"},
		{"no marker, not supported", "The harbor is the largest in Europe.", nil, "cites no paragraph"},
		{"wrong number", "According to the port authority, repairs will cost 4.7 million euros [2].", nil, "4.7 million"},
		{"invented quotation", `Holt said, "The crane was older than me and twice as tired" [1].`, nil,
			"no paragraph has the words"},
		{"true quotation", `"We will reopen before the herring season," Holt told the council [3].`,
			[]string{`"We will reopen before the herring season," Holt told the council. ¶3`}, ""},
		{"quotation of somebody else", `"We will reopen before the herring season," the insurer said [3].`, nil, "insurer"},
		{"negation dropped", "The insurer has agreed to pay [2].", nil, "not"},
		{"negation put in", "Repairs will not cost 4.2 million euros, according to the port authority [2].", nil, "4.2"},
		{"said twice", "The market moved to the old station [4]. The market moved to the old station [4].",
			[]string{"The market moved to the old station. ¶4"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got, why []string
			for _, p := range newReview(rag.Draft{Text: tt.draft}, rag.Request{Passages: passages}, contexts).parts {
				if !p.passed() {
					why = append(why, p.why.String())
					continue
				}
				line := p.text
				for _, n := range p.cites {
					line += " " + strings.TrimPrefix(passages[n].Ref.String(), "harbor ")
				}
				got = append(got, line)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("passed %q, want %q (the others: %q)", got, tt.want, why)
			}
			if tt.want == nil && len(why) == 0 {
				t.Fatal("everything passed")
			}
			if tt.why != "" && (len(why) == 0 || !strings.Contains(why[0], tt.why)) {
				t.Errorf("because %q, want something about %q", why, tt.why)
			}
		})
	}
}

// FuzzReview holds that nothing passes with a citation out of range or a quotation that is not in the text, whatever a
// judge says.
func FuzzReview(f *testing.F) {
	passages, contexts := harbor(f)
	for _, s := range []string{"The harbor was closed [1].", `Holt said "We will reopen" [3].`,
		`Hafen und die [1: "crane"]`, "[0][999]", "“reopen before” [3]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, draft string) {
		v := newReview(rag.Draft{Text: draft}, rag.Request{Passages: passages}, contexts)
		open := v.open()
		opinions := make([]rag.Opinion, len(open))
		for i := range opinions {
			opinions[i].Code = claim.CodeSupported
		}
		v.hear(open, opinions)
		for _, p := range v.parts {
			if !p.passed() {
				continue
			}
			if len(p.cites) == 0 {
				t.Fatalf("%q passes without a citation", p.text)
			}
			for _, n := range p.cites {
				if n < 0 || n >= len(passages) {
					t.Fatalf("%q cites %d", p.text, n)
				}
			}
			if _, why := attribution.CutQuotations(p.text, passages); !why.None() {
				t.Fatalf("%q passes: %s", p.text, why)
			}
		}
	})
}

// TestVerify holds what the documents' own sentences are: letter for letter, in the passage that is cited.
func TestVerify(t *testing.T) {
	passages, _ := harbor(t)
	const own = "Mayor Ines Holt said that nobody was hurt."
	for _, tt := range []struct {
		text  string
		cites []int
		kept  bool
	}{
		{own, []int{1}, true}, {own, []int{4, 1}, true}, {own, []int{2}, false}, {own, []int{0, 9}, false}, {own, nil, false},
		{"Mayor Ines Holt said that nobody was hurt", []int{1}, false}, {"nobody was hurt.", []int{1}, false},
	} {
		kept, withheld := Verify(rag.Draft{Sentences: []rag.Drafted{{Text: tt.text, Cites: tt.cites}}}, passages)
		if len(kept) == 1 != tt.kept || len(withheld) == 1 == tt.kept {
			t.Errorf("%q %v: kept %v, withheld %v", tt.text, tt.cites, kept, withheld)
		}
	}
}

// BenchmarkReview is our own time for an answer: what is done beside the models' calls.
func BenchmarkReview(b *testing.B) {
	passages, contexts := harbor(b)
	for len(passages) < 8 {
		passages = append(passages, passages[:min(4, 8-len(passages))]...)
	}
	draft := rag.Draft{Text: "The harbor was closed on May 3 [1]. Repairs will cost 4.2 million euros, according to the " +
		"port authority [2]. " +
		"The insurer has not agreed to pay [2]. The fish market moved to the old station [4]. The mayor resigned on " +
		"Friday [1]."}
	for b.Loop() {
		newReview(draft, rag.Request{Passages: passages}, contexts)
	}
}
