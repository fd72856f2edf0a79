package inverted

import (
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// A Document is what an edition knows of one of its documents beside the text. Editions share it.
type Document struct {
	digest   string
	Said     quote.Speech
	speech   [][]rag.Speech // by paragraph
	Text     article.Document
	readings *premise.Readings
	labels   []label

	mu    sync.Mutex
	known *premise.Context // nil until it is first needed, and again when its memory is
}

// Context reads the document, or returns what was read.
func (d *Document) Context() *premise.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		d.known = premise.Of(d.Text, d.Said, d.readings)
	}
	return d.known
}

// Forget drops what context keeps.
func (d *Document) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known = nil
}

// ContextBytes is about what context keeps.
func (d *Document) ContextBytes() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil {
		return 0
	}
	return d.known.Bytes()
}

// readDocument reads who speaks; the context is read when it is first needed.
func readDocument(d article.Document, digest string, readings *premise.Readings) *Document {
	return newDocument(d, digest, quote.Read(nil, d), readings)
}

// newDocument is a document of which it is known who speaks.
func newDocument(d article.Document, digest string, said quote.Speech, readings *premise.Readings) *Document {
	speech := make([][]rag.Speech, len(d.Passages))
	byRef := speeches(said)
	for i, p := range d.Passages {
		speech[i] = byRef[p.Ref]
	}
	return &Document{digest: digest, Said: said, speech: speech, Text: d, readings: readings, labels: labelsOf(d)}
}

// speeches returns who says what in each passage of a document. What nobody in particular says is left out.
func speeches(said quote.Speech) map[article.Ref][]rag.Speech {
	m := map[article.Ref][]rag.Speech{}
	for _, q := range said.Quotations {
		if q.Speaker != "" {
			m[q.Ref] = append(m[q.Ref], rag.Speech{Span: article.Span{Start: q.Start, End: q.End}, Speaker: q.Speaker})
		}
	}
	for _, s := range said.Statements {
		if s.Speaker != "" {
			m[s.Ref] = append(m[s.Ref], rag.Speech{Span: s.Span, Speaker: s.Speaker})
		}
	}
	return m
}

// bytes is about what is known of a document beside its text.
func (d *Document) bytes() int64 {
	n := int64(len(d.speech))*sizeOf[[]rag.Speech]() + int64(len(d.labels))*sizeOf[label]()
	for _, list := range d.speech {
		n += int64(len(list)) * sizeOf[rag.Speech]()
	}
	return n + speechBytes(d.Said)
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
