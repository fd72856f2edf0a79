package inverted

import (
	"encoding/binary"
	"slices"
)

// field is an inverted index of one kind of term.
type field struct {
	keys    sortedKeys // the packed terms by id; none for stems, whose ids are the segment's
	from    offsets    // the postings of an id begin here, and end where those of the next begin
	bytes   []byte     // the postings
	lengths []int32    // terms in each passage
}

// of returns the postings of an id.
func (f *field) of(id uint32) postings { return f.bytes[f.from.at(id):f.from.at(id+1)] }

// find returns the postings of a packed term; none if it is nowhere.
func (f *field) find(key uint64) postings {
	if id, ok := f.keys.find(key); ok {
		return f.of(id)
	}
	return nil
}

// terms is how many it has.
func (f *field) terms() int { return f.from.len() - 1 }

// A fieldWriter makes a field, term by term.
type fieldWriter struct {
	keys    []uint64
	from    []uint32 // begins with 0
	bytes   []byte
	lengths []int32
	packed  []byte // scratch
}

// finish returns the field, as large as it has to be. The writer must not be used again.
func (f *fieldWriter) finish() field {
	return field{newKeys(f.keys), newOffsets(slices.Clone(f.from)), slices.Clone(f.bytes), f.lengths}
}

// add adds a term, whose id is the next one, with its postings in the order of the passages.
func (f *fieldWriter) add(list []posting) {
	f.packed = f.packed[:0]
	last := int32(0)
	for _, x := range list {
		f.packed = appendPosting(f.packed, x, last)
		last = x.passage
	}
	f.bytes = appendPostings(f.bytes, len(list), f.packed)
	f.from = append(f.from, uint32(len(f.bytes)))
}

// postings say in which passages a term is, packed: how many they are, and of each the distance from the one before
// and, where that is more than 1, the count. Most take one byte, and so do most of those that are alone: how many they
// are is doubled, and what is odd there is the one posting.
type postings []byte

// appendPostings appends what appendPosting made of so many.
func appendPostings(b []byte, many int, packed []byte) []byte {
	if many != 1 {
		return append(binary.AppendUvarint(b, uint64(many)<<1), packed...)
	}
	only, n := binary.Uvarint(packed)
	return append(binary.AppendUvarint(b, only<<1|1), packed[n:]...)
}

type posting struct {
	passage int32 // in the segment
	count   int32
}

// A posting is two numbers at most: the doubled distance, odd if a count follows.
func appendPosting(b []byte, x posting, last int32) []byte {
	distance := uint64(x.passage-last) << 1
	if x.count == 1 {
		return binary.AppendUvarint(b, distance)
	}
	return binary.AppendUvarint(binary.AppendUvarint(b, distance|1), uint64(x.count))
}

// len is how many they are.
func (p postings) len() int {
	if len(p) == 0 {
		return 0
	}
	n, _ := binary.Uvarint(p)
	if n&1 == 1 {
		return 1
	}
	return int(n >> 1)
}

// read begins to read them.
func (p postings) read() cursor {
	if len(p) == 0 {
		return cursor{}
	}
	if p[0]&1 == 1 {
		return cursor{rest: p, alone: 1}
	}
	_, n := binary.Uvarint(p)
	return cursor{rest: p[n:]}
}

// A cursor reads postings one after the other.
type cursor struct {
	posting
	rest  []byte
	alone uint // 1 if it is the only one, which stands a bit higher
}

// next reads one; false at the end.
func (c *cursor) next() bool {
	if len(c.rest) == 0 {
		return false
	}
	v := c.number() >> (c.alone & 1)
	c.passage += int32(v >> 1)
	c.count = 1
	if v&1 == 1 {
		c.count = int32(c.number())
	}
	return true
}

// number reads one number of those that a field's own writer wrote.
func (c *cursor) number() uint64 {
	if b := c.rest[0]; b < 1<<7 {
		c.rest = c.rest[1:]
		return uint64(b)
	}
	v, n := binary.Uvarint(c.rest)
	c.rest = c.rest[n:]
	return v
}
