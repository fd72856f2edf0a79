package ask

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/vectors"
)

// toy embeds by which of a few themes a text names: boats and ships are the same to it. All texts have something in
// common.
type toy struct {
	embedded int
	fails    bool
}

func (t *toy) Model() string { return "toy" }
func (t *toy) MaxBytes() int { return 0 }

func (t *toy) Embed(_ context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	if t.fails {
		return nil, errors.New("the server is away")
	}
	t.embedded += len(texts)
	out := make([][]float32, len(texts))
	for i, text := range texts {
		v := []float32{1, 0, 0, 0}
		for theme, names := range []string{"boat ship vessel", "bread loaf", "violin fiddle"} {
			for name := range strings.FieldsSeq(names) {
				if strings.Contains(strings.ToLower(text), name) {
					v[theme+1] = 3
				}
			}
		}
		out[i] = v
	}
	return out, nil
}

// scan is an index that compares one after the other.
type scan struct{ blocks []*rag.Block }

func (scan) Build(_ context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	return scan{blocks}, nil
}

func (s scan) Score(_ context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	all := rag.NothingScored()
	q, err := rag.Unit(asked.Question)
	if err != nil {
		return all, err
	}
	starts, _ := rag.Starts(s.blocks)
	for i, b := range s.blocks {
		for row := range b.Len() {
			sum := float32(0)
			for k, x := range b.Row(row) {
				sum += x * q[k]
			}
			scores[starts[i]+b.Paragraph(row)] = sum
		}
		all.Add(b, scores[starts[i]:])
	}
	return all, nil
}

type silent struct{}

func (silent) Generate(context.Context, rag.Request) (rag.Draft, error) {
	return rag.Draft{NotCovered: true}, nil
}

func meaningEngine(t *testing.T, embedder rag.Embedder, m rag.Meaning, paragraphs ...string) *Engine {
	t.Helper()
	e, err := New(Config{Embedder: embedder, Index: scan{}, Extractor: silent{}, Meaning: m})
	if err != nil {
		t.Fatal(err)
	}
	d, err := article.Parse("town.txt", []byte(strings.Join(paragraphs, "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Replace(t.Context(), c, nil, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

var town = []string{"The baker sells fresh bread at dawn.", "A ship left the harbor with salt.",
	"The old fiddle hangs above the door."}

// TestMeaningFinds asks with words that no paragraph has. Only with a meaning is anything found, and it is the right
// one.
func TestMeaningFinds(t *testing.T) {
	query := Query{Text: "Which violin?"}
	found, err := meaningEngine(t, &toy{}, rag.WordsAlone(), town...).Find(t.Context(), query)
	if err != nil || len(found) != 0 {
		t.Errorf("words alone found %v, %v", found, err)
	}
	e := meaningEngine(t, &toy{}, rag.SentenceModel(), town...)
	if found, err = e.Find(t.Context(), query); err != nil || len(found) == 0 || found[0].Passage.Ref.N != 3 {
		t.Errorf("found %v, %v", found, err)
	}
	_, evidence, err := e.Assess(t.Context(), query)
	if err != nil || evidence.Near < 0.8 || evidence.Kind != rag.SentenceKind {
		t.Errorf("evidence %+v, %v", evidence, err)
	}
	_, other, err := e.Assess(t.Context(), Query{Text: "Which planet shines?"})
	if err != nil || other.Near > 0.3 || other.Probability() >= evidence.Probability() {
		t.Errorf("a question of nothing here: %+v, %v", other, err)
	}
}

// TestModelAway asks when the embedding server is away: words find, and the evidence is that of words.
func TestModelAway(t *testing.T) {
	embedder := &toy{}
	e := meaningEngine(t, embedder, rag.SentenceModel(), town...)
	embedder.fails = true
	found, err := e.Find(t.Context(), Query{Text: "Who sells bread?"})
	if err != nil || len(found) == 0 || found[0].Passage.Ref.N != 1 {
		t.Errorf("found %v, %v", found, err)
	}
	if _, evidence, err := e.Assess(t.Context(), Query{Text: "Who sells bread?"}); err != nil ||
		evidence.Kind != rag.WordKind || evidence.Near != 0 {
		t.Errorf("evidence %+v, %v", evidence, err)
	}
}

// TestUnrelatedIsMeasuredOnce counts what is embedded to learn what unrelated texts score: once, and not again for the
// next edition.
func TestUnrelatedIsMeasuredOnce(t *testing.T) {
	embedder := &toy{}
	e := meaningEngine(t, embedder, rag.SentenceModel(), town...)
	if want := len(town) + len(vectors.Unrelated); embedder.embedded != want {
		t.Errorf("%d texts embedded, want %d", embedder.embedded, want)
	}
	if u := e.Edition().Meaning.Unrelated; u < 0.5 || u > 0.99 { // most of the sentences name none of the themes
		t.Errorf("unrelated texts score %v", u)
	}
	d, err := article.Parse("town.txt", []byte(strings.Join(append(town, "Snow fell."), "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	before := embedder.embedded
	if _, err := e.Replace(t.Context(), c, nil, nil); err != nil || embedder.embedded != before+1 {
		t.Errorf("%d texts embedded for one new paragraph, %v", embedder.embedded-before, err)
	}
	if got := meaningEngine(t, &toy{}, rag.WordsAlone(), town...).Edition().Meaning; got != rag.WordsAlone() {
		t.Errorf("without a meaning: %+v", got)
	}
}
