package local

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// prose writes paragraphs of invented words, in a third of which somebody speaks.
type prose struct {
	random     *rand.Rand
	vocabulary []string
}

func newProse(seed uint64, words int) *prose {
	p := &prose{random: rand.New(rand.NewPCG(seed, 0)), vocabulary: make([]string, words)}
	for i := range p.vocabulary {
		for range 2 + p.random.IntN(2) {
			p.vocabulary[i] += string("bdfgklmnprstvz"[p.random.IntN(14)]) + string("aeiou"[p.random.IntN(5)])
		}
	}
	return p
}

// word picks one; the first are the most frequent.
func (p *prose) word() string {
	return p.vocabulary[int(float64(len(p.vocabulary))*p.random.Float64()*p.random.Float64())]
}

func (p *prose) paragraph() string {
	var b strings.Builder
	for range 1 + p.random.IntN(5) {
		fmt.Fprintf(&b, "The %s %s of %s was %s in %d with the %s of %s. ", p.word(), p.word(), p.word(), p.word(),
			1950+p.random.IntN(70), p.word(), p.word())
	}
	switch p.random.IntN(6) {
	case 0: // somebody whom only a paragraph before names
		fmt.Fprintf(&b, "The spokesman said that the %s of the %s was %s. \"We lost the %s,\" he added.", p.word(), p.word(),
			p.word(), p.word())
	case 1, 2:
		name := strings.ToUpper(p.word()[:1]) + p.word()
		fmt.Fprintf(&b, "\"The %s of the %s stays %s,\" said %s %s, a spokesman for the Ministry of Transport. He added "+
			"that the %s was over.",
			p.word(), p.word(), p.word(), []string{"Maria", "Peter"}[p.random.IntN(2)], name, p.word())
	}
	return strings.TrimSpace(b.String())
}

// edit changes documents as people do: paragraphs are added, changed, moved, doubled and taken out, documents are
// renamed, copied, added and removed.
func (p *prose) edit(documents map[string][]string) {
	var slugs []string
	for slug := range documents {
		slugs = append(slugs, slug)
	}
	slices.Sort(slugs)
	pick := func() string { return slugs[p.random.IntN(len(slugs))] }
	from, to := pick(), pick()
	d := documents[from]
	i := p.random.IntN(len(d))
	insert := func(slug, text string) {
		documents[slug] = slices.Insert(slices.Clone(documents[slug]), p.random.IntN(len(documents[slug])+1), text)
	}
	without := slices.Delete(slices.Clone(d), i, i+1)
	switch kind := p.random.IntN(10); {
	case kind == 0 && len(documents) < 9:
		slug := fmt.Sprintf("new-%d", p.random.IntN(1000))
		documents[slug] = nil
		for range 1 + p.random.IntN(15) {
			insert(slug, p.paragraph())
		}
	case kind == 1 && len(documents) > 3:
		delete(documents, from)
	case kind == 2:
		delete(documents, from)
		documents[fmt.Sprintf("renamed-%d", p.random.IntN(1000))] = d
	case kind == 3 && len(documents) < 9:
		documents[fmt.Sprintf("copy-%d", p.random.IntN(1000))] = d
	case kind == 4 && len(d) > 1:
		documents[from] = without
	case kind == 5 && len(d) > 1:
		documents[from] = without
		insert(to, d[i])
	case kind == 6:
		insert(to, d[i])
	case kind == 7: // who speaks may be another, and the text of those who go on the same
		documents[from] = slices.Clone(d)
		documents[from][i] = strings.NewReplacer("Maria", "Peter", "Peter", "Maria").Replace(d[i])
	default:
		insert(from, p.paragraph())
	}
}

func corpusOf(t testing.TB, documents map[string][]string) *article.Corpus {
	t.Helper()
	var parsed []article.Document
	for slug, paragraphs := range documents {
		d, err := article.Parse(slug+".txt", []byte(strings.Join(paragraphs, "\n\n")))
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, d)
	}
	c, err := article.NewCorpus(parsed...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWarmAnswersAsCold edits documents at random. An engine that goes through all of the edits, and one that shares
// the indexes of another, must find and answer, to the last bit, as engines do that see the result alone.
func TestWarmAnswersAsCold(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	for seed := range uint64(2) {
		p := newProse(seed, 150)
		documents := map[string][]string{}
		for i := range 5 {
			for range 1 + p.random.IntN(20) {
				slug := fmt.Sprintf("d%d", i)
				documents[slug] = append(documents[slug], p.paragraph())
			}
		}
		engineOf := func(kin *ask.Engine) *ask.Engine {
			var embedder rag.Embedder = NewEmbedder()
			if seed%2 == 1 {
				embedder = brief{} // paragraphs in pieces
			}
			e, err := ask.New(ask.Config{Embedder: embedder, Index: chromemindex.New(), Extractor: NewExtractor(), Kin: kin})
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		replace := func(e *ask.Engine, c *article.Corpus) {
			t.Helper()
			if _, err := e.Replace(t.Context(), c, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		warm := engineOf(nil)
		server := engineOf(warm)
		replace(warm, corpusOf(t, documents))
		for step := range 25 {
			for range 1 + p.random.IntN(2) {
				p.edit(documents)
			}
			shared := corpusOf(t, documents)
			if step%7 != 3 { // otherwise the server is renewed alone
				replace(warm, shared)
			}
			// The server hides some of the documents and has a few of its own, one in the place of a shared one.
			own := map[string][]string{"own": {p.paragraph(), p.paragraph()}}
			for slug, d := range documents {
				if p.random.IntN(4) > 0 {
					own[slug] = d
				}
				if p.random.IntN(6) == 0 {
					own[slug] = append([]string{p.paragraph()}, d[1:]...)
				}
			}
			mixed := corpusOf(t, own)
			replace(server, mixed)
			queries := p.queries(documents)
			sameAsCold(t, fmt.Sprintf("seed %d, step %d", seed, step), warm, engineOf(nil), queries)
			sameAsCold(t, fmt.Sprintf("seed %d, step %d, a server", seed, step), server, engineOf(nil), queries)
		}
	}
}

// brief is an embedder that takes short texts only.
type brief struct{ Embedder }

func (brief) MaxBytes() int { return 150 }

// other is an embedder of another name.
type other struct{ Embedder }

func (other) Model() string { return "another" }

// TestKinEmbedsNothingAgain gives a server one document of its own, and engines of another model nothing.
func TestKinEmbedsNothingAgain(t *testing.T) {
	shared := map[string][]string{"tides": {"The ebb lasts six hours.", "The flood lasts five."},
		"crew": {"Maria Lopez owns the boat."}}
	engineOf := func(embedder rag.Embedder, kin *ask.Engine, documents map[string][]string) (*ask.Engine, ask.Report) {
		e, err := ask.New(ask.Config{Embedder: embedder, Index: chromemindex.New(), Extractor: NewExtractor(), Kin: kin})
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Replace(t.Context(), corpusOf(t, documents), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		return e, r
	}
	kin, _ := engineOf(brief{}, nil, shared)
	// Its own tides take the place of the shared ones, with one paragraph that is the same.
	own := map[string][]string{"tides": {"The flood lasts five.", "The ebb lasts seven hours."}, "crew": shared["crew"]}
	if _, r := engineOf(brief{}, kin, own); r.Embedded != 1 || r.Reused != 2 {
		t.Errorf("a server embedded %d texts and had %d", r.Embedded, r.Reused)
	}
	if _, r := engineOf(other{}, kin, own); r.Embedded != 3 || r.Reused != 0 {
		t.Errorf("another model: %d texts embedded, %d taken over", r.Embedded, r.Reused)
	}
	if found, err := kin.Find(t.Context(), ask.Query{Text: "seven hours", K: 9}); err != nil || len(found) != 1 ||
		found[0].Passage.Text != "The ebb lasts six hours." {
		t.Errorf("the shared documents find %v, %v", found, err)
	}
}

// queries asks for pieces of what is there.
func (p *prose) queries(documents map[string][]string) []ask.Query {
	var queries []ask.Query
	for slug, d := range documents {
		fields := strings.Fields(d[p.random.IntN(len(d))])
		speaker := []string{"Maria", "Peter"}[p.random.IntN(2)]
		q := ask.Query{K: 20, Text: "What " + strings.Join(fields[:min(len(fields), 3+p.random.IntN(9))], " ") + "?"}
		if len(queries) == 2 {
			q = ask.Query{K: 20, Text: "What did " + speaker + " say about the " + p.word() + " of " + p.word() + "?",
				Documents: []string{slug}}
		}
		if queries = append(queries, q); len(queries) == 3 {
			break
		}
	}
	return queries
}

// sameAsCold compares an engine with a new one that gets its corpus.
func sameAsCold(t *testing.T, at string, warm, cold *ask.Engine, queries []ask.Query) {
	t.Helper()
	if _, err := cold.Replace(t.Context(), warm.Edition().Corpus, nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, q := range queries {
		foundWarm, err1 := warm.Find(t.Context(), q)
		foundCold, err2 := cold.Find(t.Context(), q)
		if fmt.Sprint(err1) != fmt.Sprint(err2) || !slices.Equal(foundWarm, foundCold) {
			t.Fatalf("%s: %q found %v, %v; a cold engine %v, %v", at, q.Text, foundWarm, err1, foundCold, err2)
		}
		answerWarm, err1 := warm.Ask(t.Context(), q)
		answerCold, err2 := cold.Ask(t.Context(), q)
		if fmt.Sprint(err1) != fmt.Sprint(err2) || !reflect.DeepEqual(answerWarm, answerCold) {
			t.Fatalf("%s: %q answered %+v, %v; by a cold engine %+v, %v", at, q.Text, answerWarm, err1, answerCold, err2)
		}
		if cmp.Or(err1, err2) != nil && len(q.Documents) == 0 {
			t.Fatal(err1)
		}
	}
}
