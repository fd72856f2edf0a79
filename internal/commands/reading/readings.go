package reading

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/quote"
	"pilcrow/internal/steps"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// A scene is where a quotation or an event stands, as distinct stems, by their numbers, in order: what it is about is
// asked of them. All scenes of a reading share its stems, and those of one paragraph its far ones.
type scene struct {
	stems *stems
	own   []uint32 // of the words themselves
	near  []uint32 // of the sentence around them and of who speaks
	far   []uint32 // of the paragraph
}

// stems numbers the stems of one reading: a number takes a quarter of what a string does.
type stems struct{ ids map[string]uint32 }

func newStems() *stems { return &stems{map[string]uint32{}} }

// set returns the numbers of the stems of texts, each once, in order.
func (s *stems) set(texts ...string) []uint32 {
	var ids []uint32
	for _, text := range texts {
		for _, stem := range words.Stems(text) {
			id, known := s.ids[stem]
			if !known {
				id = uint32(len(s.ids))
				s.ids[strings.Clone(stem)] = id // a piece of the text would keep all of it
			}
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Clip(slices.Compact(ids))
}

// A said is a quotation with its sentence.
type said struct {
	quote.Quotation
	Sentence article.Span // in the paragraph; ends with the sentence in which the quotation ends
	context  string       // the sentence's text
	scene    scene
}

// A reported is a sentence of the author's about what somebody said.
type reported struct {
	quote.Statement
	Text  string
	scene scene
}

// A happened is a dated event.
type happened struct {
	timeline.Event
	scene scene
}

// A speech is what a document tells of who said what.
type speech struct {
	said     []said
	reported []reported
	people   []quote.Person
	unread   quote.Unread
}

// events are the dated events of a document.
type events struct {
	happened []happened
	unread   int // dates beyond the ceilings
}

// speechesOf is what is known of the speech of each of the view's documents. It is read when it is first asked for,
// once, and to the end although whoever asked does not wait.
func (t *Table) speechesOf(ctx context.Context, v access.View) ([]speech, error) {
	return gather(ctx, &t.speeches, v, readSpeech)
}

// eventsOf is likewise what is known of the dates.
func (t *Table) eventsOf(ctx context.Context, v access.View) ([]events, error) {
	return gather(ctx, &t.events, v, readEvents)
}

// gather has what is kept of each of the view's documents.
func gather[V any](ctx context.Context, kept *access.PerDocument[V], v access.View,
	read func(*steps.Counter, article.Document) V) ([]V, error) {
	all := make([]V, len(v.Documents))
	for i, d := range v.Documents {
		var err error
		if all[i], err = kept.Of(ctx, v.Edition, d.Slug, func(c *steps.Counter) V { return read(c, d) }); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// A stage makes scenes. Items that follow each other in a paragraph share its stems.
type stage struct {
	document  article.Document
	stems     *stems
	n         int // of the paragraph that is set up
	far       []uint32
	sentences []article.Span // from the one on that was asked for last
}

// set goes to the n-th paragraph.
func (s *stage) set(n int) article.Passage {
	p := s.document.Passages[n-1]
	if s.n != n {
		s.n, s.far, s.sentences = n, s.stems.set(p.Text), article.Sentences(p.Text)
	}
	return p
}

// around is the sentence, or the run of sentences, that holds the span.
func (s *stage) around(span article.Span) article.Span {
	for i, sentence := range s.sentences {
		if sentence.End > span.Start {
			s.sentences = s.sentences[i:] // quotations come in order
			return article.Span{Start: min(sentence.Start, span.Start), End: max(sentence.End, span.End)}
		}
	}
	return span
}

func readSpeech(c *steps.Counter, d article.Document) speech {
	found := quote.Read(c, d)
	out := speech{said: make([]said, len(found.Quotations)), reported: make([]reported, len(found.Statements)),
		people: found.People,
		unread: found.Unread}
	s := stage{document: d, stems: newStems()}
	for i, q := range found.Quotations {
		p := s.set(q.Ref.N)
		if !c.Take(1 + (q.End-q.Start)/access.BytesPerWord) {
			return speech{}
		}
		span := s.around(article.Span{Start: q.Start, End: q.End})
		out.said[i] = said{Quotation: q, Sentence: span, context: span.Of(p.Text), scene: scene{
			s.stems, s.stems.set(q.Words), s.stems.set(span.Of(p.Text), q.Speaker, q.Role), s.far}}
	}
	for i, st := range found.Statements {
		if !c.Take(1 + (st.Span.End-st.Span.Start)/access.BytesPerWord) {
			return speech{}
		}
		text := st.Span.Of(d.Passages[st.Ref.N-1].Text)
		out.reported[i] = reported{Statement: st, Text: text,
			scene: scene{s.stems, s.stems.set(text), s.stems.set(st.Speaker), nil}}
	}
	return out
}

func readEvents(c *steps.Counter, d article.Document) events {
	story := timeline.Read(c, d)
	out := events{happened: make([]happened, len(story.Events)), unread: story.Unread}
	far, known := make(map[int][]uint32), newStems()
	for i, e := range story.Events { // in the order of time, not of the paragraphs
		if !c.Take(1 + len(e.Text)/access.BytesPerWord) {
			return events{}
		}
		if far[e.Ref.N] == nil {
			far[e.Ref.N] = known.set(d.Passages[e.Ref.N-1].Text)
		}
		out.happened[i] = happened{e, scene{known, known.set(e.Text), nil, far[e.Ref.N]}}
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
