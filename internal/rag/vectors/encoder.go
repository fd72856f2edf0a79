package vectors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"pilcrow/internal/rag"
)

// ErrModelChanged says that a server gives vectors of another model under the same name: those of before cannot be
// compared with them. From then on Encoder.Model is another name.
var ErrModelChanged = errors.New("the embedding model has changed under its name")

const (
	// ProbeText is embedded now and then to tell one model from another. It must never change: what is stored was
	// recognized by it.
	ProbeText = "The harbor master wrote 42 letters about the old bridge before it was closed in May."
	// probeEvery is how long a model is taken for the same without another look.
	probeEvery = 10 * time.Minute
	// sameModel is the least cosine of two vectors of the probe by one model. The same model gives 1 within 1e-4, in other
	// batches or on another machine; MiniLM in 8-bit integers instead of floats comes to .9996, and its vectors can be
	// compared with those.
	sameModel = 0.98
	// maxFingerprints are remembered under one name.
	maxFingerprints = 16
)

// An Encoder is an Embedder over a server, of which nobody knows which model answers under a name. It knows a model by
// its fingerprint, the vector of a text that never changes, and names its vectors accordingly: a model that comes back
// finds its own again. It also keeps the vectors of the last questions. It is safe for use by several goroutines.
type Encoder struct {
	config EncoderConfig

	mu      sync.Mutex
	prints  []fingerprint // in the order in which they were first seen
	current int           // of prints; meaningless while there are none
	checked time.Time     // when the server was last recognized; zero: not yet
	kept    *keptQuestions
}

// EncoderConfig is what an Encoder is made of.
type EncoderConfig struct {
	Embedder rag.Embedder
	Vectors  rag.Vectors // keeps the fingerprints between runs; nil: they are forgotten
	Now      func() time.Time
	Logger   *slog.Logger
}

// A fingerprint is what a model makes of the probe, by kind; nil while it was not asked.
type fingerprint struct{ question, passage []float32 }

func (f *fingerprint) of(kind rag.Kind) *[]float32 {
	if kind == rag.Question {
		return &f.question
	}
	return &f.passage
}

// dimension of the model's vectors; 0 while nothing is known.
func (f *fingerprint) dimension() int { return max(len(f.question), len(f.passage)) }

// NewEncoder reads which models are known; the server is not asked.
func NewEncoder(ctx context.Context, c EncoderConfig) (*Encoder, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	e := &Encoder{config: c, kept: newKeptQuestions()}
	if c.Vectors == nil {
		return e, nil
	}
	names := []string{currentPrint}
	for i := range maxFingerprints {
		names = append(names, printName(i, rag.Question), printName(i, rag.Passage))
	}
	found, err := c.Vectors.Lookup(ctx, e.printsModel(), names)
	if err == nil && len(found) != len(names) {
		err = fmt.Errorf("%d of %d", len(found), len(names))
	}
	if err != nil {
		return nil, fmt.Errorf("look up the fingerprints of %s: %w", c.Embedder.Model(), err)
	}
	for i := range maxFingerprints {
		f := fingerprint{found[1+2*i], found[2+2*i]}
		if f.dimension() == 0 {
			break
		}
		e.prints = append(e.prints, f)
	}
	if len(found[0]) == 1 {
		e.current = min(max(int(found[0][0])-1, 0), max(len(e.prints)-1, 0))
	}
	return e, nil
}

// currentPrint is the name of the number of the current fingerprint, counted from 1, in a vector of one value.
const currentPrint = "current"

func printName(i int, kind rag.Kind) string { return strconv.Itoa(i) + " " + strconv.Itoa(int(kind)) }

// printsModel is the model's name under which the fingerprints are kept.
func (e *Encoder) printsModel() string { return e.config.Embedder.Model() + " fingerprints" }

// Model is the name of the embedder's model, with a number from the second on that was found under it.
func (e *Encoder) Model() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.model()
}

func (e *Encoder) model() string {
	if e.current == 0 {
		return e.config.Embedder.Model()
	}
	return fmt.Sprintf("%s #%d", e.config.Embedder.Model(), e.current+1)
}

// MaxBytes is the embedder's.
func (e *Encoder) MaxBytes() int { return e.config.Embedder.MaxBytes() }

// Embed implements Embedder. What the server says goes with every batch of passages, so that the model that made them
// is known, and with a question where it was not seen for a while. When it is another model than before, the error is
// ErrModelChanged, and nothing that was embedded is returned.
func (e *Encoder) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	single := kind == rag.Question && len(texts) == 1
	if single {
		if vector := e.question(texts[0]); vector != nil {
			return [][]float32{vector}, nil
		}
	}
	fresh, model := e.recognized(), e.Model()
	if kind == rag.Passage && !fresh {
		if err := e.probe(ctx, kind); err != nil {
			return nil, err
		}
	}
	asked := slices.Clone(texts)
	if kind == rag.Passage || !fresh {
		asked = append(asked, ProbeText)
	}
	got, err := e.config.Embedder.Embed(ctx, kind, asked)
	if err != nil && ctx.Err() == nil && !errors.Is(err, rag.ErrTextTooLong) && !errors.Is(err, rag.ErrBudget) {
		e.doubt()
	}
	if err == nil && len(got) != len(asked) {
		return nil, fmt.Errorf("%w: %d vectors for %d texts", rag.ErrBadVector, len(got), len(asked))
	}
	got, stranger := e.withoutProbe(ctx, kind, got, len(texts))
	if stranger != nil {
		return nil, stranger
	}
	if err == nil && single {
		e.keep(model, texts[0], got[0])
	}
	return got, err
}

// withoutProbe takes the vector of the probe off those of so many texts, once the model is recognized by it, or by its
// dimension where the probe was not asked for.
func (e *Encoder) withoutProbe(ctx context.Context, kind rag.Kind, got [][]float32, texts int) ([][]float32, error) {
	switch {
	case len(got) > texts:
		return got[:texts], e.recognize(ctx, kind, got[texts])
	case len(got) > 0 && e.strange(len(got[0])):
		if err := e.probe(ctx, kind); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %d dimensions, and others at once", rag.ErrBadVector, len(got[0]))
	}
	return got, nil
}

// identify asks the server for the probe if no model is known yet, and returns the dimension of the vectors of the one
// that is.
func (e *Encoder) identify(ctx context.Context) (dimension int, err error) {
	known := func() int {
		e.mu.Lock()
		defer e.mu.Unlock()
		if len(e.prints) == 0 {
			return 0
		}
		return e.prints[e.current].dimension()
	}
	if known() == 0 {
		err = e.probe(ctx, rag.Passage)
	}
	return known(), err
}

// recognized reports whether the model was seen lately.
func (e *Encoder) recognized() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return !e.checked.IsZero() && e.config.Now().Sub(e.checked) < probeEvery
}

// doubt has the model looked at before the next vectors are taken: behind an error may stand a server that was started
// anew.
func (e *Encoder) doubt() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.checked = time.Time{}
}

// strange reports whether vectors of the dimension are not the model's.
func (e *Encoder) strange(dimension int) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.prints) > 0 && e.prints[e.current].dimension() != dimension
}

// probe asks for the probe alone.
func (e *Encoder) probe(ctx context.Context, kind rag.Kind) error {
	got, err := e.config.Embedder.Embed(ctx, kind, []string{ProbeText})
	if err != nil {
		return err
	}
	if len(got) != 1 {
		return fmt.Errorf("%w: %d vectors for a text", rag.ErrBadVector, len(got))
	}
	return e.recognize(ctx, kind, got[0])
}

// recognize takes the vector of the probe, and says with ErrModelChanged that it is not the current model's.
func (e *Encoder) recognize(ctx context.Context, kind rag.Kind, vector []float32) error {
	if other, doubtful := e.unheard(kind, vector); doubtful {
		// Of a model that embeds questions and passages differently, the first of one kind looks like another model.
		got, err := e.config.Embedder.Embed(ctx, other, []string{ProbeText})
		if err == nil && len(got) != 1 {
			err = fmt.Errorf("%w: %d vectors for a text", rag.ErrBadVector, len(got))
		}
		if err != nil {
			return err
		}
		if err := e.settle(ctx, other, got[0]); err != nil {
			return err
		}
	}
	return e.settle(ctx, kind, vector)
}

// unheard reports whether the vector is unknown, and may be the first of its kind of a model that is known by the other
// kind.
func (e *Encoder) unheard(kind rag.Kind, vector []float32) (other rag.Kind, doubtful bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if other = rag.Question; kind == rag.Question {
		other = rag.Passage
	}
	return other, e.search(kind, vector) < 0 && slices.ContainsFunc(e.prints, func(f fingerprint) bool {
		return *f.of(kind) == nil && f.dimension() == len(vector)
	})
}

// settle is recognize, where there is no doubt.
func (e *Encoder) settle(ctx context.Context, kind rag.Kind, vector []float32) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	before, first := e.model(), len(e.prints) == 0
	at := e.search(kind, vector)
	switch {
	case at >= 0:
	case !first && *e.prints[e.current].of(kind) == nil && e.prints[e.current].dimension() == len(vector) &&
		!e.checked.IsZero():
		at = e.current // just recognized by the other kind
	case len(e.prints) == maxFingerprints:
		return fmt.Errorf("%w more often than is remembered", ErrModelChanged)
	default:
		at = len(e.prints)
		e.prints = append(e.prints, fingerprint{})
	}
	seen := e.prints[at].of(kind)
	again := !e.checked.IsZero() && at == e.current && *seen != nil
	if *seen == nil {
		*seen = slices.Clone(vector)
	}
	e.current, e.checked = at, e.config.Now()
	if again {
		return nil
	}
	e.remember(ctx, kind)
	if first || e.model() == before {
		return nil
	}
	e.kept.Clear()
	e.config.Logger.WarnContext(ctx, "the embedding model has changed under its name: paragraphs are embedded again, "+
		"and found by words meanwhile",
		"model", e.config.Embedder.Model(), "dimension", len(vector), "kept as", e.model())
	return ErrModelChanged
}

// search returns the model that has the vector, the current one first; -1 for none. One that was never asked for this
// kind has it if it is the other kind's: most models embed both in the same way.
func (e *Encoder) search(kind rag.Kind, vector []float32) int {
	has := func(f fingerprint) bool {
		known := *f.of(kind)
		if known == nil {
			known = cmpVector(f.question, f.passage)
		}
		return rag.Cosine(known, vector) >= sameModel
	}
	if len(e.prints) > 0 && has(e.prints[e.current]) {
		return e.current
	}
	return slices.IndexFunc(e.prints, has)
}

// cmpVector is the first of two that is there.
func cmpVector(a, b []float32) []float32 {
	if a != nil {
		return a
	}
	return b
}

// remember writes down what is known of the current model. Stored again, it is young, and not forgotten before the
// vectors. Where that fails it is known until the end of the program, and learned again.
func (e *Encoder) remember(ctx context.Context, kind rag.Kind) {
	if e.config.Vectors == nil {
		return
	}
	store := func(name string, vector []float32) error {
		return e.config.Vectors.Store(ctx, e.printsModel(), []string{name}, [][]float32{vector})
	}
	err := store(printName(e.current, kind), *e.prints[e.current].of(kind))
	if err == nil {
		err = store(currentPrint, []float32{float32(e.current + 1)})
	}
	if err != nil {
		e.config.Logger.WarnContext(ctx, "the fingerprint of the embedding model could not be kept", "error", err)
	}
}

// question returns a copy of the kept vector; nil for none.
func (e *Encoder) question(text string) []float32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	vector, _, _ := e.kept.Get(questionKey(text))
	return slices.Clone(vector)
}

// keep keeps a question's vector, if the model is still the one that made it.
func (e *Encoder) keep(model, text string, vector []float32) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.model() != model {
		return
	}
	e.kept.Put(questionKey(text), slices.Clone(vector))
}
