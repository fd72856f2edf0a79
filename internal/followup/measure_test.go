package followup_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/followup"
	"pilcrow/internal/local"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag/ask"
)

// leastFound is the share of follow-ups whose paragraph must be among the first three.
const leastFound = 0.90

type twoTurns struct {
	first, second string
	want          []int // paragraphs; nil: the second question stands alone
}

func readCases(t *testing.T) []twoTurns {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []twoTurns
	for block := range strings.SplitSeq(string(data), "\n\n") {
		lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(block), "\n"),
			func(l string) bool { return strings.HasPrefix(l, "#") })
		if len(lines) == 0 {
			continue
		}
		if len(lines) != 3 {
			t.Fatalf("want three lines:\n%s", block)
		}
		c := twoTurns{first: lines[0], second: lines[1]}
		if lines[2] != "same" {
			for field := range strings.FieldsSeq(lines[2]) {
				n, err := strconv.Atoi(field)
				if err != nil {
					t.Fatal(err)
				}
				c.want = append(c.want, n)
			}
		}
		out = append(out, c)
	}
	return out
}

// TestTwoTurns asks the first question of the real engine, rewrites the second, and looks for its paragraph.
func TestTwoTurns(t *testing.T) {
	engine, err := ask.New(ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Load: func() (*article.Corpus, error) { return article.Load(docs.FS) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	document := engine.Edition().Corpus.Documents()[0]
	var names followup.Names
	for _, k := range quote.Who(nil, document) {
		if k.Institution {
			names.Bodies = append(append(names.Bodies, k.Name), k.Aliases...)
		} else {
			names.People = append(names.People, k.Name)
		}
	}
	followups, plain, rewritten, answered := 0, 0, 0, 0
	for _, c := range readCases(t) {
		a, err := engine.Ask(t.Context(), ask.Query{Text: c.first})
		if err != nil {
			t.Fatal(err)
		}
		turn := followup.Turn{Question: c.first, Answer: a.Text}
		if a.Outcome != ask.Answered {
			turn.Answer = ""
			a.Cited = a.Nearest
		}
		for _, p := range a.Cited {
			turn.Cited = append(turn.Cited, p.Ref)
		}
		r := followup.StandAlone(c.second, []followup.Turn{turn}, names)
		if c.want == nil {
			if r.Changed {
				t.Errorf("%q → %q stands alone, and became %q", c.first, c.second, r.Text)
			}
			continue
		}
		followups++
		found := func(q ask.Query) bool {
			q.K = 3
			hits, err := engine.Find(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(hits, func(f ask.Found) bool { return slices.Contains(c.want, f.Passage.Ref.N) })
		}
		if found(ask.Query{Text: c.second}) {
			plain++
		}
		q := ask.Query{Text: r.Text}
		if r.More {
			q.Without = r.Near
		} else {
			q.Near = r.Near
		}
		hit := found(q)
		if hit {
			rewritten++
		}
		b, err := engine.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		right := b.Outcome == ask.Answered && slices.ContainsFunc(b.Cited,
			func(p article.Passage) bool { return slices.Contains(c.want, p.Ref.N) })
		if right {
			answered++
		}
		t.Logf("%-5t %-5t %s → %s → %s %v want %v: %s", hit, right, c.first, c.second, r.Text, r.Near, c.want, b.Text)
	}
	share := float64(rewritten) / float64(followups)
	t.Logf("%d follow-ups: found within three %d (%.2f) without the rewrite %d (%.2f); answered from the paragraph %d",
		followups, rewritten, share, plain, float64(plain)/float64(followups), answered)
	if followups < 40 || share < leastFound {
		t.Errorf("found %.2f of %d, want %.2f of at least 40", share, followups, leastFound)
	}
}
