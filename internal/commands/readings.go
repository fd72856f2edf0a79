package commands

import (
	"context"
	"slices"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A scene is where a quotation or an event stands, as distinct stems in order: what it is about is asked of them.
type scene struct {
	own  []string // of the words themselves
	near []string // of the sentence around them and of who speaks
	far  []string // of the paragraph
}

// A said is a quotation with its sentence.
type said struct {
	quote.Quotation
	sentence article.Span // in the paragraph; ends with the sentence in which the quotation ends
	context  string       // the sentence's text
	scene    scene
}

// A reported is a sentence of the author's about what somebody said.
type reported struct {
	quote.Statement
	text  string
	scene scene
}

// A happened is a dated event.
type happened struct {
	timeline.Event
	scene scene
}

// A reading is what is known of the speech and the dates of one document. Each part is made when it is first asked for, and
// once.
type reading struct {
	speech func() speech
	events func() []happened
}

// A speech is what a document tells of who said what.
type speech struct {
	said     []said
	reported []reported
	people   []quote.Person
}

func newReading(d article.Document) *reading {
	return &reading{
		speech: sync.OnceValue(func() speech { return readSpeech(d) }),
		events: sync.OnceValue(func() []happened { return readEvents(d) }),
	}
}

// gather joins one part of the readings, in order. The first time it takes as long as reading them does, so it looks at ctx
// between two.
func gather[T any](ctx context.Context, readings []*reading, part func(*reading) []T) ([]T, error) {
	if len(readings) == 1 {
		return part(readings[0]), ctx.Err()
	}
	var all []T
	for _, r := range readings {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all = append(all, part(r)...)
	}
	return all, nil
}

// A stage makes scenes. Items that follow each other in a paragraph share its stems.
type stage struct {
	document  article.Document
	n         int // of the paragraph that is set up
	far       []string
	sentences []article.Span
}

// set goes to the n-th paragraph.
func (s *stage) set(n int) article.Passage {
	p := s.document.Passages[n-1]
	if s.n != n {
		s.n, s.far, s.sentences = n, stemSet(p.Text), article.Sentences(p.Text)
	}
	return p
}

// around is the sentence, or the run of sentences, that holds the span.
func (s *stage) around(span article.Span) article.Span {
	for _, sentence := range s.sentences {
		if sentence.End > span.Start {
			return article.Span{Start: min(sentence.Start, span.Start), End: max(sentence.End, span.End)}
		}
	}
	return span
}

func readSpeech(d article.Document) speech {
	found := quote.Read(nil, d)
	out := speech{said: make([]said, len(found.Quotations)), reported: make([]reported, len(found.Statements)), people: found.People}
	s := stage{document: d}
	for i, q := range found.Quotations {
		p := s.set(q.Ref.N)
		span := s.around(article.Span{Start: q.Start, End: q.End})
		out.said[i] = said{Quotation: q, sentence: span, context: span.Of(p.Text), scene: scene{
			own: stemSet(q.Words), near: stemSet(span.Of(p.Text), q.Speaker, q.Role), far: s.far}}
	}
	for i, st := range found.Statements {
		text := st.Span.Of(d.Passages[st.Ref.N-1].Text)
		out.reported[i] = reported{Statement: st, text: text, scene: scene{own: stemSet(text), near: stemSet(st.Speaker)}}
	}
	return out
}

func readEvents(d article.Document) []happened {
	found := timeline.Events(nil, d)
	out := make([]happened, len(found))
	far := make(map[int][]string)
	for i, e := range found { // in the order of time, not of the paragraphs
		if far[e.Ref.N] == nil {
			far[e.Ref.N] = stemSet(d.Passages[e.Ref.N-1].Text)
		}
		out[i] = happened{e, scene{own: stemSet(e.Text), far: far[e.Ref.N]}}
	}
	return out
}

func stemSet(texts ...string) []string {
	var stems []string
	for _, text := range texts {
		stems = append(stems, words.Stems(text)...)
	}
	slices.Sort(stems)
	return slices.Clip(slices.Compact(stems))
}
