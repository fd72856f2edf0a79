package rag

import (
	"cmp"
	"slices"
)

const (
	// maxParts is how many segments of its own an edition has at most: each costs a look-up per term of a question.
	maxParts = 8
	// maxReaders bounds the segments that one load makes, and the goroutines that read the documents for them.
	maxReaders = 4
	// readerPassages is how many new passages are worth another reader.
	readerPassages = 64
)

// A part is a segment as one edition uses it: number gives a passage of the segment its number in the corpus, -1 for one that is
// not in this edition.
type part struct {
	*segment
	number []int32
	live   int
}

func newPart(s *segment) *part {
	p := &part{segment: s, number: make([]int32, len(s.contents))}
	for i := range p.number {
		p.number[i] = -1
	}
	return p
}

// frequency counts the passages of this edition in a list of postings.
func (p *part) frequency(list []posting) int {
	if p.live == len(p.number) {
		return len(list)
	}
	n := 0
	for _, x := range list {
		if p.number[x.passage] >= 0 {
			n++
		}
	}
	return n
}

// settle keeps an edition's own segments few and mostly alive: those of which less than half is left, and the smallest beyond
// maxParts, are merged. Segments of another engine are that one's to settle.
func (l *lexicon) settle(shared func(*segment) bool) {
	var own, merged []*part
	kept := l.parts[:0:0]
	for _, p := range l.parts {
		switch {
		case shared(p.segment):
			kept = append(kept, p)
		case p.live*2 < len(p.number):
			merged = append(merged, p)
		default:
			own = append(own, p)
		}
	}
	slices.SortStableFunc(own, func(a, b *part) int { return cmp.Compare(a.live, b.live) })
	if len(own)+min(len(merged), 1) > maxParts {
		surplus := len(own) + 1 - maxParts // the merged ones become one
		merged = append(merged, own[:surplus]...)
		own = own[surplus:]
	}
	l.parts = slices.Concat(kept, own)
	if len(merged) > 0 {
		l.parts = append(l.parts, l.merge(merged))
	}
}

// merge makes one part of several, without what is dead in them, and gives its passages their new home.
func (l *lexicon) merge(parts []*part) *part {
	m := merger{parts: parts, places: make([][]int32, len(parts)), segment: &segment{ids: map[string]uint32{}}}
	var number []int32
	for i, p := range parts {
		m.places[i] = make([]int32, len(p.number))
		for local, n := range p.number {
			m.places[i][local] = -1
			if n >= 0 {
				m.places[i][local] = int32(len(number))
				number = append(number, n)
			}
		}
	}
	for which := range fields {
		m.field(which)
	}
	m.contents()
	for place, n := range number {
		l.homes[n] = home{m.segment, int32(place)}
	}
	return &part{segment: m.segment, number: number, live: len(number)}
}

// A merger is one merge under way.
type merger struct {
	parts   []*part
	places  [][]int32 // by part and passage: where it goes; -1: it is dead
	segment *segment
	stems   [][]uint32 // by part and id: the new id of a stem; gone for none
}

// gone is no id.
const gone = ^uint32(0)

// field merges one kind of term. The stems go first: pairs are made of them.
func (m *merger) field(which int) {
	to := &m.segment.fields[which]
	if which != stemField {
		to.ids = map[uint64]uint32{}
	}
	renamed := make([][]uint32, len(m.parts))
	to.from = append(to.from, 0) // counted one place to the right, so that the sums are the beginnings
	for i, p := range m.parts {
		f := &p.fields[which]
		renamed[i] = make([]uint32, len(f.from)-1)
		name := func(old uint32, rename func() uint32) {
			renamed[i][old] = gone
			if n := p.frequency(f.of(old)); n > 0 {
				id := rename()
				for int(id)+1 >= len(to.from) {
					to.from = append(to.from, 0)
				}
				to.from[id+1] += uint32(n)
				renamed[i][old] = id
			}
		}
		if which == stemField {
			for old, stem := range p.stems {
				name(uint32(old), func() uint32 { return m.stem(stem) })
			}
			continue
		}
		for key, old := range f.ids {
			name(old, func() uint32 {
				if which == pairField { // a pair that is alive is made of stems that are
					key = packPair(m.stems[i][key>>32], m.stems[i][uint32(key)])
				}
				id, ok := to.ids[key]
				if !ok {
					id = uint32(len(to.ids))
					to.ids[key] = id
				}
				return id
			})
		}
	}
	for id := range len(to.from) - 1 {
		to.from[id+1] += to.from[id]
	}
	m.fill(which, renamed)
	if which == stemField {
		m.stems = renamed
	}
}

// fill moves the postings, in the order of the parts, and the lengths.
func (m *merger) fill(which int, renamed [][]uint32) {
	to := &m.segment.fields[which]
	next := slices.Clone(to.from)
	to.postings = make([]posting, to.from[len(to.from)-1])
	for i, p := range m.parts {
		f := &p.fields[which]
		for old, id := range renamed[i] {
			if id == gone {
				continue
			}
			for _, x := range f.of(uint32(old)) {
				if place := m.places[i][x.passage]; place >= 0 {
					to.postings[next[id]] = posting{place, x.count}
					next[id]++
				}
			}
		}
		for local, place := range m.places[i] {
			if place >= 0 {
				to.lengths = append(to.lengths, f.lengths[local])
			}
		}
	}
}

// stem gives a stem its id in the new segment.
func (m *merger) stem(s string) uint32 {
	id, ok := m.segment.ids[s]
	if !ok {
		id = uint32(len(m.segment.stems))
		m.segment.ids[s] = id
		m.segment.stems = append(m.segment.stems, s)
	}
	return id
}

// contents moves what is known of the passages besides their terms.
func (m *merger) contents() {
	for i, p := range m.parts {
		for local, place := range m.places[i] {
			if place < 0 {
				continue
			}
			sentences := slices.Clone(p.segment.contents[local].sentences)
			for k := range sentences {
				stems := make([]uint32, len(sentences[k].stems))
				for j, id := range sentences[k].stems {
					stems[j] = m.stems[i][id]
				}
				sentences[k].stems = stems
			}
			m.segment.contents = append(m.segment.contents, content{sentences})
		}
	}
}
