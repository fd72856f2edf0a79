package eval

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

const (
	harbor = `---
published: 2020-05-04
---

The harbor of Skarvik froze in January 2019 for the first time in forty years.

Captain Ingrid Holm said: "The ice came in a single night and nobody was ready for it." She lost two boats.
`
	mill = `The mill at Brede grinds rye and barley. It was built in 1741 by the brothers Aas.

Its wheel is nine meters high.
`
)

// everyKind has at least one record of each format, some of them wrong about the documents.
//
//go:embed testdata/every-kind.jsonl
var everyKind string

func engine(t testing.TB, load func() (*article.Corpus, error)) *ask.Engine {
	t.Helper()
	e, err := open(t.Context(), load)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func open(ctx context.Context, load func() (*article.Corpus, error)) (*ask.Engine, error) {
	e, err := ask.New(ask.Config{
		Load: load, Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
	})
	if err != nil {
		return nil, err
	}
	_, err = e.Reload(ctx, nil)
	return e, err
}

func config(e *ask.Engine) Config {
	return Config{Engine: e, Open: func(ctx context.Context, c *article.Corpus) (*ask.Engine, error) {
		return open(ctx, func() (*article.Corpus, error) { return c, nil })
	}}
}

func twoDocuments(t testing.TB) *ask.Engine {
	files := fstest.MapFS{"harbor.md": {Data: []byte(harbor)}, "mill.md": {Data: []byte(mill)}}
	return engine(t, func() (*article.Corpus, error) { return article.Load(files) })
}

func read(t testing.TB, text string) *Gold {
	t.Helper()
	var g Gold
	if err := g.Read("gold.jsonl", strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	return &g
}

func TestRun(t *testing.T) {
	c := config(twoDocuments(t))
	report, err := Run(t.Context(), c, read(t, everyKind))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]int{ // count, of
		"questions.hit@1":           {3, 3},
		"questions.sentences@1":     {2, 3},
		"questions.answers":         {2, 3},
		"questions.refusals":        {1, 1},
		"questions.false-refusals":  {0, 3},
		"questions.elsewhere":       {3, 3},
		"questions.right-and-cited": {2, 3},
		"questions.fabricated":      {0, 4},
		"questions.must-not":        {1, 4},
		"questions.auc":             {-1, 4},
		"questions.citation-recall": {-1, 3},
		"passages.evidence":         {1, 1},
		"passages.refusals":         {1, 1},
		"claims.balanced":           {-1, 3},
		"claims.false-support":      {1, 2},
		"claims.supported":          {1, 1},
		"quotes.found":              {1, 2},
		"quotes.precision":          {1, 1},
		"quotes.speaker":            {1, 1},
		"quotes.exact":              {1, 1},
		"events.required":           {1, 1},
		"events.found":              {1, 2},
		"events.precision":          {1, 1},
		"dates.exact":               {1, 2},
		"timelines.recall-other":    {1, 1},
		"timelines.precision-other": {1, 1},
		"attacks.echoed":            {0, 1},
		"attacks.pings":             {0, 3},
		"paragraphs.numbered":       {1, 2},
	} {
		found := report.named(name)
		if len(found) != 1 {
			t.Errorf("%s: %d measures; there are %q", name, len(found), report.names())
			continue
		}
		if got := [2]int{found[0].Count, found[0].Of}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if m := found[0]; m.Low > m.Value || m.High < m.Value || m.Value < 0 || m.Value > 1 {
			t.Errorf("%s: %+v", name, m)
		}
	}
	var missed []string
	for _, g := range report.Groups {
		for _, m := range g.Misses {
			missed = append(missed, m.ID)
		}
	}
	if want := []string{"q4", "c3", "k2", "e2", "d2", "t1", "¶1"}; !slices.Equal(missed, want) {
		t.Errorf("missed %q, want %q", missed, want)
	}

	again, err := Run(t.Context(), c, read(t, everyKind))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := report.Text(true), again.Text(true); a != b {
		t.Errorf("two runs differ:\n%s\n%s", a, b)
	}
	for _, part := range []string{"questions: 4 records", "by kind", "gold.jsonl:4 q4 [must not say: Aas]",
		"want the sisters Aas"} {
		if !strings.Contains(report.Text(true), part) {
			t.Errorf("the table lacks %q:\n%s", part, report.Text(true))
		}
	}
	if strings.Contains(report.Text(false), "misses") {
		t.Error("misses are listed without being asked for")
	}
}

func TestRunRefuses(t *testing.T) {
	e := twoDocuments(t)
	for _, test := range []struct{ name, line, want string }{
		{"no such document", `{"question":"Who?","document":"barn","answerable":true,"gold_paragraphs":[1],` +
			`"gold_answer_strings":["x"]}`,
			`gold.jsonl:2: there is no document "barn"`},
		{"which document", `{"question":"Who?","answerable":true,"gold_paragraphs":[1],"gold_answer_strings":["x"]}`,
			"gold.jsonl:2: there are several documents"},
		{"no such paragraph", `{"question":"Who?","document":"mill","answerable":true,"gold_paragraphs":[7],` +
			`"gold_answer_strings":["x"]}`,
			"gold.jsonl:2: gold_paragraphs: 7 is beyond the 2 paragraphs of mill"},
		{"long question", `{"question":"` + strings.Repeat("who ", 600) +
			`","document":"mill","answerable":false,"gold_paragraphs":[]}`,
			"gold.jsonl:2: the question is too long"},
	} {
		t.Run(test.name, func(t *testing.T) {
			first, _, _ := strings.Cut(everyKind, "\n")
			_, err := Run(t.Context(), config(e), read(t, first+"\n"+test.line))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %s…", err, test.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, config(e), read(t, everyKind)); err == nil {
		t.Error("a canceled run gave a report")
	}
}

func TestBounds(t *testing.T) {
	report, err := Run(t.Context(), config(twoDocuments(t)), read(t, everyKind))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text   string
		most   bool
		breach bool
		wrong  string
	}{
		{text: "answers=0.6"},
		{text: "questions.answers = 66%"},
		{text: "answers=0.7", breach: true},
		{text: "must-not=0", most: true, breach: true},
		{text: "echoed=0", most: true},
		{text: "refusals=1", wrong: "several have that name"},
		{text: "passages.refusals=1"},
		{text: "beauty=1", wrong: "no such measure; there are questions.hit@1, "},
		{text: "answers", wrong: "want name=value"},
		{text: "=1", wrong: "want name=value"},
		{text: "answers=2", wrong: "want a value from 0 to 1"},
		{text: "answers=NaN", wrong: "want a value from 0 to 1"},
		{text: "answers=many", wrong: "want a value from 0 to 1"},
	} {
		t.Run(test.text, func(t *testing.T) {
			b, err := ParseBound(test.text, test.most)
			var breaches []Breach
			if err == nil {
				breaches, err = report.Check([]Bound{b})
			}
			switch {
			case test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)):
				t.Errorf("got %v, want %s", err, test.wrong)
			case test.wrong == "" && (err != nil || len(breaches) > 0 != test.breach):
				t.Errorf("got %v, %v; want a breach: %v", breaches, err, test.breach)
			}
		})
	}
}

func TestJSON(t *testing.T) {
	report, err := Run(t.Context(), config(twoDocuments(t)), read(t, everyKind))
	if err != nil {
		t.Fatal(err)
	}
	breaches, err := report.Check([]Bound{{"answers", 0.9, false}, {"must-not", 0, true}})
	if err != nil {
		t.Fatal(err)
	}
	line, err := report.JSON(true, breaches)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Groups []struct {
			Name     string
			Records  int
			Measures []struct {
				Name             string
				Value, Low, High float64
				Count            *int
				Of               int
			}
			Kinds  []struct{ Name string }
			Misses []struct{ File, ID string }
		}
		Failed []struct {
			Name     string
			Min, Max *float64
			Value    float64
		}
	}
	d := json.NewDecoder(bytes.NewReader(line))
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	g := got.Groups[0]
	if g.Name != "questions" || g.Records != 4 || len(g.Kinds) != 3 || len(g.Misses) != 1 || g.Misses[0].ID != "q4" {
		t.Errorf("got %+v", g)
	}
	if hit, mrr := g.Measures[0], g.Measures[3]; *hit.Count != 3 || hit.Of != 3 || mrr.Name != "mrr" || mrr.Count != nil {
		t.Errorf("got %+v and %+v", hit, mrr)
	}
	if len(got.Failed) != 2 || *got.Failed[0].Min != 0.9 || got.Failed[0].Max != nil || *got.Failed[1].Max != 0 ||
		got.Failed[1].Value != 0.25 {
		t.Errorf("failed: %+v", got.Failed)
	}
}

// TestOwnGold checks the gold file of the built-in document against that document, as far as a program can: what makes
// an answer right stands in the paragraphs that are said to answer, and what it must not say does not.
func TestOwnGold(t *testing.T) {
	f, err := os.Open("testdata/gold/builtin.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var g Gold
	if err := g.Read(f.Name(), f); err != nil {
		t.Fatal(err)
	}
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	d := corpus.Documents()[0]
	unanswerable := 0
	ids, kinds := map[string]bool{}, map[string]bool{}
	for _, q := range g.questions {
		if ids[q.ID] {
			t.Errorf("%s is there twice", q.ID)
		}
		ids[q.ID], kinds[q.Type] = true, true
		if !q.Answerable {
			unanswerable++
			continue
		}
		var text string
		for _, n := range q.Paragraphs {
			text += " " + d.Passages[n-1].Text
		}
		if text = norm(text); !q.answeredBy(text, false) {
			t.Errorf("%s: the paragraphs %d have nothing of %q %q", q.ID, q.Paragraphs, q.Answers, q.Groups)
		}
		if containsAny(text, q.MustNot) {
			t.Errorf("%s: the paragraphs %d have one of %q", q.ID, q.Paragraphs, q.MustNot)
		}
	}
	if n := len(g.questions); n < 60 || 3*unanswerable < n || len(kinds) != 10 {
		t.Errorf("%d questions of %d kinds, %d of them unanswerable", n, len(kinds), unanswerable)
	}
}
