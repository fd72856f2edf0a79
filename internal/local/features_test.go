package local

import (
	"math"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// meant is a request with a table of word vectors, where only the given words are near one another.
func meant(text string, near map[string]map[string]float64, headings []float64,
	passages ...article.Passage) rag.Request {
	if near == nil {
		near = map[string]map[string]float64{}
	}
	r := rag.Request{Question: text, Passages: passages, Weights: map[string]float64{},
		Meaning: rag.StaticTable(), NearWords: near, Headings: headings}
	for _, stem := range question.Parse(text).Stems {
		r.Weights[stem] = 2
	}
	return r
}

// TestFeaturesChoose has the sentence first that each feature is for, and without what the feature sees another.
func TestFeaturesChoose(t *testing.T) {
	const first = "The barn was painted in spring. The guests were injured there."
	near := map[string]map[string]float64{"hurt": {"injur": 0.6}}
	plain := article.Passage{Ref: article.Ref{Slug: "barn", N: 1}, Text: first}
	under := func(n int, heading, text string) article.Passage {
		return article.Passage{Ref: article.Ref{Slug: "barn", N: n}, Heading: heading, Path: heading, Text: text}
	}
	rooms := []article.Passage{under(1, "Loft", "It is let by the week."), under(2, "Stable", "It is let by the month.")}
	prices := under(1, "", "The stable is let by the owner. The stable costs 40 crowns.")
	haunted := article.Passage{Ref: article.Ref{Slug: "barn", N: 1},
		Text: "A ghost was seen in the barn. The barn was painted in spring."}
	for _, tt := range []struct {
		name string
		r    rag.Request
		want string
	}{
		{"a word that is near", meant("was anybody hurt", near, nil, plain), "injured"},
		{"no word that is near", meant("was the barn hurt", nil, nil, plain), "painted"},
		{"a word of the heading", meant("who lets the stable", nil, nil, rooms...), "month"},
		{"a heading that is near", meant("who lets the mews", nil, []float64{0.1, 0.8}, rooms...), "month"},
		{"a word that answers", meant("was the barn haunted", nil, nil, haunted), "ghost"},
		{"a word that would answer another question", meant("was the barn let", nil, nil, haunted), "painted"},
		{"another heading that is near", meant("who lets the mews", nil, []float64{0.8, 0.1}, rooms...), "week"},
		{"what is asked for", meant("how much is the stable", nil, nil, prices), "40"},
	} {
		if got := Rank(tt.r)[0].Text; !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want the one with %q", tt.name, got, tt.want)
		}
	}
	lined := meant("was the barn let", nil, nil, under(1, "", "The barn was bought. The barn was sold."))
	lined.Sentences = [][]float64{{0.1, 0.7}}
	if got := Rank(lined)[0]; got.Index != 1 {
		t.Errorf("the nearer sentence: %q", got.Text)
	}
	lined.Meaning = rag.WordsAlone()
	lined.Sentences = nil
	if got := Rank(lined)[0]; got.Features != (Features{}) {
		t.Errorf("by words alone there are features: %+v", got.Features)
	}
}

// TestFeatures measures each of them, and each counts.
func TestFeatures(t *testing.T) {
	r := meant("how many guests were hurt in the old barn", map[string]map[string]float64{
		"hurt": {"injur": 0.6, "accid": 0.4}}, []float64{0.3}, article.Passage{Ref: article.Ref{Slug: "barn", N: 1},
		Title: "The barn", Heading: "An accident", Path: "An accident", Text: "The roof fell. It was old. Six guests slept."})
	r.Sentences = [][]float64{{0.1, 0.2, 0.5}}
	of := map[int]Features{}
	for _, c := range Rank(r) {
		of[c.Index] = c.Features
	}
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"the title, and near to the heading", of[0].Covered, (1 + 0.4) / 4},
		{"with its own word", of[1].Covered, (1 + 0.4 + 1) / 4},
		{"and that of the one before", of[2].Covered, (1 + 0.4 + 1 + 1) / 4},
		{"what the heading adds", of[2].Lifted, 0.4 / 4},
		{"by meaning", of[2].Near, 0.5},
		{"the heading, by meaning", of[1].Topic, 0.3},
		{"no number", of[1].Holds + of[1].Counts, 0},
		{"a number", of[2].Holds + of[2].Counts, 2},
	} {
		if math.Abs(tt.got-tt.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	for i := range tableWeights {
		without := tableWeights
		without[i] = 0
		all := Features{1, 1, 1, 1, 1, 1, 1}
		if i > 0 && all.score(tableWeights) <= all.score(without) {
			t.Errorf("the feature at %d counts for nothing", i)
		}
	}
}

// TestBeside shows a second sentence by its odds beside the best one, and by its share of the score where odds are not
// known.
func TestBeside(t *testing.T) {
	const total = 4
	best, second := Candidate{Score: 10}, Candidate{Score: 8}
	words := rag.Request{}
	if got := beside(second, best, total, words); got != 0.8 {
		t.Errorf("by words: %v", got)
	}
	table := meant("x", map[string]map[string]float64{}, nil)
	if got := beside(second, best, total, table); got < 0.25 || got > 0.27 { // exp(-2.69/2)
		t.Errorf("by odds: %v", got)
	}
	if got := beside(best, best, total, table); got != 1 {
		t.Errorf("of the same: %v", got)
	}
}
