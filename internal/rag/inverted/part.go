package inverted

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

// A part is a segment as one edition uses it: number gives a passage of the segment its number in the corpus, -1 for
// one that is not in this edition.
type part struct {
	*segment
	placed []int32    // while the edition is made: the number of each passage; -1: it is not in the edition
	number numberList // then: one more than that
	live   int
}

// numberOf is a passage's number in the edition; -1: it is not in it.
func (p *part) numberOf(local int32) int32 { return numberIn(p.number.short, p.number.long, local) }

// numberIn is numberOf for loops that look at many, with the two lists of number.
func numberIn(short []uint16, long []uint32, local int32) int32 {
	if long != nil {
		return int32(long[local]) - 1
	}
	return int32(short[local]) - 1
}

// settled packs the numbers, which are what they stay. Of a server they are the greater part of what a shared passage
// costs.
func (p *part) settled() {
	numbers := make([]uint32, len(p.placed))
	for local, n := range p.placed {
		numbers[local] = uint32(n + 1)
	}
	p.number, p.placed = newNumberList(numbers), nil
}

func newPart(s *segment) *part {
	p := &part{segment: s, placed: make([]int32, s.passages())}
	for i := range p.placed {
		p.placed[i] = -1
	}
	return p
}

// frequency counts the passages of this edition in a list of postings.
func (p *part) frequency(list postings) int {
	if p.live == p.passages() {
		return list.len()
	}
	n := 0
	for x := list.read(); x.next(); {
		if p.numberOf(x.passage) >= 0 {
			n++
		}
	}
	return n
}

// settle keeps an edition's own segments few and mostly alive: those of which less than half is left, and the smallest
// beyond maxParts, are merged. Segments of another engine are that one's to settle.
func (l *Index) settle(shared func(*segment) bool) {
	var own, merged []*part
	kept := l.parts[:0:0]
	for _, p := range l.parts {
		switch {
		case shared(p.segment):
			kept = append(kept, p)
		case p.live*2 < p.passages():
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
func (l *Index) merge(parts []*part) *part {
	m := merger{parts: parts, places: make([][]int32, len(parts)), ids: map[string]uint32{},
		segment: &segment{from: []uint32{0}}}
	var number []int32
	for i, p := range parts {
		m.places[i] = make([]int32, len(p.placed))
		for local, n := range p.placed {
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
	m.segment.setStems(m.list)
	return &part{segment: m.segment, placed: number, live: len(number)}
}

// A merger is one merge under way.
type merger struct {
	parts   []*part
	places  [][]int32 // by part and passage: where it goes; -1: it is dead
	segment *segment
	ids     map[string]uint32 // by stem, in the new segment
	list    []string          // the stems of the new segment by id
	stems   [][]uint32        // by part and id: the new id of a stem that is alive
}

// A living term is one that a part has in a passage that is alive.
type livingTerm struct {
	key  uint64 // in the new segment; of a stem: its id
	part int
	id   uint32 // in the part
}

// field merges one kind of term. The stems go first: pairs are made of them.
func (m *merger) field(which int) {
	terms := m.living(which)
	slices.SortFunc(terms, func(a, b livingTerm) int {
		return cmp.Or(cmp.Compare(a.key, b.key),
			cmp.Compare(a.part, b.part))
	})
	to := fieldWriter{from: []uint32{0}}
	var list []posting
	for i, t := range terms {
		p := m.parts[t.part]
		for x := p.fields[which].of(t.id).read(); x.next(); {
			if place := m.places[t.part][x.passage]; place >= 0 {
				list = append(list, posting{place, x.count})
			}
		}
		if i+1 < len(terms) && terms[i+1].key == t.key {
			continue
		}
		if which != stemField {
			to.keys = append(to.keys, t.key)
		}
		to.add(list)
		list = list[:0]
	}
	for i, p := range m.parts {
		for local, place := range m.places[i] {
			if place >= 0 {
				to.lengths = append(to.lengths, p.fields[which].lengths[local])
			}
		}
	}
	m.segment.fields[which] = to.finish()
}

// living lists the terms that are alive.
func (m *merger) living(which int) []livingTerm {
	var terms []livingTerm
	for i, p := range m.parts {
		f := &p.fields[which]
		add := func(id uint32, key func() uint64) {
			if m.lives(i, f.of(id)) {
				terms = append(terms, livingTerm{part: i, id: id, key: key()})
			}
		}
		if which == stemField {
			m.stems = append(m.stems, make([]uint32, p.stems.len()))
			for id := range uint32(f.terms()) {
				add(id, func() uint64 {
					m.stems[i][id] = m.stem(p.stems.at(id))
					return uint64(m.stems[i][id])
				})
			}
			continue
		}
		f.keys.all(func(id uint32, key uint64) {
			add(id, func() uint64 {
				if which == pairField { // a pair that is alive is made of stems that are
					return packPair(m.stems[i][key>>32], m.stems[i][uint32(key)])
				}
				return key
			})
		})
	}
	return terms
}

// lives reports whether a list of a part has a passage that is alive.
func (m *merger) lives(part int, list postings) bool {
	for x := list.read(); x.next(); {
		if m.places[part][x.passage] >= 0 {
			return true
		}
	}
	return false
}

// stem gives a stem its id in the new segment.
func (m *merger) stem(s string) uint32 {
	id, ok := m.ids[s]
	if !ok {
		id = uint32(len(m.list))
		m.ids[s] = id
		m.list = append(m.list, s)
	}
	return id
}

// contents moves the sentences.
func (m *merger) contents() {
	to := m.segment
	var text []uint32
	for i, p := range m.parts {
		for local, place := range m.places[i] {
			if place < 0 {
				continue
			}
			for _, s := range p.of(int32(local)) {
				from := len(text)
				for at := s.from; at < s.to; at++ {
					text = append(text, m.stems[i][p.text.at(at)])
				}
				to.sentences = append(to.sentences, sentence{uint32(from), uint32(len(text)), s.traits})
			}
			to.from = append(to.from, uint32(len(to.sentences)))
		}
	}
	to.text = newNumberList(text)
}
