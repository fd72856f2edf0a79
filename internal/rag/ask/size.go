package ask

import (
	"reflect"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// What memory takes beside what is in it, in bytes, as measured with Go 1.26 on 64 bits: see TestEditionBytes of
// package local.
const (
	indexedEntry = 350 // what the index of vectors keeps of an entry beside the vector, once its document was searched
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
	if !Embeds(e.config.Embedder) {
		return Size{bytes*keptPerByte + int64(passages)*keptPerPassage, bytes * passingPerByte}
	}
	dimension, entries := assumedDimension, int64(passages)
	if ed := e.edition.Load(); ed != nil {
		dimension = cmpOr(ed.dimension(), dimension)
	}
	if most := int64(e.config.Embedder.MaxBytes()); most > 0 {
		entries += bytes / most
	}
	return Size{bytes*keptPerByte + int64(passages)*keptPerPassage + entries*(4*int64(dimension)+indexedEntry),
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

// dimension is the length of the edition's vectors; 0 for none.
func (ed *Edition) dimension() int {
	for _, b := range ed.blocks {
		if b != nil && b.Len() > 0 {
			return len(b.Row(0))
		}
	}
	return 0
}

// Bytes is about how much memory the edition takes beside what is kin's; nil for no kin. What is read of its documents
// later is not in it.
func (ed *Edition) Bytes(kin *Edition) int64 {
	shared, known := map[*segment]bool{}, map[*document]bool{}
	if kin != nil {
		for _, p := range kin.words.parts {
			shared[p.segment] = true
		}
		for _, d := range kin.documents {
			known[d] = true
		}
	}
	n := ed.words.places.size()
	for _, p := range ed.words.parts {
		if n += p.number.size(); !shared[p.segment] {
			n += p.bytes()
		}
	}
	for i, d := range ed.Corpus.Documents() {
		if known[ed.documents[i]] {
			continue
		}
		n += ed.documents[i].bytes()
		for _, p := range d.Passages {
			n += sizeOf[article.Passage]() + int64(len(p.Text)+len(p.Heading))
		}
		if b := ed.blocks[i]; b != nil {
			n += 4*int64(len(b.Values())) + int64(b.Len())*indexedEntry
		}
	}
	return n
}

// Read is about how many bytes the engine keeps of what questions have read since its documents were loaded, beside
// what is kin's.
func (e *Engine) Read() int64 {
	n := e.readings.Bytes() * readingPerByte
	for _, d := range e.own() {
		n += d.contextBytes()
	}
	return n
}

// Forget drops what Read counts. It is read again when it is needed.
func (e *Engine) Forget() {
	e.readings.Drop()
	for _, d := range e.own() {
		d.forget()
	}
}

// own are the documents of the edition that are not kin's.
func (e *Engine) own() []*document {
	ed := e.edition.Load()
	if ed == nil {
		return nil
	}
	if e.config.Kin == nil {
		return ed.documents
	}
	kin := e.config.Kin.edition.Load()
	if kin == nil {
		return ed.documents
	}
	return slices.DeleteFunc(slices.Clone(ed.documents),
		func(d *document) bool { return slices.Contains(kin.documents, d) })
}

func sizeOf[T any]() int64 { return int64(reflect.TypeFor[T]().Size()) }

// bytes is about what the segment takes.
func (s *segment) bytes() int64 {
	n := int64(len(s.sentences))*sizeOf[sentence]() + s.text.size() + 4*int64(len(s.from))
	n += int64(len(s.stems.text)) + s.stems.from.size() + s.byStem.size()
	for i := range s.fields {
		f := &s.fields[i]
		n += f.keys.size() + f.from.size() + 4*int64(len(f.lengths)) + int64(len(f.bytes))
	}
	return n
}

// bytes is about what is known of a document beside its text.
func (d *document) bytes() int64 {
	n := int64(len(d.speech))*sizeOf[[]rag.Speech]() + int64(len(d.labels))*sizeOf[label]()
	for _, list := range d.speech {
		n += int64(len(list)) * sizeOf[rag.Speech]()
	}
	return n + speechBytes(d.said)
}

func speechBytes(said quote.Speech) int64 {
	n := int64(len(said.Quotations))*sizeOf[quote.Quotation]() + int64(len(said.Statements))*sizeOf[quote.Statement]()
	for _, p := range said.People {
		n += sizeOf[quote.Person]() + int64(len(p.Name)+len(p.Role)) + int64(len(p.Refs))*sizeOf[article.Ref]()
		for _, alias := range p.Aliases {
			n += sizeOf[string]() + int64(len(alias))
		}
	}
	return n
}
