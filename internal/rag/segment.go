package rag

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// A segment is an inverted index of some passages by their content alone: in which document they stand, and as which paragraph, is
// not in it. So the editions before and after a change share their segments, and so do the engines of several servers. It is
// immutable.
type segment struct {
	contents []content
	stems    []string // by id
	ids      map[string]uint32
	fields   [fields]field
}

// The kinds of term.
const (
	stemField = iota
	pairField // two stems side by side
	gramField // four or five bytes of a word
	fields
)

// content is what a segment knows of one passage besides its terms.
type content struct{ sentences []sentence }

type sentence struct {
	span   article.Span
	stems  []uint32 // ids, in order; with those of the names of who speaks in it
	traits question.Traits
}

// field is an inverted index of one kind of term.
type field struct {
	ids      map[uint64]uint32 // by packed term; nil for stems, whose ids are the segment's
	from     []uint32          // the postings of an id begin here, and end where those of the next begin
	postings []posting         // of an id, by passage
	lengths  []int32           // terms in each passage
}

type posting struct {
	passage int32 // in the segment
	count   int32
}

// list returns the postings of a term: a stem, two stems with pairMark between, or a gram.
func (s *segment) list(which int, term string) []posting {
	id, ok := uint32(0), false
	f := &s.fields[which]
	switch which {
	case stemField:
		id, ok = s.ids[term]
	case pairField:
		a, b, _ := strings.Cut(term, pairMark)
		var first, second uint32
		if first, ok = s.ids[a]; ok {
			if second, ok = s.ids[b]; ok {
				id, ok = f.ids[packPair(first, second)]
			}
		}
	case gramField:
		id, ok = f.ids[packGram(term)]
	}
	if !ok {
		return nil
	}
	return f.of(id)
}

func (f *field) of(id uint32) []posting { return f.postings[f.from[id]:f.from[id+1]] }

func packPair(a, b uint32) uint64 { return uint64(a)<<32 | uint64(b) }

// packGram packs at most seven bytes and their number.
func packGram[T string | []byte](g T) uint64 {
	key := uint64(len(g))
	for i := range len(g) {
		key = key<<8 | uint64(g[i])
	}
	return key
}

// A segmentWriter reads passages into a new segment.
type segmentWriter struct {
	segment segment
	entries [fields]entries
	reader  words.Reader
	all     []uint32 // scratch: the stems of one passage
	marked  []byte   // scratch: a word with its ends marked
}

// entries are the postings of one field in the order in which the passages were read.
type entries struct {
	list []entry
	last []int32 // by id: where its last entry is; -1 for none
}

type entry struct {
	id uint32
	posting
}

// newSegmentWriter makes a writer for about that many bytes of text.
func newSegmentWriter(bytes int) *segmentWriter {
	w := &segmentWriter{segment: segment{ids: map[string]uint32{}}}
	w.segment.fields[pairField].ids = make(map[uint64]uint32, bytes/16)
	w.segment.fields[gramField].ids = make(map[uint64]uint32, min(bytes/16, 1<<15))
	w.entries[stemField].list = make([]entry, 0, bytes/10)
	w.entries[pairField].list = make([]entry, 0, bytes/10)
	w.entries[gramField].list = make([]entry, 0, bytes)
	return w
}

// stem gives a stem its id.
func (w *segmentWriter) stem(s string) uint32 {
	id, ok := w.segment.ids[s]
	if !ok {
		id, s = uint32(len(w.segment.stems)), strings.Clone(s) // a piece of the text would keep all of it in memory
		w.segment.ids[s] = id
		w.segment.stems = append(w.segment.stems, s)
	}
	return id
}

// count counts one occurrence of a term in the passage that is being read.
func (w *segmentWriter) count(which int, id uint32) {
	e := &w.entries[which]
	for int(id) >= len(e.last) {
		e.last = append(e.last, -1)
	}
	passage := int32(len(w.segment.contents))
	w.segment.fields[which].lengths[passage]++
	if at := e.last[id]; at >= 0 && e.list[at].passage == passage {
		e.list[at].count++
		return
	}
	e.last[id] = int32(len(e.list))
	e.list = append(e.list, entry{id, posting{passage, 1}})
}

// countKey counts a packed term.
func (w *segmentWriter) countKey(which int, key uint64) {
	ids := w.segment.fields[which].ids
	id, ok := ids[key]
	if !ok {
		id = uint32(len(ids))
		ids[key] = id
	}
	w.count(which, id)
}

// read adds a passage. A sentence has the stems of the names of those who speak in it, too.
func (w *segmentWriter) read(text string, speech []Speech) {
	for f := range w.segment.fields {
		w.segment.fields[f].lengths = append(w.segment.fields[f].lengths, 0)
	}
	w.all = w.all[:0]
	spans := article.Sentences(text)
	sentences := make([]sentence, len(spans))
	for i, span := range spans {
		from := len(w.all)
		sentenceText := span.Of(text)
		tokens := w.reader.Tokenize(sentenceText)
		for _, t := range tokens {
			if !t.Stop {
				w.all = append(w.all, w.stem(t.Stem))
				w.grams(t.Text)
			}
		}
		for _, s := range SpokenStems(speech, span) {
			if id := w.stem(s); !slices.Contains(w.all[from:], id) {
				w.all = append(w.all, id)
			}
		}
		sentences[i] = sentence{span, slices.Clone(w.all[from:]), question.TraitsOfTokens(sentenceText, tokens)}
	}
	for i, id := range w.all {
		w.count(stemField, id)
		if i > 0 {
			w.countKey(pairField, packPair(w.all[i-1], id))
		}
	}
	w.segment.contents = append(w.segment.contents, content{sentences})
}

// grams counts the grams of a word as the function grams cuts them.
func (w *segmentWriter) grams(word string) {
	w.marked = append(append(append(w.marked[:0], '_'), word...), '_')
	for n := gramMin; n <= gramMax; n++ {
		for i := 0; i+n <= len(w.marked); i++ {
			w.countKey(gramField, packGram(w.marked[i:i+n]))
		}
	}
}

// finish orders the postings by term. The writer must not be used again.
func (w *segmentWriter) finish() *segment {
	for which := range w.segment.fields {
		f, e := &w.segment.fields[which], &w.entries[which]
		f.from = make([]uint32, len(e.last)+1)
		for _, x := range e.list {
			f.from[x.id+1]++
		}
		for id := range e.last {
			f.from[id+1] += f.from[id]
		}
		next := slices.Clone(f.from)
		f.postings = make([]posting, len(e.list))
		for _, x := range e.list {
			f.postings[next[x.id]] = x.posting
			next[x.id]++
		}
	}
	s := w.segment
	return &s
}
