package inverted

import (
	"reflect"
	"slices"
	"sort"
	"strings"

	"pilcrow/internal/question"
)

// A segment is an inverted index of some passages by their content alone: in which document they stand, and as which
// paragraph, is not in it. So the editions before and after a change share their segments, and so do the engines of
// several servers. It is immutable.
type segment struct {
	stems     stemList   // by id
	byStem    numberList // ids in the order of their stems
	fields    [fields]field
	sentences []sentence // of all passages, in order
	text      numberList // the stems of the sentences, in order; with those of the names of who speaks in them
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
	i, ok := sort.Find(s.byStem.len(), func(i int) int {
		return strings.Compare(stem, s.stems.at(s.byStem.at(uint32(i))))
	})
	if !ok {
		return 0, false
	}
	return s.byStem.at(uint32(i)), true
}

// setStems gives the segment its stems, and puts the ids in the order of these.
func (s *segment) setStems(list []string) {
	ids := make([]uint32, len(list))
	for id := range ids {
		ids[id] = uint32(id)
	}
	slices.SortFunc(ids, func(a, b uint32) int { return strings.Compare(list[a], list[b]) })
	s.byStem = newNumberList(ids)
	s.stems = newStems(list)
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

// sizeOf is how many bytes a value takes without what it points at.
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
