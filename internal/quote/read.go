package quote

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/steps"
	"pilcrow/internal/text"
)

// A reading is what one pass over a document found. It is built once and asked for quotations, statements and people.
type reading struct {
	doc      article.Document
	labels   []label // one per paragraph; nil where no paragraph has one
	pieces   []text.QuotedSpan
	places   []place // one per piece
	paras    []paragraph
	registry registry
	history  []discourse // one per sentence
	turns    []turn      // one per piece
	reports  []report

	byHead map[string][]int // entities by what they are called: spokesman, ministry

	mentioned   int            // entities so far
	interviewed int            // who answers questions, plus 1; 0 for not known
	arabicNames map[string]int // entities of arabicTurn by their name, plus 1
	memory      *scratch
	scratch     []token
	found       []mention // scratch: of a sentence
	all         []mention // scratch: of a paragraph
	steps       *steps.Counter
	unread      Unread
}

// A paragraph is a passage in tokens, sentences and mentions. Sentences count over the whole document.
type paragraph struct {
	text     string
	tokens   []token
	cut      []text.Span // its sentences, where it has quotations, whose sentences are looked for, too
	starts   []int       // where sentences begin, and the number of tokens
	first    int         // number of its first sentence
	mentions []mention   // outside quotations, in order
	inside   []mention   // names inside quotations
	from     []int       // per sentence, its first mention; and the number of mentions
	subjects []bool      // per token, while the paragraph is resolved: see subjectPlaces
}

// A place is where a piece stands in its paragraph.
type place struct{ sentence, token int }

// A turn is who said a piece.
type turn struct {
	entity   int // -1: open
	mention  string
	strength lexicon.Cue // how sure it is that somebody speaks; 0 for no sign
	near     bool
	unsaid   bool // its sentence tells that nobody said it
}

// A report is a sentence with a reporting verb and its subject.
type report struct {
	para, sentence int
	entity         int
	mention        string
	subject        int // tokens that only say who speaks
}

// A discourse is what a sentence leaves behind for the pronouns after it.
type discourse struct {
	para     int
	subject  int // entity, -1 for none
	by       int // the mention of the paragraph that is the subject, -1 for none
	speaker  int
	persons  []int // other entities that were mentioned, in order
	document bool  // it speaks of a statement or the like
}

// read reads a document as far as the counter lets it: after each of its parts, what a stopped one left behind is for
// nobody's use.
func read(c *steps.Counter, d article.Document) *reading {
	r := &reading{doc: d, steps: c, memory: scratches.Get().(*scratch)}
	r.lend(len(d.Passages))
	texts := make([]string, len(d.Passages))
	for i, p := range d.Passages {
		if p.Kind != article.Code { // where strings stand between quotation marks, which nobody said
			texts[i] = p.Text
		}
	}
	if r.pieces, r.unread.Paragraphs = text.Quotations(c, texts); c.Err() != nil {
		return r
	}
	r.labels = labels(d.Passages)
	r.pieces = withLabels(r.pieces, r.labels)
	r.places = make([]place, len(r.pieces))
	common, surnames := r.memory.common, r.memory.surnames
	next, sentence := 0, 0
	for i := range r.paras {
		p := &r.paras[i]
		p.text = texts[i]
		from := next
		for next < len(r.pieces) && r.pieces[next].Paragraph == i {
			next++
		}
		r.scratch = tokenize(r.scratch[:0], p.text, 0, len(p.text), r.pieces[from:next], from)
		p.tokens = r.memory.tokens.clone(r.scratch)
		spans := text.Sentences(p.text)
		p.starts = sentencesOf(spans, p.tokens, r.pieces)
		if next > from {
			p.cut = spans
		}
		p.first = sentence
		sentence += len(p.starts) - 1
		r.place(p)
		noteCommon(common, p.tokens)
		if !c.Take(1 + len(p.tokens)) {
			return r
		}
	}
	for i := range r.paras {
		if r.chunk(i, common, surnames); !c.Take(1) {
			return r
		}
	}
	if r.registry.settle(c); c.Err() != nil {
		return r
	}
	r.byHead = map[string][]int{}
	for i := range r.registry.entities {
		for _, head := range r.registry.entities[i].heads {
			r.byHead[head] = append(r.byHead[head], i)
		}
	}
	r.unread.Names = r.registry.beyond
	r.turns = make([]turn, len(r.pieces))
	for i := range r.turns {
		r.turns[i].entity = -1
	}
	r.history = slices.Grow(r.history, sentence)
	for i := range r.paras {
		if r.resolve(i); !c.Take(1) {
			return r
		}
	}
	r.passTurns()
	return r
}

// place notes where the pieces of a paragraph stand.
func (r *reading) place(p *paragraph) {
	for s := range len(p.starts) - 1 {
		for k := p.starts[s]; k < p.starts[s+1]; k++ {
			if p.tokens[k].kind == quoted {
				r.places[p.tokens[k].piece] = place{s, k}
			}
		}
	}
}

func noteCommon(common map[string]bool, tokens []token) {
	for _, t := range tokens {
		if !t.capital && !common[t.lower] {
			common[t.lower] = true
		}
	}
}

// chunk finds the mentions of a paragraph and counts its names.
func (r *reading) chunk(i int, common, surnames map[string]bool) {
	p := &r.paras[i]
	p.from = make([]int, 0, len(p.starts))
	r.all = r.all[:0]
	for s := range len(p.starts) - 1 {
		p.from = append(p.from, len(r.all))
		if s == 0 && r.label(i) == speakerLabel {
			m := r.labelMention(i)
			r.registry.count(&m)
			r.all = append(r.all, m)
			continue
		}
		c := chunker{out: r.found[:0], text: p.text, tokens: p.tokens, a: p.starts[s], b: p.starts[s+1], sentence: s,
			common: common, surnames: surnames,
			steps: r.steps}
		found := c.find()
		if r.steps.Err() != nil {
			return
		}
		r.found = found
		r.all = append(r.all, found...)
		if headline(p, s) {
			continue
		}
		for k := range found {
			if found[k].kind == byName {
				r.registry.count(&found[k])
			}
		}
	}
	p.mentions = r.memory.mentions.clone(r.all)
	p.from = append(p.from, len(p.mentions))
	for _, t := range p.tokens {
		if t.kind != quoted {
			continue
		}
		if r.chunkInside(p, &r.pieces[t.piece], common, surnames); r.steps.Err() != nil {
			return
		}
	}
	for k := range p.inside {
		r.registry.count(&p.inside[k])
	}
}

// chunkInside finds the names inside a quotation.
func (r *reading) chunkInside(p *paragraph, q *text.QuotedSpan, common, surnames map[string]bool) {
	tokens := tokenize(r.scratch[:0], p.text, q.Start, q.End, nil, 0)
	r.scratch = tokens
	starts := sentencesOf(p.cut, tokens, nil)
	for s := range len(starts) - 1 {
		c := chunker{out: r.found[:0], text: p.text, tokens: tokens, a: starts[s], b: starts[s+1], common: common,
			surnames: surnames, steps: r.steps}
		found := c.find()
		if r.steps.Err() != nil {
			return
		}
		r.found = found
		for _, m := range found {
			if m.kind == byName && (m.name > starts[s] && tokens[m.name-1].kind == word || m.end-m.name > 1) {
				p.inside = append(p.inside, m)
			}
		}
	}
}

// label is what stands before the words of a paragraph.
func (r *reading) label(i int) labelKind {
	if r.labels == nil {
		return noLabel
	}
	return r.labels[i].kind
}

// headline reports whether a sentence is printed as one, in capitals throughout: what looks like a name there may be
// anything.
func headline(p *paragraph, s int) bool {
	const least = 4 // words
	n := 0
	for _, t := range p.tokens[p.starts[s]:p.starts[s+1]] {
		switch {
		case stops[t.lower], t.kind == quoted:
			return false
		case t.kind == word && !t.capital && t.traits&(function|joining) == 0:
			return false
		case t.kind == word:
			n++
		}
	}
	return n >= least
}
