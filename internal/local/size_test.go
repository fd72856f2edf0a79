package local

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// How far what is said of an edition's memory may be from what the heap grows by. Before a document is read little is
// known of it.
const (
	bytesFactor = 1.4
	leastGuess  = 0.5
	mostGuess   = 4
)

// least makes the smallest vectors, so that they hide nothing else.
type least struct{ Embedder }

func (least) Model() string { return "least" }

func (least) Embed(_ context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = []float32{1}
	}
	return vectors, nil
}

// TestEditionBytes loads documents of each worst kind and of prose, and holds what an edition says that it takes, and
// what was guessed before, against the growth of the heap.
func TestEditionBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	type text struct {
		name, file string
		data       []byte
	}
	p := newProse(3, 6_000)
	var book strings.Builder
	for book.Len() < 1<<20 {
		book.WriteString(p.paragraph() + " " + p.paragraph() + "\n\n")
	}
	texts := []text{{"prose", "prose.txt", []byte(book.String())}}
	for _, k := range articletest.Worst() {
		texts = append(texts, text{k.Name, k.File, k.Text(max(k.Most/8, 4), 1)})
	}
	for n := range 2 * len(texts) {
		text, embedder := texts[n/2], []rag.Embedder{NewEmbedder(), least{}}[n%2]
		d, err := article.Parse(text.file, text.data) // once before: the first parse of a process makes tables
		if err != nil {
			t.Fatal(err)
		}
		before, _ := heap()
		e, err := ask.New(ask.Config{Embedder: embedder, Index: chromemindex.New(), Extractor: NewExtractor(),
			Load: func() (*article.Corpus, error) { return article.Load(fstest.MapFS{text.file: {Data: text.data}}) }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Reload(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		guess := e.EstimateOf(d) // as of another document in an engine that knows its vectors
		after, _ := heap()
		grown, says := float64(after-before), float64(e.Edition().Bytes(nil))
		t.Logf("%s: %d bytes of text, %d passages: the heap grew by %.1f MB; the edition says %.1f, guessed were %.1f",
			text.name, len(text.data),
			len(d.Passages), grown/1e6, says/1e6, float64(guess.Kept)/1e6)
		if says > grown*bytesFactor || says < grown/bytesFactor {
			t.Errorf("%s: the heap grew by %.0f bytes, the edition says %.0f", text.name, grown, says)
		}
		if float64(guess.Kept) > grown*mostGuess || float64(guess.Kept) < grown*leastGuess {
			t.Errorf("%s: the heap grew by %.0f bytes, guessed were %d", text.name, grown, guess.Kept)
		}
		if _, err := e.Ask(t.Context(), ask.Query{Text: "What " + strings.Join(strings.Fields(d.Passages[0].Text)[:6], " ") +
			"?"}); err != nil {
			t.Fatal(err)
		}
		asked, _ := heap()
		read := e.Read()
		e.Forget()
		forgot, _ := heap()
		t.Logf("  a question left %.1f MB, of which %.1f can be forgotten; the engine says %.1f", float64(asked-after)/1e6,
			float64(asked-forgot)/1e6, float64(read)/1e6)
		if freed := float64(asked - forgot); freed > 1e6 &&
			(float64(read) > freed*bytesFactor || float64(read) < freed/bytesFactor) {
			t.Errorf("%s: %.0f bytes were given back, the engine said %d", text.name, freed, read)
		}
		runtime.KeepAlive(e)
	}
}
