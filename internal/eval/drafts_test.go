package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

const pier = `---
title: News of the town
published: 2021-08-02
---

The pier at Lomvik was shut on July 4 after a ferry had struck it. Nobody was hurt.

Repairs may cost 3 million crowns, said Tove Ring, who runs the port. The owner of the ferry has not agreed to pay.

"We will open again before the herring comes," Ring told the council. Two stalls moved to the old station.
`

// pierRecord has an error of each sort that the measures tell apart.
func pierRecord(t testing.TB) string {
	t.Helper()
	corpus, err := article.Load(fstest.MapFS{"pier.md": {Data: []byte(pier)}})
	if err != nil {
		t.Fatal(err)
	}
	type sentence map[string]any
	s := func(text, plain string, cites int, kind string, evidence []int, more ...any) sentence {
		out := sentence{"text": text, "plain": plain, "label": kind == "", "error": nil, "cites": []int{cites},
			"said_by":  []string{},
			"evidence": map[string]any{fmt.Sprint(cites): evidence}}
		if kind != "" {
			out["error"] = kind
		}
		if len(more) > 0 {
			out["twin"] = more[0]
		}
		return out
	}
	draft := func(list ...sentence) map[string]any {
		var texts []string
		for _, s := range list {
			texts = append(texts, s["text"].(string))
		}
		return map[string]any{"draft": strings.Join(texts, " "), "sentences": list}
	}
	shut := s("The pier at Lomvik was shut on July 4 [2].", "The pier at Lomvik was shut on July 4.", 2, "", []int{0, 37})
	record := map[string]any{
		"id": "P1", "folder": "pier", "kind": "why", "question": "Why was the pier at Lomvik shut?", "passages": []any{},
		"honest": draft(shut,
			s("According to Tove Ring, repairs may cost 3 million crowns [1].",
				"According to Tove Ring, repairs may cost 3 million crowns.", 1, "", []int{0, 33})),
		"careless": draft(shut,
			s("According to Tove Ring, repairs will cost 9 million crowns [1].",
				"According to Tove Ring, repairs will cost 9 million crowns.", 1, "wrong_number", []int{0, 33}, 1),
			s("The owner of the ferry has agreed to pay [1].", "The owner of the ferry has agreed to pay.", 1, "negation_lost",
				[]int{68, 117})),
	}
	var passages []any
	for i, n := range []int{2, 1} { // counted in another order than they stand in
		p, _ := corpus.Passage(article.Ref{Slug: "pier", N: n})
		passages = append(passages, map[string]any{"n": i + 1, "document": "News of the town", "sha": paragraphHash(p.Text)})
	}
	record["passages"] = passages
	line, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	return string(line)
}

// draftsConfig asks an engine over the pier alone.
func draftsConfig(t testing.TB, d DraftsConfig) Config {
	c := config(twoDocuments(t))
	d.Documents = func(_, folder string) (*article.Corpus, error) {
		if folder != "pier" {
			return article.Load(os.DirFS(filepath.Join("testdata", "drafts", "docs", folder)))
		}
		return article.Load(fstest.MapFS{"pier.md": {Data: []byte(pier)}})
	}
	d.Open = func(ctx context.Context, corpus *article.Corpus, g rag.Generator, j rag.Judge) (*ask.Engine, error) {
		e, err := ask.New(ask.Config{Load: func() (*article.Corpus, error) { return corpus, nil },
			Embedder: local.NewEmbedder(),
			Index:    chromemindex.New(), Extractor: local.NewExtractor(), Generator: g, Judge: j})
		if err == nil {
			_, err = e.Reload(ctx, nil)
		}
		return e, err
	}
	c.Drafts = d
	return c
}

func TestDrafts(t *testing.T) {
	everyone := []string{JudgeNone, JudgeOracle, JudgeNoisy, JudgeYes, JudgeLiar}
	report, err := Run(t.Context(), draftsConfig(t, DraftsConfig{Judges: everyone, Recorded: true, Signals: true}),
		read(t, pierRecord(t)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]int{
		"none.false-withholding":            {0, 2},
		"none.let-through":                  {0, 2}, // a number that is not there; a negation that is lost
		"none.pairs":                        {1, 1},
		"none.whole":                        {1, 1},
		"none.markers-lost":                 {0, 5},
		"none.citations-moved":              {0, 3},
		"oracle.false-withholding":          {0, 2},
		"oracle.let-through":                {0, 2},
		"yes.let-through":                   {1, 2}, // a guard has the number
		"yes.let-through/wrong_number":      {0, 1},
		"yes.let-through/negation_lost":     {1, 1},
		"liar.false-withholding":            {2, 2},
		"liar.false-withholding/why":        {2, 2},
		"liar.openings-lost":                {1, 1},
		"liar.let-through/negation_lost":    {1, 1},
		"drafts.noisy.let-through":          {0, 2},
		"drafts.noisy.wrong-attributions":   {0, 3},
		"drafts.noisy.orphans":              {0, 3},
		"drafts.noisy.unasked":              {0, 2},
		"drafts.noisy.careless-withholding": {0, 1},
	} {
		found := report.named(name)
		if len(found) != 1 {
			t.Errorf("%s: %d measures of %q", name, len(found), report.names())
			continue
		}
		if got := [2]int{found[0].Count, found[0].Of}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	text := report.Text(true)
	for _, want := range []string{"none            oracle          noisy", "yes: let through, negation_lost",
		"judge    SUPPORTED", "| guard: number | 0 | 1 |", "| guards alone |"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %q:\n%s", want, text)
		}
	}
	if s := report.Groups[0].Signals; s.Odd.True != 2 || s.Odd.False != 2 || s.Even.True != 0 ||
		s.Curve[5] != (CurvePoint{Threshold: 1}) {
		t.Errorf("signals: %+v", s)
	}
	if _, err := report.JSON(true, nil); err != nil {
		t.Errorf("as JSON: %v", err) // infinity has none
	}
}

// TestDraftsOptions: what a passage that was not found does, and what gives it back; and which half is read.
func TestDraftsOptions(t *testing.T) {
	measure := func(d DraftsConfig, name string) Measure {
		t.Helper()
		d.Judges = []string{JudgeOracle}
		c := draftsConfig(t, d)
		open := c.Drafts.Open
		c.Drafts.Open = func(ctx context.Context, corpus *article.Corpus, g rag.Generator, j rag.Judge) (*ask.Engine, error) {
			return open(ctx, corpus, spy{g, d, t}, j)
		}
		report, err := Run(t.Context(), c, read(t, pierRecord(t)))
		if err != nil {
			t.Fatal(err)
		}
		if found := report.named(name); len(found) == 1 {
			return found[0]
		}
		return Measure{}
	}
	if m := measure(DraftsConfig{}, "markers-lost"); m.Of != 5 {
		t.Errorf("a name without the only judge: %+v", m)
	}
	if m := measure(DraftsConfig{}, "oracle.markers-lost"); m.Count != 3 || m.Of != 5 {
		t.Errorf("markers of a paragraph that has nothing of the question: %+v", m)
	}
	if m := measure(DraftsConfig{Recorded: true, Evidence: true}, "oracle.markers-lost"); m.Count != 0 || m.Of != 5 {
		t.Errorf("markers with the recorded paragraphs: %+v", m)
	}
	if m := measure(DraftsConfig{IDs: "odd"}, "oracle.let-through"); m.Of != 2 {
		t.Errorf("the odd half has P1: %+v", m)
	}
	if m := measure(DraftsConfig{IDs: "even"}, "oracle.let-through"); m.Of != 0 {
		t.Errorf("the even half has not: %+v", m)
	}
}

// spy looks at what is replayed.
type spy struct {
	rag.Generator
	config DraftsConfig
	t      *testing.T
}

func (s spy) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	d, err := s.Generator.Generate(ctx, r)
	if got := strings.Contains(d.Text, `: "Repairs may cost 3 million crowns"]`); got != s.config.Evidence {
		s.t.Errorf("evidence in the markers: %t, want %t: %s", got, s.config.Evidence, d.Text)
	}
	return d, err
}

func TestDraftsRefuse(t *testing.T) {
	good := pierRecord(t)
	for _, test := range []struct{ name, old, new, want string }{
		{"folder elsewhere", `"folder":"pier"`, `"folder":"../pier"`, "gold.jsonl:1: folder: want the name"},
		{"no question", `"question":"Why was the pier at Lomvik shut?"`, `"question":" "`,
			"gold.jsonl:1: question: there is none"},
		{"no hash", `"sha":"`, `"sha":"x`, "gold.jsonl:1: passages: want each"},
		{"sentence elsewhere", `"text":"The pier`, `"text":"A pier`, "gold.jsonl:1: honest: sentence 1: text: it does not " +
			"stand in the draft"},
		{"error without a false label", `"error":"wrong_number"`, `"error":""`,
			"gold.jsonl:1: careless: sentence 2: error: a false"},
		{"no such passage", `"cites":[2]`, `"cites":[7]`,
			"gold.jsonl:1: honest: sentence 1: cites: there is no such passage"},
		{"no such twin", `"twin":1`, `"twin":2`, "gold.jsonl:1: careless: sentence 2: twin: there is no such"},
		{"backward span", `[0,37]`, `[37,0]`, "gold.jsonl:1: evidence: want the words"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var g Gold
			err := g.Read("gold.jsonl", strings.NewReader(strings.ReplaceAll(good, test.old, test.new)))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %s…", err, test.want)
			}
		})
	}
	for _, test := range []struct{ name, text, want string }{
		{"another text", strings.Replace(good, `"sha":"`, `"sha":"000000000000","was":"`, 1),
			"gold.jsonl:1: passages: no paragraph in the documents of pier has the hash 000000000000"},
		{"asked twice", good + "\n" + good, "gold.jsonl:2: question: another record of pier asks the same"},
		{"no such folder", strings.Replace(good, `"folder":"pier"`, `"folder":"quay"`, 1), "gold.jsonl:1: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Run(t.Context(), draftsConfig(t, DraftsConfig{}), read(t, test.text))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %s…", err, test.want)
			}
		})
	}
}

// TestFoldDraft holds that sentences are compared as the outside measure compares them: the noisy judge goes by a hash
// of the result.
func TestFoldDraft(t *testing.T) {
	for in, want := range map[string]string{
		"The  pier [2] was “shut” [1: \"on July 4\"].": `the pier was "shut"`,
		"It’s done .":                  "it's done",
		"A, b [1], c [2][3].":          "a, b, c",
		"پل بند تھا [1]۔":              "پل بند تھا",
		"«Ja», sagte sie …":            `"ja", sagte sie …`,
		"3.5 percent of 4,000. Yes. .": "3.5 percent of 4,000. yes",
	} {
		if got := foldDraft(in); got != want {
			t.Errorf("foldDraft(%q) = %q, want %q", in, got, want)
		}
	}
}

// ownDrafts reads the project's own labeled drafts.
func ownDrafts(t testing.TB) *Gold {
	t.Helper()
	var g Gold
	files, err := filepath.Glob("testdata/drafts/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no labeled drafts: %v", err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := g.Read(name, f); err != nil {
			t.Fatal(err)
		}
	}
	return &g
}

// TestOwnDrafts holds that the sets are what they are said to be, as far as a program can tell.
func TestOwnDrafts(t *testing.T) {
	g := ownDrafts(t)
	r := &run{Config: draftsConfig(t, DraftsConfig{})}
	corpora, err := r.corpora(r.draftsOf(g.drafts))
	if err != nil {
		t.Fatal(err)
	}
	ids, kinds, errors := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, d := range g.drafts {
		if ids[d.ID] {
			t.Errorf("%s is there twice", d.ID)
		}
		ids[d.ID], kinds[d.Kind] = true, true
		texts := map[int]string{}
		for _, ref := range d.refs(corpora[d.folder()]) {
			p, _ := corpora[d.folder()].Passage(ref)
			for _, q := range d.Passages {
				if q.Hash == paragraphHash(p.Text) {
					texts[q.N] = squash(p.Text)
				}
			}
		}
		for _, l := range []labeledDraft{d.Honest, d.Careless} {
			for i, s := range l.Sentences {
				errors[s.Error] = true
				for n, e := range l.evidence[i] {
					if !slices.Contains(s.Cites, n) || e.of(texts[n]) == "" {
						t.Errorf("%s: %q: its evidence in passage %d is not there", d.ID, s.Plain, n)
					}
				}
			}
		}
		if slices.ContainsFunc(d.Honest.Sentences, func(s labeledSentence) bool { return !*s.True }) {
			t.Errorf("%s: an honest draft has a false sentence", d.ID)
		}
	}
	if len(ids) < 60 || len(kinds) < 15 || len(errors) < 18 {
		t.Errorf("%d questions of %d kinds with %d kinds of error", len(ids), len(kinds), len(errors)-1)
	}
}
