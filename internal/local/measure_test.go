package local

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
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

type gold struct {
	ID         string
	Document   string
	Text       string
	Answerable bool
	Paragraphs []int    `json:"gold_paragraphs"`
	Answers    []string `json:"gold_answer_strings"`
}

func golds(t testing.TB, path string) []gold {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []gold
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var q gold
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	return all
}

func engine(t testing.TB, dir string, extractor rag.Generator) *ask.Engine {
	t.Helper()
	e, err := ask.New(ask.Config{
		Load:      func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) },
		Embedder:  NewEmbedder(),
		Index:     chromemindex.New(),
		Extractor: extractor,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestRetrieval measures how often the paragraph that answers is found first, within three and within five: among those
// of its article, and of all articles.
func TestRetrieval(t *testing.T) {
	e := engine(t, shared(t, "data", "squad", "docs"), NewExtractor())
	scopes := []string{"its article", "all articles"}
	within := []int{1, 3, 5}
	var n int
	var hits [2][3]int
	for _, q := range golds(t, shared(t, "data", "squad", "questions.jsonl")) {
		if !q.Answerable {
			continue
		}
		n++
		for i, documents := range [][]string{{q.Document}, nil} {
			found, err := e.Find(t.Context(), ask.Query{Text: q.Text, Documents: documents, K: within[2]})
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(found, func(f ask.Found) bool {
				return f.Passage.Ref.Slug == q.Document && slices.Contains(q.Paragraphs, f.Passage.Ref.N)
			})
			for k, most := range within {
				if at >= 0 && at < most {
					hits[i][k]++
				}
			}
		}
	}
	for i, scope := range scopes {
		t.Logf("%-12s of %d questions, paragraph found within 1, 3, 5: %s %s %s", scope, n,
			percent(hits[i][0], n), percent(hits[i][1], n), percent(hits[i][2], n))
	}
	if float64(hits[0][0]) < 0.87*float64(n) || float64(hits[0][2]) < 0.97*float64(n) {
		t.Error("finding has become worse than it was measured")
	}
}

// TestSentences measures how often the best one, two and three sentences hold the answer.
func TestSentences(t *testing.T) {
	e := engine(t, shared(t, "data", "squad", "docs"), NewExtractor())
	var n, answered, right int
	var within [3]int
	for i, q := range golds(t, shared(t, "data", "squad", "questions.jsonl")) {
		if !q.Answerable || i%3 != 0 && os.Getenv("PILCROW_ALL") == "" {
			continue
		}
		n++
		last, err := e.Prepare(t.Context(), ask.Query{Text: q.Text, Documents: []string{q.Document}})
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Ask(t.Context(), ask.Query{Text: q.Text, Documents: []string{q.Document}})
		if err != nil {
			t.Fatal(err)
		}
		holds := func(text string) bool {
			return slices.ContainsFunc(q.Answers, func(s string) bool {
				return strings.Contains(strings.ToLower(text),
					strings.ToLower(s))
			})
		}
		if a.Outcome == ask.Answered {
			answered++
			if holds(a.Text) {
				right++
			}
		}
		for k, c := range Rank(last) {
			if k == len(within) {
				break
			}
			if holds(c.Text) {
				for ; k < len(within); k++ {
					within[k]++
				}
				break
			}
		}
	}
	t.Logf("%d questions: answered %s, and right %s; best 1, 2, 3 sentences hold the answer %s %s %s", n,
		percent(answered, n), percent(right, n),
		percent(within[0], n), percent(within[1], n), percent(within[2], n))
}

func percent(a, n int) string { return fmt.Sprintf("%.1f%%", 100*float64(a)/float64(max(n, 1))) }

// TestRefusal measures how many questions about another article are refused, and how many about the right one are.
func TestRefusal(t *testing.T) {
	e := engine(t, shared(t, "data", "squad", "docs"), NewExtractor())
	documents := e.Edition().Corpus.Documents()
	var right, refused, wrong, kept int
	for i, q := range golds(t, shared(t, "data", "squad", "questions.jsonl")) {
		if !q.Answerable || i%3 != 0 {
			continue
		}
		other := documents[(i*7+3)%len(documents)].Slug
		for _, slug := range []string{q.Document, other} {
			a, err := e.Ask(t.Context(), ask.Query{Text: q.Text, Documents: []string{slug}})
			if err != nil {
				t.Fatal(err)
			}
			switch slug {
			case q.Document:
				right++
				if a.Outcome == ask.NotCovered {
					refused++
				}
			default:
				wrong++
				if a.Outcome == ask.NotCovered {
					kept++
				}
			}
			if other == q.Document {
				break
			}
		}
	}
	t.Logf("another article: %s of %d refused; the right one: %s of %d", percent(kept, wrong), wrong,
		percent(refused, right), right)
	if float64(kept) < 0.93*float64(wrong) || float64(refused) > 0.07*float64(right) {
		t.Error("refusing has become worse than it was measured")
	}
}
