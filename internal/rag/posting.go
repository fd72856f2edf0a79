package rag

import (
	"encoding/binary"
	"slices"
)

// field is an inverted index of one kind of term.
type field struct {
	keys    []uint64 // the packed terms by id, in order; nil for stems, whose ids are the segment's
	from    []uint32 // the postings of an id begin here, and end where those of the next begin
	bytes   []byte   // the postings
	lengths []int32  // terms in each passage
}

// of returns the postings of an id.
func (f *field) of(id uint32) postings { return f.bytes[f.from[id]:f.from[id+1]] }

// find returns the postings of a packed term; none if it is nowhere.
func (f *field) find(key uint64) postings {
	if id, ok := slices.BinarySearch(f.keys, key); ok {
		return f.of(uint32(id))
	}
	return nil
}

// add adds a term, whose id is the next one, with its postings in the order of the passages.
func (f *field) add(list []posting) {
	f.bytes = binary.AppendUvarint(f.bytes, uint64(len(list)))
	last := int32(0)
	for _, x := range list {
		f.bytes = appendPosting(f.bytes, x, last)
		last = x.passage
	}
	f.from = append(f.from, uint32(len(f.bytes)))
}

// postings say in which passages a term is, packed: how many they are, and of each the distance from the one before and, where that is
// more than 1, the count. Most take one byte.
type postings []byte

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

// postingBytes is how many bytes appendPosting appends.
func postingBytes(x posting, last int32) uint32 {
	n := uvarintBytes(uint64(x.passage-last) << 1)
	if x.count > 1 {
		n += uvarintBytes(uint64(x.count))
	}
	return n
}

func uvarintBytes(v uint64) uint32 {
	n := uint32(1)
	for ; v >= 1<<7; v >>= 7 {
		n++
	}
	return n
}

// len is how many they are.
func (p postings) len() int {
	if len(p) == 0 {
		return 0
	}
	n, _ := binary.Uvarint(p)
	return int(n)
}

// read begins to read them.
func (p postings) read() cursor {
	if len(p) == 0 {
		return cursor{}
	}
	_, n := binary.Uvarint(p)
	return cursor{rest: p[n:]}
}

// A cursor reads postings one after the other.
type cursor struct {
	posting
	rest []byte
}

// next reads one; false at the end.
func (c *cursor) next() bool {
	if len(c.rest) == 0 {
		return false
	}
	v := c.number()
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

// A fieldWriter gathers the postings of one kind of term, passage by passage.
type fieldWriter struct {
	ids     map[uint64]uint32 // by packed term; nil for stems
	stream  []byte            // of each passage: how many terms, and of each the doubled id, odd if a count follows
	lengths []int32
	counts  []uint32 // by id, in the passage that is being read
	seen    []uint32 // ids that have a count
}

// count counts one occurrence of a term in the passage that is being read.
func (w *fieldWriter) count(id uint32) {
	for int(id) >= len(w.counts) {
		w.counts = append(w.counts, 0)
	}
	if w.counts[id] == 0 {
		w.seen = append(w.seen, id)
	}
	w.counts[id]++
}

// countKey counts a packed term.
func (w *fieldWriter) countKey(key uint64) {
	id, ok := w.ids[key]
	if !ok {
		id = uint32(len(w.ids))
		w.ids[key] = id
	}
	w.count(id)
}

// end ends the passage that is being read.
func (w *fieldWriter) end() {
	length := uint32(0)
	w.stream = binary.AppendUvarint(w.stream, uint64(len(w.seen)))
	for _, id := range w.seen {
		n := w.counts[id]
		length += n
		w.counts[id] = 0
		w.stream = appendPosting(w.stream, posting{int32(id), int32(n)}, 0)
	}
	w.seen = w.seen[:0]
	w.lengths = append(w.lengths, int32(length))
}

// each calls do with every term of every passage.
func (w *fieldWriter) each(do func(id uint32, x posting)) {
	c := cursor{rest: w.stream}
	for passage := range w.lengths {
		for range c.number() {
			c.passage = 0
			c.next()
			do(uint32(c.passage), posting{int32(passage), c.count})
		}
	}
}

// finish turns it into an index. The writer must not be used again.
func (w *fieldWriter) finish() field {
	terms := len(w.counts)
	f := field{from: make([]uint32, terms+1), lengths: w.lengths}
	rank := make([]uint32, terms) // by id while reading: the id in the index
	for id := range rank {
		rank[id] = uint32(id)
	}
	if w.ids != nil {
		f.keys = make([]uint64, 0, terms)
		for key := range w.ids {
			f.keys = append(f.keys, key)
		}
		slices.Sort(f.keys)
		for i, key := range f.keys {
			rank[w.ids[key]] = uint32(i)
		}
		w.ids = nil
	}
	many, last := make([]uint32, terms), make([]int32, terms)
	w.each(func(id uint32, x posting) {
		id = rank[id]
		many[id]++
		f.from[id+1] += postingBytes(x, last[id])
		last[id] = x.passage
	})
	for id, n := range many {
		f.from[id+1] += f.from[id] + uvarintBytes(uint64(n))
	}
	f.bytes = make([]byte, f.from[terms])
	next := slices.Clone(f.from[:terms])
	for id, n := range many {
		next[id] += uint32(binary.PutUvarint(f.bytes[next[id]:], uint64(n)))
	}
	clear(last)
	w.each(func(id uint32, x posting) {
		id = rank[id]
		next[id] = uint32(len(appendPosting(f.bytes[:next[id]], x, last[id])))
		last[id] = x.passage
	})
	return f
}
