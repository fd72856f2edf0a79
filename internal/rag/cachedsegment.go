package rag

import (
	"io"
	"os"

	"pilcrow/internal/question"
)

// writeSegment writes a segment, and returns the checksum of its file.
func writeSegment(f io.Writer, s *segment) (uint32, error) {
	w := newCacheWriter(f)
	var stems []byte
	lengths := make([]uint32, len(s.stems))
	for i, stem := range s.stems {
		lengths[i], stems = uint32(len(stem)), append(stems, stem...)
	}
	writeUint32s(w, lengths)
	w.bytes(stems)
	writeUint32s(w, s.byStem)
	for i := range s.fields {
		x := &s.fields[i]
		writeUint64s(w, x.keys)
		writeUint32s(w, x.from)
		w.bytes(x.bytes)
		writeUint32s(w, x.lengths)
	}
	ends, traits := make([]uint32, len(s.sentences)), make([]byte, len(s.sentences))
	for i, x := range s.sentences {
		ends[i], traits[i] = x.to, x.traits.Bits()
	}
	writeUint32s(w, ends)
	w.bytes(traits)
	writeUint32s(w, s.text)
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
	lengths := readUint32s[uint32](r)
	stems := string(r.bytes())
	s.stems = make([]string, 0, len(lengths))
	for _, n := range lengths {
		if int(n) > len(stems) {
			return nil, errCached
		}
		s.stems, stems = append(s.stems, stems[:n]), stems[n:]
	}
	s.byStem = readUint32s[uint32](r)
	for i := range s.fields {
		s.fields[i] = field{readUint64s(r), readUint32s[uint32](r), r.bytes(), readUint32s[int32](r)}
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
	s.text, s.from = readUint32s[uint32](r), readUint32s[uint32](r)
	return s, r.finish(sum)
}
