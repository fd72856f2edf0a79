package static

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

// shared opens the folder of measuring data, which is not part of the repository.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	dir := os.Getenv("PILCROW_SHARED")
	if dir == "" {
		t.Skip("PILCROW_SHARED is not set: no measuring data here")
	}
	return filepath.Join(append([]string{dir}, path...)...)
}

func measure(t *testing.T, name string, corpus *article.Corpus, questions []gold,
	documents func(gold) []string) (shares [3][3]float64) {
	t.Helper()
	for i, way := range ways {
		e := engine(t, corpus, way.meaning)
		var h hits
		for _, q := range questions {
			h.ask(t, e, q, documents(q))
		}
		shares[i] = h.share(len(questions))
		t.Logf("%-22s %4d questions, %-11s within 1, 3, 5: %.3f", name, len(questions), way.name, shares[i])
	}
	return shares
}

// TestMeasureOtherWords asks what other people asked in other words than the paragraph's, each of its document.
func TestMeasureOtherWords(t *testing.T) {
	questions := golds(t, shared(t, "data", "paraphrase.dev.jsonl"))
	var documents []article.Document
	for _, dir := range []string{shared(t, "articles", "dated"), filepath.Join("..", "..", "docs"),
		shared(t, "data", "squad", "docs")} {
		documents = append(documents, load(t, dir).Documents()...)
	}
	corpus, err := article.NewCorpus(documents...)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range questions {
		for _, n := range q.Paragraphs {
			if _, ok := corpus.Passage(article.Ref{Slug: q.Document, N: n}); !ok {
				t.Fatalf("%s: no paragraph %s ¶%d", q.ID, q.Document, n)
			}
		}
	}
	measure(t, "paraphrase.dev", corpus, questions, func(q gold) []string { return []string{q.Document} })
}

// TestMeasureSQuAD asks every third question, all with PILCROW_ALL.
func TestMeasureSQuAD(t *testing.T) {
	corpus := load(t, shared(t, "data", "squad", "docs"))
	var questions []gold
	for i, q := range golds(t, shared(t, "data", "squad", "questions.jsonl")) {
		if q.Question = q.Text; q.Answerable && (i%3 == 0 || os.Getenv("PILCROW_ALL") != "") {
			questions = append(questions, q)
		}
	}
	measure(t, "SQuAD, its article", corpus, questions, func(q gold) []string { return []string{q.Document} })
	measure(t, "SQuAD, all articles", corpus, questions, func(gold) []string { return nil })
}

// TestMeasureClapNQ asks what all passages answer.
func TestMeasureClapNQ(t *testing.T) {
	corpus, questions := clapNQ(t)
	measure(t, "ClapNQ, all passages", corpus, questions, func(gold) []string { return nil })
}

// clapNQ puts the passages that answer into one pool, the title of each as its document's.
func clapNQ(t *testing.T) (*article.Corpus, []gold) {
	t.Helper()
	f, err := os.Open(shared(t, "data", "qa_clapnq.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var documents []article.Document
	var questions []gold
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r struct {
			ID, Question, Title, Passage string
			Answerable                   bool
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		if !r.Answerable {
			continue
		}
		documents = append(documents, article.Document{Slug: r.ID, Title: r.Title, Path: r.ID + ".txt",
			Passages: []article.Passage{
				{Ref: article.Ref{Slug: r.ID, N: 1}, Title: r.Title, Text: r.Passage},
			}})
		questions = append(questions, gold{ID: r.ID, Document: r.ID, Question: r.Question, Paragraphs: []int{1}})
	}
	corpus, err := article.NewCorpus(documents...)
	if err != nil {
		t.Fatal(err)
	}
	return corpus, questions
}

// TestMeasureSome asks one pool through an index that compares all, and through one that compares what is needed alone:
// with the share that the table has, with that of a model of sentences, and with the vectors alone.
func TestMeasureSome(t *testing.T) {
	pool := load(t, shared(t, "data", "squad", "docs")).Documents()
	passages, clap := clapNQ(t)
	corpus, err := article.NewCorpus(append(slices.Clone(pool), passages.Documents()...)...)
	if err != nil {
		t.Fatal(err)
	}
	var squad []gold
	for i, q := range golds(t, shared(t, "data", "squad", "questions.jsonl")) {
		if q.Question = q.Text; q.Answerable && i%6 == 0 {
			squad = append(squad, q)
		}
	}
	const apart = 0.005 // of the shares, at most
	for _, meaning := range []rag.Meaning{rag.StaticTable(), rag.SentenceModel(), {Weight: 1}} {
		all, some := engineOver(t, corpus, meaning, flatindex.New()),
			engineOver(t, corpus, meaning, ragtest.Some{Index: flatindex.New()})
		for name, questions := range map[string][]gold{"SQuAD": squad, "ClapNQ": clap} {
			var ofAll, ofSome hits
			for _, q := range questions {
				ofAll.ask(t, all, q, nil)
				ofSome.ask(t, some, q, nil)
			}
			a, b := ofAll.share(len(questions)), ofSome.share(len(questions))
			t.Logf("%s, %d questions of %d paragraphs, vectors %.2f: %.3f, compared in part %.3f", name, len(questions),
				corpus.Len(), meaning.Weight, a, b)
			for i := range a {
				if math.Abs(a[i]-b[i]) > apart {
					t.Errorf("%s with vectors %.2f: %.3f and %.3f", name, meaning.Weight, a, b)
				}
			}
		}
	}
}
