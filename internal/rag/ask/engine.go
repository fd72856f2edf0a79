// Package ask is the engine: it answers questions from a corpus, holds texts against it, and takes in what changed. It
// finds passages, has a draft written, and shows only what the passages support.
package ask

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/rank"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/rag/vectors"
)

// Config is what an Engine is made of.
type Config struct {
	// reads the documents; see article.Load for what both results mean; nil: see Replace
	Load      func() (*article.Corpus, error)
	Embedder  rag.Embedder
	Index     rag.Index
	Generator rag.Generator // drafts answers; nil: Extractor does
	Extractor rag.Generator // drafts without a model; also used when Generator fails
	Judge     rag.Judge     // reads what Generator wrote beside its passages; nil: guards and doubts decide
	Repair    rag.Repairer  // has Generator's model write faulty sentences again; nil: they are not mended
	Vectors   rag.Vectors   // keeps vectors between runs; nil: nothing is kept
	// Depot has the vectors of editions of at least DepotFrom paragraphs; nil: all are in memory.
	Depot     rag.Depot
	DepotFrom int
	// keeps what is read of the documents between runs; nil: nothing is kept. What servers have of their own is not kept
	// there
	Words *inverted.Cache
	// Kin is another engine whose indexes and vectors are used for what both have, instead of copies; nil: none.
	Kin    *Engine
	Logger *slog.Logger
	// Meaning says how much the vectors count beside the words; the zero value leaves them out.
	Meaning rag.Meaning
	// Patience is how long a reload waits for vectors that have to be made; 0 means for all of them. What is left then is
	// the business of Backlog.
	Patience time.Duration
	// Backlog goes on embedding what a reload left; nil: nobody does, until the next one.
	Backlog *Backlog
	// MaxPassages is how many passages a draft is made from, 1 to 20; 0 means DefaultPassages.
	MaxPassages int
	// GenerateTimeout bounds one draft; 0 means DefaultGenerateTimeout.
	GenerateTimeout time.Duration
}

// Defaults of a Config.
const (
	DefaultPassages        = 8
	DefaultGenerateTimeout = 60 * time.Second
)

// An Engine answers questions about one set of documents. It is safe for use by several goroutines.
type Engine struct {
	config    Config
	edition   atomic.Pointer[corpus.Edition]
	readings  *premise.Readings
	maker     *vectors.Maker
	builder   corpus.Builder
	reloading sync.Mutex

	waiting atomic.Int64 // vectors that are made and not in use yet
}

// New makes an engine that holds no documents yet: call Reload.
func New(c Config) (*Engine, error) {
	if c.Embedder == nil || c.Index == nil || c.Extractor == nil {
		return nil, errors.New("an engine needs Embedder, Index and Extractor")
	}
	if c.Load == nil {
		c.Load = func() (*article.Corpus, error) { return nil, errors.New("these documents are not read from anywhere") }
	}
	if c.MaxPassages < 0 || c.MaxPassages > rag.MaxPassages {
		return nil, fmt.Errorf("MaxPassages: want 1 to %d, got %d", rag.MaxPassages, c.MaxPassages)
	}
	if c.MaxPassages == 0 {
		c.MaxPassages = DefaultPassages
	}
	if c.GenerateTimeout <= 0 {
		c.GenerateTimeout = DefaultGenerateTimeout
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	e := &Engine{config: c, readings: premise.NewReadings(),
		maker: vectors.NewMaker(c.Embedder, c.Vectors, c.Meaning.Heads, c.Logger)}
	index := c.Index
	if c.Depot != nil {
		index = vectors.ByPlace{Here: c.Index, Deposited: c.Depot}
	}
	e.builder = corpus.Builder{Embedder: c.Embedder, Maker: e.maker, Index: index, Meaning: c.Meaning,
		Depot: c.Depot, DepotFrom: c.DepotFrom, Readings: e.readings, Logger: c.Logger}
	return e, nil
}

// Edition returns what questions are answered from now; nil before the first successful Reload.
func (e *Engine) Edition() *corpus.Edition { return e.edition.Load() }

// A Query is a question and what it is asked of.
type Query struct {
	Text      string
	Documents []string // slugs; nil means all documents
	K         int      // for Find: how many passages; 0 means 5
	// Near are the passages that the conversation is at: they rank a little higher. Without are left out. Of each the
	// first fifty are read.
	Near, Without []article.Ref
	// Passages, if not nil, are drafted from instead of those that are found: for those who measure what a model writes
	// apart from what is found for it. Find does not look at them.
	Passages []article.Ref
	// Attached is a text that belongs to the question, such as a file that came with it: what tells most in it helps to
	// find, and a model reads it. Of a long one the beginning is read.
	Attached string
	// Extract asks for an answer without the model, even where there is one.
	Extract bool
	// Unasked keeps it, as what nobody asked the bot, from a server that embeds: it is found and weighed by words alone.
	Unasked bool
	// Progress, if not nil, is shown how an answer that a model writes comes about, one stage after the other, before Ask
	// returns.
	Progress func(review.Stage)
	// Edition is the edition to answer from, one of this engine's; nil is the one in use. A caller that looks at an
	// edition and asks several times names it, and gets one state of the documents throughout.
	Edition *corpus.Edition
}

// Errors that a caller can tell apart.
var (
	ErrNoQuestion      = errors.New("there is no question: write what you want to know")
	ErrLongQuestion    = fmt.Errorf("the question is too long: at most %d characters", rag.MaxQuestionRunes)
	ErrNotLoaded       = errors.New("the documents are not loaded yet: try again in a moment")
	ErrUnknownDocument = errors.New("there is no such document")
)

// Found is a passage and its score for a question: larger is nearer, comparable within one ranking only.
type Found struct {
	Passage article.Passage
	Score   float64
	Prior   float64 // what the score was multiplied by for the role of the document, such as a changelog; 1 for none
}

// Find returns the passages nearest to the question, best first; none if nothing in them is in the question.
func (e *Engine) Find(ctx context.Context, q Query) ([]Found, error) {
	edition, text, err := e.open(q)
	if err != nil {
		return nil, err
	}
	if named := edition.Named(text, q.Documents); named != nil {
		q.Documents, text = named, corpus.WithoutFiles(text)
	}
	hits, err := e.find(ctx, edition, edition.Parse(text, q.Documents), q.Documents, edition.Meaning)
	if err != nil {
		return nil, err
	}
	hits = rank.Steer(hits, q.Near, q.Without)
	k := q.K
	if k <= 0 {
		k = 5
	}
	found := make([]Found, 0, k)
	for _, h := range hits[:min(k, len(hits))] {
		p, _ := edition.Corpus.Passage(h.Ref)
		found = append(found, Found{p, h.Score, h.Prior})
	}
	return found, nil
}

// open checks a query and takes the edition that answers it.
func (e *Engine) open(q Query) (*corpus.Edition, string, error) {
	text := strings.TrimSpace(strings.ToValidUTF8(q.Text, "\uFFFD"))
	switch {
	case text == "":
		return nil, "", ErrNoQuestion
	case utf8.RuneCountInString(text) > rag.MaxQuestionRunes:
		return nil, "", ErrLongQuestion
	}
	edition, err := e.serving(q)
	return edition, text, err
}

// serving takes the edition of the query, which must have the named documents.
func (e *Engine) serving(q Query) (*corpus.Edition, error) {
	edition := q.Edition
	if edition == nil {
		edition = e.edition.Load()
	}
	if edition == nil {
		return nil, ErrNotLoaded
	}
	for _, slug := range q.Documents {
		if _, ok := edition.Corpus.Document(slug); !ok {
			return nil, fmt.Errorf("%w: %q", ErrUnknownDocument, slug)
		}
	}
	return edition, nil
}
