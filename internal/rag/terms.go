package rag

import (
	"math"
	"slices"
	"strings"
)

// sortedKeys are the packed terms of an index by id, in ascending order. The upper halves stand there once each: of
// grams there are few.
type sortedKeys struct {
	upper []uint32
	first []uint32 // the ids of an upper half begin here, and end where those of the next one, or all, do
	lower []uint32 // by id
}

// newKeys packs keys, which are in order.
func newKeys(keys []uint64) sortedKeys {
	halves := 0
	for i, key := range keys {
		if i == 0 || key>>32 != keys[i-1]>>32 {
			halves++
		}
	}
	k := sortedKeys{make([]uint32, 0, halves), make([]uint32, 0, halves), make([]uint32, len(keys))}
	for id, key := range keys {
		if id == 0 || key>>32 != keys[id-1]>>32 {
			k.upper, k.first = append(k.upper, uint32(key>>32)), append(k.first, uint32(id))
		}
		k.lower[id] = uint32(key)
	}
	return k
}

// find returns the id of a key.
func (k *sortedKeys) find(key uint64) (uint32, bool) {
	half, ok := slices.BinarySearch(k.upper, uint32(key>>32))
	if !ok {
		return 0, false
	}
	begin, end := k.first[half], k.end(half)
	id, ok := slices.BinarySearch(k.lower[begin:end], uint32(key))
	return begin + uint32(id), ok
}

// end is behind the last id of an upper half.
func (k *sortedKeys) end(half int) uint32 {
	if half+1 < len(k.first) {
		return k.first[half+1]
	}
	return uint32(len(k.lower))
}

// all calls do with the ids and their keys, in order.
func (k *sortedKeys) all(do func(id uint32, key uint64)) {
	for half, upper := range k.upper {
		for id := k.first[half]; id < k.end(half); id++ {
			do(id, uint64(upper)<<32|uint64(k.lower[id]))
		}
	}
}

func (k *sortedKeys) size() int64 { return 4 * int64(len(k.upper)+len(k.first)+len(k.lower)) }

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
