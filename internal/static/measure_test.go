package static

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"pilcrow/internal/article"
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

// TestMeasureClapNQ puts the passages that answer into one pool, the title of each as its document's.
func TestMeasureClapNQ(t *testing.T) {
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
	measure(t, "ClapNQ, all passages", corpus, questions, func(gold) []string { return nil })
}
