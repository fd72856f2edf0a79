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
	stems     []string // by id
	byStem    []uint32 // ids in the order of their stems
	fields    [fields]field
	sentences []sentence // of all passages, in order
	text      []uint32   // the stems of the sentences, in order; with those of the names of who speaks in them
	from      []uint32   // the sentences of a passage begin here, and end where those of the next begin
}

// The kinds of term.
const (
	stemField = iota
	pairField // two stems side by side
	gramField // four or five bytes of a word
	fields
)

type sentence struct {
	from, to uint32 // its stems in the segment's text
	traits   question.Traits
}

// id returns the id of a stem, if the segment has it.
func (s *segment) id(stem string) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(s.byStem, stem, func(id uint32, stem string) int { return strings.Compare(s.stems[id], stem) })
	if !ok {
		return 0, false
	}
	return s.byStem[i], true
}

// sortStems puts the ids in the order of their stems.
func (s *segment) sortStems() {
	s.byStem = make([]uint32, len(s.stems))
	for id := range s.byStem {
		s.byStem[id] = uint32(id)
	}
	slices.SortFunc(s.byStem, func(a, b uint32) int { return strings.Compare(s.stems[a], s.stems[b]) })
	s.stems = slices.Clone(s.stems) // as large as they are
}

// passages is how many passages it has.
func (s *segment) passages() int { return len(s.from) - 1 }

// of returns the sentences of a passage.
func (s *segment) of(passage int32) []sentence { return s.sentences[s.from[passage]:s.from[passage+1]] }

// list returns the postings of a term: a stem, two stems with pairMark between, or a gram.
func (s *segment) list(which int, term string) postings {
	f := &s.fields[which]
	switch which {
	case stemField:
		if id, ok := s.id(term); ok {
			return f.of(id)
		}
	case pairField:
		a, b, _ := strings.Cut(term, pairMark)
		if first, ok := s.id(a); ok {
			if second, ok := s.id(b); ok {
				return f.find(packPair(first, second))
			}
		}
	case gramField:
		return f.find(packGram(term))
	}
	return nil
}

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
	ids     map[string]uint32 // by stem
	fields  [fields]fieldWriter
	reader  words.Reader
	tokens  []words.Token // scratch: of one sentence
	marked  []byte        // scratch: a word with its ends marked
}

// newSegmentWriter makes a writer for about that many bytes of text.
func newSegmentWriter(bytes int) *segmentWriter {
	w := &segmentWriter{ids: map[string]uint32{}, segment: segment{from: []uint32{0}}}
	w.segment.text = make([]uint32, 0, bytes/8)
	w.fields[pairField].ids = map[uint64]uint32{}
	w.fields[gramField].ids = map[uint64]uint32{}
	w.fields[gramField].stream = make([]byte, 0, 2*bytes)
	return w
}

// stem gives a stem its id.
func (w *segmentWriter) stem(s string) uint32 {
	id, ok := w.ids[s]
	if !ok {
		id, s = uint32(len(w.segment.stems)), strings.Clone(s) // a piece of the text would keep all of it in memory
		w.ids[s] = id
		w.segment.stems = append(w.segment.stems, s)
	}
	return id
}

// read adds a passage. A sentence has the stems of the names of those who speak in it, too.
func (w *segmentWriter) read(text string, speech []Speech) {
	s := &w.segment
	begin := len(s.text)
	for _, span := range article.Sentences(text) {
		from := len(s.text)
		sentenceText := span.Of(text)
		w.tokens = w.reader.Append(w.tokens[:0], sentenceText)
		for _, t := range w.tokens {
			if !t.Stop {
				s.text = append(s.text, w.stem(t.Stem))
				w.grams(t.Text)
			}
		}
		for _, spoken := range SpokenStems(speech, span) {
			if id := w.stem(spoken); !slices.Contains(s.text[from:], id) {
				s.text = append(s.text, id)
			}
		}
		s.sentences = append(s.sentences, sentence{uint32(from), uint32(len(s.text)), question.TraitsOfTokens(sentenceText, w.tokens)})
	}
	all := s.text[begin:]
	for i, id := range all {
		w.fields[stemField].count(id)
		if i > 0 {
			w.fields[pairField].countKey(packPair(all[i-1], id))
		}
	}
	for which := range w.fields {
		w.fields[which].end()
	}
	s.from = append(s.from, uint32(len(s.sentences)))
}

// grams counts the grams of a word as the function grams cuts them.
func (w *segmentWriter) grams(word string) {
	w.marked = append(append(append(w.marked[:0], '_'), word...), '_')
	for n := gramMin; n <= gramMax; n++ {
		for i := 0; i+n <= len(w.marked); i++ {
			w.fields[gramField].countKey(packGram(w.marked[i : i+n]))
		}
	}
}

// finish orders the postings by term. The writer must not be used again.
func (w *segmentWriter) finish() *segment {
	s := w.segment
	s.sortStems()
	for which := range w.fields {
		s.fields[which] = w.fields[which].finish()
		w.fields[which] = fieldWriter{}
	}
	s.text, s.sentences, s.from = slices.Clone(s.text), slices.Clone(s.sentences), slices.Clone(s.from) // as large as they are
	return &s
}
