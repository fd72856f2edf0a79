package inverted

import (
	"io"
	"os"

	"pilcrow/internal/question"
	"pilcrow/internal/rag/packed"
)

// writeSegment writes a segment, and returns the checksum of its file.
func writeSegment(f io.Writer, s *segment) (uint32, error) {
	w := packed.NewFileWriter(f)
	w.Bytes([]byte(s.stems.text))
	packed.WriteUint32s(w, s.stems.from.list())
	packed.WriteUint32s(w, s.byStem.list())
	for i := range s.fields {
		x := &s.fields[i]
		packed.WriteUint32s(w, x.keys.upper.list())
		packed.WriteUint32s(w, x.keys.first.list())
		packed.WriteUint32s(w, x.keys.lower.list())
		packed.WriteUint32s(w, x.from.list())
		w.Bytes(x.bytes)
		packed.WriteUint32s(w, x.lengths)
	}
	ends, traits := make([]uint32, len(s.sentences)), make([]byte, len(s.sentences))
	for i, x := range s.sentences {
		ends[i], traits[i] = x.to, x.traits.Bits()
	}
	packed.WriteUint32s(w, ends)
	w.Bytes(traits)
	packed.WriteUint32s(w, s.text.list())
	packed.WriteUint32s(w, s.from)
	return w.Finish()
}

// readSegment reads what writeSegment wrote.
func readSegment(path string, sum uint32) (*segment, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := packed.NewFileReader(f)
	if err != nil {
		return nil, err
	}
	s := &segment{}
	s.stems = stemList{string(r.Bytes()), newOffsets(packed.ReadUint32s[uint32](r))}
	s.byStem = newNumberList(packed.ReadUint32s[uint32](r))
	for i := range s.fields {
		keys := sortedKeys{newOffsets(packed.ReadUint32s[uint32](r)), newOffsets(packed.ReadUint32s[uint32](r)),
			newNumberList(packed.ReadUint32s[uint32](r))}
		s.fields[i] = field{keys, newOffsets(packed.ReadUint32s[uint32](r)), r.Bytes(), packed.ReadUint32s[int32](r)}
	}
	ends, traits := packed.ReadUint32s[uint32](r), r.Bytes()
	if len(ends) != len(traits) {
		return nil, packed.ErrDamaged
	}
	s.sentences = make([]sentence, len(ends))
	begin := uint32(0)
	for i, end := range ends {
		s.sentences[i] = sentence{begin, end, question.TraitsOfBits(traits[i])}
		begin = end
	}
	s.text, s.from = newNumberList(packed.ReadUint32s[uint32](r)), packed.ReadUint32s[uint32](r)
	return s, r.Finish(sum)
}
