package rag

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
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

// goldQuestion is a line of squad/questions.jsonl.
type goldQuestion struct {
	ID         string
	Document   string
	Text       string
	Answerable bool
	Paragraphs []int    `json:"gold_paragraphs"`
	Answers    []string `json:"gold_answer_strings"`
}

func goldQuestions(t testing.TB, path string) []goldQuestion {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []goldQuestion
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q goldQuestion
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	return all
}

// TestRetrieval measures how often the paragraph that answers is found first, within three and within five.
func TestRetrieval(t *testing.T) {
	corpus, err := article.Load(os.DirFS(shared(t, "data", "squad", "docs")))
	if err != nil {
		t.Fatal(err)
	}
	questions := goldQuestions(t, shared(t, "data", "squad", "questions.jsonl"))
	whole := newLexicon(corpus)
	single := map[string]*lexicon{}
	for _, d := range corpus.Documents() {
		c, err := article.NewCorpus(d)
		if err != nil {
			t.Fatal(err)
		}
		single[d.Slug] = newLexicon(c)
	}
	var n int
	var hits [3][3]int
	for _, q := range questions {
		if !q.Answerable {
			continue
		}
		n++
		rankings := [3][]Hit{
			single[q.Document].rank(question.Parse(q.Text), func(article.Ref) bool { return true }),
			whole.rank(question.Parse(q.Text), func(r article.Ref) bool { return r.Slug == q.Document }),
			whole.rank(question.Parse(q.Text), func(article.Ref) bool { return true }),
		}
		for k, ranking := range rankings {
			for i, within := range [3]int{1, 3, 5} {
				found := slices.ContainsFunc(ranking[:min(within, len(ranking))], func(h Hit) bool {
					return h.Ref.Slug == q.Document && slices.Contains(q.Paragraphs, h.Ref.N)
				})
				if found {
					hits[k][i]++
				}
			}
		}
	}
	for k, name := range []string{"per article", "one article of all", "all articles"} {
		line := fmt.Sprintf("%-20s", name)
		for i := range 3 {
			line += fmt.Sprintf(" %5.1f", 100*float64(hits[k][i])/float64(n))
		}
		t.Log(line)
	}
}
