package ask

import (
	"pilcrow/internal/article"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/vectors"
)

// readingPerByte is how many bytes a paragraph that a sentence was held against takes for each of its text: see the
// same test.
const readingPerByte = 50

// Before a document is read only its length is known. Reading keeps so many bytes for each of the text, and for each
// paragraph; while it lasts it takes as many again for each of the text as passingFactor says.
const (
	keptPerByte      = 7
	keptPerPassage   = 500
	passingPerByte   = 24 // at the peak of the live heap: dates 8, wrongly nested marks 11, speeches 15, names 25
	assumedDimension = 2048
)

// A Size is about how many bytes documents take: in an edition, and beside that while they are read.
type Size struct{ Kept, Passing int64 }

// Plus adds another one; what passes is needed by one after the other.
func (s Size) Plus(other Size) Size { return Size{s.Kept + other.Kept, max(s.Passing, other.Passing)} }

// Estimate is about what a text of so many bytes and paragraphs will take in an edition of this engine. It is known
// before the text is read, and so up to three times too much, or two thirds of it; Edition.Bytes is nearer.
func (e *Engine) Estimate(bytes int64, passages int) Size {
	if !vectors.Embeds(e.config.Embedder) {
		return Size{bytes*keptPerByte + int64(passages)*keptPerPassage, bytes * passingPerByte}
	}
	dimension, entries := assumedDimension, int64(passages)
	if ed := e.edition.Load(); ed != nil {
		dimension = cmpOr(ed.Dimension(), dimension)
	}
	if most := int64(e.config.Embedder.MaxBytes()); most > 0 {
		entries += bytes / most
	}
	return Size{bytes*keptPerByte + int64(passages)*keptPerPassage + entries*(4*int64(dimension)+corpus.IndexedEntry),
		bytes * passingPerByte}
}

func cmpOr(n, otherwise int) int {
	if n != 0 {
		return n
	}
	return otherwise
}

// EstimateOf is Estimate for a document.
func (e *Engine) EstimateOf(d article.Document) Size {
	bytes := int64(0)
	for _, p := range d.Passages {
		bytes += int64(len(p.Text))
	}
	return e.Estimate(bytes, len(d.Passages))
}

// Read is about how many bytes the engine keeps of what questions have read since its documents were loaded, beside
// what is kin's.
func (e *Engine) Read() int64 {
	n := e.readings.Bytes() * readingPerByte
	for _, d := range e.own() {
		n += d.ContextBytes()
	}
	return n
}

// Forget drops what Read counts. It is read again when it is needed.
func (e *Engine) Forget() {
	e.readings.Drop()
	for _, d := range e.own() {
		d.Forget()
	}
}

// own are the documents of the edition that are not kin's.
func (e *Engine) own() []*inverted.Document {
	ed := e.edition.Load()
	if ed == nil {
		return nil
	}
	if e.config.Kin == nil {
		return ed.Words.Own(nil)
	}
	return ed.Words.Own(e.config.Kin.edition.Load().Index())
}
