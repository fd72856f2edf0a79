package static

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/words"
)

// A question of a measuring set and the paragraphs that answer it.
type gold struct {
	ID         string
	Document   string
	Question   string
	Text       string // SQuAD's name for it
	Answerable bool
	Paragraphs []int `json:"gold_paragraphs"`
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

func load(t testing.TB, dir string) *article.Corpus {
	t.Helper()
	corpus, err := article.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return corpus
}

// ways are how passages are found: by words alone, as before there was a table; by the table alone; and by both.
var ways = []struct {
	name    string
	meaning rag.Meaning
}{{"words alone", rag.WordsAlone()}, {"table alone", rag.Meaning{Weight: 1}}, {"both", rag.StaticTable()}}

func engine(t testing.TB, corpus *article.Corpus, meaning rag.Meaning) *ask.Engine {
	t.Helper()
	return engineOver(t, corpus, meaning, chromemindex.New())
}

func engineOver(t testing.TB, corpus *article.Corpus, meaning rag.Meaning, index rag.Index) *ask.Engine {
	t.Helper()
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return corpus, nil },
		Embedder: New(), Index: index, Extractor: local.NewExtractor(), Meaning: meaning,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// hits is how many questions have an answering paragraph found first, within three and within five.
type hits struct{ within [3]int }

var cuts = [3]int{1, 3, 5}

func (h *hits) ask(t testing.TB, e *ask.Engine, q gold, documents []string) {
	t.Helper()
	found, err := e.Find(t.Context(), ask.Query{Text: q.Question, Documents: documents, K: cuts[len(cuts)-1]})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(found, func(f ask.Found) bool {
		return f.Passage.Ref.Slug == q.Document && slices.Contains(q.Paragraphs, f.Passage.Ref.N)
	})
	for i, most := range cuts {
		if at >= 0 && at < most {
			h.within[i]++
		}
	}
}

func (h *hits) share(n int) (s [3]float64) {
	for i, k := range h.within {
		s[i] = float64(k) / float64(max(n, 1))
	}
	return s
}

// TestQuestionsShareFewWords counts what the questions of the two sets have in common with the paragraphs that answer
// them: a set about meaning must not be answered by words.
func TestQuestionsShareFewWords(t *testing.T) {
	for set, least := range map[string]int{"paraphrase": 150, "paraphrase-dev": 60} {
		corpus := load(t, filepath.Join("testdata", set, "docs"))
		questions := golds(t, filepath.Join("testdata", set, "questions.jsonl"))
		if len(questions) < least {
			t.Errorf("%s has %d questions, want %d", set, len(questions), least)
		}
		sharing := 0
		for _, q := range questions {
			asked := words.Stems(q.Question)
			for _, n := range q.Paragraphs {
				p, ok := corpus.Passage(article.Ref{Slug: q.Document, N: n})
				if !ok {
					t.Fatalf("%s: no paragraph %s ¶%d", q.ID, q.Document, n)
				}
				shared := slices.DeleteFunc(words.Stems(p.Text), func(s string) bool { return !slices.Contains(asked, s) })
				if len(slices.Compact(slices.Sorted(slices.Values(shared)))) > 1 {
					t.Errorf("%s shares %q with its paragraph", q.ID, shared)
				}
				if len(shared) > 0 {
					sharing++
				}
			}
		}
		t.Logf("%s: %d of %d questions share one stem with their paragraph, the others none", set, sharing, len(questions))
		if sharing*20 > len(questions) {
			t.Errorf("%s: %d of %d questions share a stem", set, sharing, len(questions))
		}
	}
}

// TestMeasureParaphrases finds paragraphs for questions that say it in other words, each among those of its document
// and among all.
func TestMeasureParaphrases(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	for _, set := range []string{"paraphrase-dev", "paraphrase"} {
		corpus := load(t, filepath.Join("testdata", set, "docs"))
		questions := golds(t, filepath.Join("testdata", set, "questions.jsonl"))
		var shares [3][3]float64
		for i, way := range ways {
			e := engine(t, corpus, way.meaning)
			var own, all hits
			for _, q := range questions {
				own.ask(t, e, q, []string{q.Document})
				all.ask(t, e, q, nil)
			}
			shares[i] = own.share(len(questions))
			t.Logf("%-14s %3d questions, %-11s within 1, 3, 5: %.3f of its document, %.3f of all", set, len(questions), way.name,
				shares[i], all.share(len(questions)))
		}
		if set == "paraphrase" && (shares[2][0] < shares[0][0]+0.2 || shares[2][1] < shares[0][1]+0.2) {
			t.Errorf("with the table %.3f, without %.3f: the table is worth less than it was measured", shares[2], shares[0])
		}
	}
}
