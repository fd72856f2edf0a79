package ask

import (
	"io"
	"os"

	"pilcrow/internal/question"
)

// writeSegment writes a segment, and returns the checksum of its file.
func writeSegment(f io.Writer, s *segment) (uint32, error) {
	w := newCacheWriter(f)
	w.bytes([]byte(s.stems.text))
	writeUint32s(w, s.stems.from.list())
	writeUint32s(w, s.byStem.list())
	for i := range s.fields {
		x := &s.fields[i]
		writeUint32s(w, x.keys.upper.list())
		writeUint32s(w, x.keys.first.list())
		writeUint32s(w, x.keys.lower.list())
		writeUint32s(w, x.from.list())
		w.bytes(x.bytes)
		writeUint32s(w, x.lengths)
	}
	ends, traits := make([]uint32, len(s.sentences)), make([]byte, len(s.sentences))
	for i, x := range s.sentences {
		ends[i], traits[i] = x.to, x.traits.Bits()
	}
	writeUint32s(w, ends)
	w.bytes(traits)
	writeUint32s(w, s.text.list())
	writeUint32s(w, s.from)
	return w.finish()
}

// readSegment reads what writeSegment wrote.
func readSegment(path string, sum uint32) (*segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := newCacheReader(f)
	if err != nil {
		return nil, err
	}
	s := &segment{}
	s.stems = stemList{string(r.bytes()), newOffsets(readUint32s[uint32](r))}
	s.byStem = newNumberList(readUint32s[uint32](r))
	for i := range s.fields {
		keys := sortedKeys{newOffsets(readUint32s[uint32](r)), newOffsets(readUint32s[uint32](r)),
			newNumberList(readUint32s[uint32](r))}
		s.fields[i] = field{keys, newOffsets(readUint32s[uint32](r)), r.bytes(), readUint32s[int32](r)}
	}
	ends, traits := readUint32s[uint32](r), r.bytes()
	if len(ends) != len(traits) {
		return nil, errCached
	}
	s.sentences = make([]sentence, len(ends))
	begin := uint32(0)
	for i, end := range ends {
		s.sentences[i] = sentence{begin, end, question.TraitsOfBits(traits[i])}
		begin = end
	}
	s.text, s.from = newNumberList(readUint32s[uint32](r)), readUint32s[uint32](r)
	return s, r.finish(sum)
}
