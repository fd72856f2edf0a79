package inverted

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
)

// sortedKeys are the packed terms of an index by id, in ascending order. The upper halves stand there once each: of
// grams there are few.
type sortedKeys struct {
	upper offsets
	first offsets    // the ids of an upper half begin here, and end where those of the next one, or all, do
	lower numberList // by id
}

// newKeys packs keys, which are in order.
func newKeys(keys []uint64) sortedKeys {
	halves := 0
	for i, key := range keys {
		if i == 0 || key>>32 != keys[i-1]>>32 {
			halves++
		}
	}
	upper, first, lower := make([]uint32, 0, halves), make([]uint32, 0, halves), make([]uint32, len(keys))
	for id, key := range keys {
		if id == 0 || key>>32 != keys[id-1]>>32 {
			upper, first = append(upper, uint32(key>>32)), append(first, uint32(id))
		}
		lower[id] = uint32(key)
	}
	return sortedKeys{newOffsets(upper), newOffsets(first), newNumberList(lower)}
}

// find returns the id of a key.
func (k *sortedKeys) find(key uint64) (uint32, bool) {
	half, ok := search(0, uint32(k.upper.len()), uint32(key>>32), k.upper.at)
	if !ok {
		return 0, false
	}
	return search(k.first.at(half), k.end(half), uint32(key), k.lower.at)
}

// search looks for a value among those of the places from begin to end, which ascend.
func search(begin, end, value uint32, at func(place uint32) uint32) (place uint32, ok bool) {
	n, ok := sort.Find(int(end-begin), func(i int) int { return cmp.Compare(value, at(begin+uint32(i))) })
	return begin + uint32(n), ok
}

// end is behind the last id of an upper half.
func (k *sortedKeys) end(half uint32) uint32 {
	if half+1 < uint32(k.first.len()) {
		return k.first.at(half + 1)
	}
	return uint32(k.lower.len())
}

// all calls do with the ids and their keys, in order.
func (k *sortedKeys) all(do func(id uint32, key uint64)) {
	for half := range uint32(k.upper.len()) {
		upper := uint64(k.upper.at(half)) << 32
		for id, end := k.first.at(half), k.end(half); id < end; id++ {
			do(id, upper|uint64(k.lower.at(id)))
		}
	}
}

func (k *sortedKeys) size() int64 { return k.upper.size() + k.first.size() + k.lower.size() }

// A numberList has numbers in any order. Where all of them are small, as in what a server has of its own, they take
// half of the memory.
type numberList struct {
	short []uint16
	long  []uint32 // nil where short is not
}

// newNumberList keeps the list or what stands in it.
func newNumberList(list []uint32) numberList {
	if slices.ContainsFunc(list, func(n uint32) bool { return n > math.MaxUint16 }) {
		return numberList{long: list}
	}
	short := make([]uint16, len(list))
	for i, n := range list {
		short[i] = uint16(n)
	}
	return numberList{short: short}
}

func (n *numberList) at(i uint32) uint32 {
	if n.long != nil {
		return n.long[i]
	}
	return uint32(n.short[i])
}

func (n *numberList) len() int { return len(n.short) + len(n.long) }

func (n *numberList) size() int64 { return 2*int64(len(n.short)) + 4*int64(len(n.long)) }

// list returns all of them, which must not be written to.
func (n *numberList) list() []uint32 {
	if n.long != nil {
		return n.long
	}
	list := make([]uint32, len(n.short))
	for i, v := range n.short {
		list[i] = uint32(v)
	}
	return list
}

// A stemList is the stems of a segment by id, in one piece of memory.
type stemList struct {
	text string
	from offsets // each begins here, and ends where the next one begins
}

func newStems(list []string) stemList {
	from := make([]uint32, 1, len(list)+1)
	for _, s := range list {
		from = append(from, from[len(from)-1]+uint32(len(s)))
	}
	return stemList{strings.Join(list, ""), newOffsets(from)}
}

func (l *stemList) len() int { return l.from.len() - 1 }

func (l *stemList) at(id uint32) string { return l.text[l.from.at(id):l.from.at(id+1)] }

// offsets are numbers in ascending order. Where all steps between them are small, as in what a server has of its own,
// they take a quarter of the memory.
type offsets struct {
	long  []uint32
	steps []uint8  // nil where long is not: how much greater each is than the one before it, the first of a run than none
	runs  []uint32 // the first of each run
}

// runLength is how many steps are added up at most.
const runLength = 16

// newOffsets keeps the list or what stands in it.
func newOffsets(list []uint32) offsets {
	for i := range list {
		if i%runLength > 0 && list[i]-list[i-1] > math.MaxUint8 {
			return offsets{long: list}
		}
	}
	o := offsets{steps: make([]uint8, len(list)), runs: make([]uint32, 0, (len(list)+runLength-1)/runLength)}
	for i, n := range list {
		if i%runLength == 0 {
			o.runs = append(o.runs, n)
		} else {
			o.steps[i] = uint8(n - list[i-1])
		}
	}
	return o
}

func (o *offsets) at(i uint32) uint32 {
	if o.long != nil {
		return o.long[i]
	}
	n := o.runs[i/runLength]
	for _, step := range o.steps[i/runLength*runLength : i+1] {
		n += uint32(step)
	}
	return n
}

func (o *offsets) len() int { return len(o.long) + len(o.steps) }

func (o *offsets) size() int64 { return 4*int64(len(o.long)+len(o.runs)) + int64(len(o.steps)) }

// list returns all of them, which must not be written to.
func (o *offsets) list() []uint32 {
	if o.long != nil {
		return o.long
	}
	list := make([]uint32, o.len())
	for i := range list {
		list[i] = o.at(uint32(i))
	}
	return list
}
