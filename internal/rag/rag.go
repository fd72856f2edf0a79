// Package rag is the contract of the engine that answers questions from a corpus: what can be exchanged in it, and what
// is handed to and fro. It imports nothing that stands on it; the engine is rag/ask.
//
// What can be exchanged stands behind interfaces: what turns text into vectors (Embedder), what keeps them (Vectors),
// what searches them (Index), what writes a draft (Generator), and who judges and mends one (Judge, Repairer). None of
// them is trusted: vectors are checked before they enter an index, and a draft reaches a reader only through a review.
package rag

import (
	"cmp"
	"context"
	"slices"

	"pilcrow/internal/article"
)

// Kind tells an Embedder what a text is: a question and a passage may be embedded differently.
type Kind int

// The two kinds of text that are embedded.
const (
	Question Kind = iota
	Passage
)

// An Embedder turns texts into vectors. It must be safe for use by several goroutines.
type Embedder interface {
	// Model names what made the vectors. Vectors of different models are never compared, and a stored vector is
	// used again only under the same name.
	Model() string
	// MaxBytes is the longest text, in bytes, that Embed takes whole; 0 means any length.
	MaxBytes() int
	// Embed returns one vector per text, in the order of the texts, all of one dimension and of length 1. With an error it
	// returns the vectors that it has, which are those of the first texts, so that none is paid for twice. After
	// ErrTextTooLong the text behind them is the one that is too long.
	Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error)
}

// A Hit is a paragraph and its score for a question: larger is nearer.
type Hit struct {
	Ref    article.Ref
	Score  float64
	Cosine float64 // of the question and the paragraph; NaN where it is not known
	// what Score was multiplied by for the role of its document: 1, or less for a changelog, a license, an index
	Prior float64
}

// An Index builds searchers. It keeps vectors, never text.
type Index interface {
	// Build makes an immutable Searcher over blocks, one for each document of an edition; one that is nil or has no
	// vectors is passed over. It copies no vectors and checks none again: the next edition and the engines of other
	// servers have most of the blocks, too. Blocks of different dimensions are refused with ErrBadVector.
	Build(ctx context.Context, blocks []*Block) (Searcher, error)
}

// A Searcher compares a question with vectors. It must be safe for use by several goroutines.
type Searcher interface {
	// Score writes the cosine of the question and the nearest vector of each paragraph that is asked for into scores,
	// which has a place for each paragraph of all blocks, in order. Places of paragraphs without a vector, and of those
	// that are not in the blocks that are asked, are left as they are. A question of another dimension, or without a
	// direction, is refused with ErrBadVector; after an error, what scores holds means nothing.
	Score(ctx context.Context, s Scoring, scores []float32) (Scored, error)
}

// A Request is what a Generator drafts from.
type Request struct {
	Alone    bool // one document is asked: which one the best passages are of says nothing
	Question string
	Attached string            // a text that belongs to the question; it is no source
	Passages []article.Passage // best first, or in the order of the text; markers in the draft count them from 1
	Scores   []float64         // of the passages, in the ranking that found them
	Premises []Premise         // the passages again with what else a reader has of them; nil: nothing is known
	Cosines  []float64         // of the question and the passages; NaN where it is not known
	Meaning  Meaning           // what the cosines go by
	// Language is that of the question where documents are in it, too; "" for English and where none is.
	Language string
	// Weights tells how telling each stem of the question is: its inverse document frequency in the whole corpus.
	Weights map[string]float64
	// Speech is what is said in each passage, and by whom.
	Speech [][]Speech
	// Sentences is how near each sentence of the first passages is by meaning: 0 as unrelated texts are, 1 the same; nil
	// where it is not known.
	Sentences [][]float64
	// NearWords is how near, by meaning, words of the first passages are to those of the question: by stem of the question
	// and stem of the passage, 0 to 1. Words that are not near are not there; nil where it is not known.
	NearWords map[string]map[string]float64
	// Headings is how near the heading of each passage is by meaning, as Sentences; nil where it is not known.
	Headings []float64
	// Titles is the same for the titles of their documents.
	Titles []float64
	// Weak says that it is not sure that the passages answer: of two sentences, one does sooner.
	Weak bool
	// Fields is what of the question stands in the fields of each passage: it is no part of the text and never quoted.
	Fields []Field
	// Absent are the stems of the question that stand nowhere in the documents that were asked.
	Absent []string
	// Partial, if not nil, is given the text of the draft so far, as often as a generator that writes bit by bit has more
	// of it. It is called by one goroutine at a time, and not after Generate has returned.
	Partial func(text string)
}

// A Draft is what a Generator wrote. It is not verified and must not be shown.
type Draft struct {
	Text       string    // sentences with citation markers such as [1] or [2, 3]
	Sentences  []Drafted // the same cut into sentences, by a generator that knows them; nil: Text is read
	NotCovered bool      // the generator said that the passages do not answer
	By         string    // who wrote it: a model's name, or "extract"
}

// Drafted is one sentence of a draft, without its markers, and the passages that it cites, counted from 1.
type Drafted struct {
	Text  string
	Cites []int
	// Evidence is what the draft gives as the words of a passage that bear the sentence out, by the passage's number.
	Evidence map[int][]string
}

// A Generator drafts an answer. It must be safe for use by several goroutines. An error means that there is no whole
// draft: a draft that was cut short is an error.
type Generator interface {
	Generate(ctx context.Context, r Request) (Draft, error)
}

// Vectors keeps vectors between runs, so that a text is embedded once per model. It must be safe for use by several
// goroutines.
type Vectors interface {
	// Lookup returns one vector per text, nil where it has none.
	Lookup(ctx context.Context, model string, texts []string) ([][]float32, error)
	// Store keeps one vector per text; when it returns nil they survive a crash.
	Store(ctx context.Context, model string, texts []string, vectors [][]float32) error
}

// Bounds of a Request.
const (
	MaxPassages      = 20
	MaxQuestionRunes = 2000 // characters: as long as a Discord message
)

// Premise is the i-th passage, counted from 0, with what else is known of it.
func (r Request) Premise(i int) Premise {
	if i < len(r.Premises) {
		return r.Premises[i]
	}
	return Premise{Passage: r.Passages[i]}
}

// SpokenIn is what is said in the i-th passage, counted from 0; nil where nothing is known.
func (r Request) SpokenIn(i int) []Speech {
	if i < len(r.Speech) {
		return r.Speech[i]
	}
	return nil
}

// FieldOf is what of the question stands in the fields of the i-th passage, counted from 0.
func (r Request) FieldOf(i int) Field {
	if i < len(r.Fields) {
		return r.Fields[i]
	}
	return Field{}
}

// SortHits orders hits best first and equal ones by reference.
func SortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Ref.Compare(b.Ref))
	})
}

// A Field is what of a question's stems stands in the fields of a passage.
type Field struct {
	Document []string // in its document's title, author, source or date
	Section  []string // in its headings
}
