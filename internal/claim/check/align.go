package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
)

// A gap is where statement and twin part: the units [s0,s1) of the one stand for [p0,p1) of the other.
type gap struct{ s0, s1, p0, p1 int }

// nearShare is the share of a statement's weight, in order, that makes a sentence its twin.
const nearShare = 0.5

// pair aligns the statement with the sentence that is most like it.
func (m *Pair) pair(bySentence []float64) {
	const candidates = 3
	order := make([]int, len(bySentence))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case bySentence[a] > bySentence[b]:
			return -1
		case bySentence[a] < bySentence[b]:
			return 1
		}
		return 0
	})
	best, total := 0, 0
	for i := range m.s.Units {
		total += alignWeight(&m.s.Units[i])
	}
	for _, k := range order[:min(candidates, len(order))] {
		if bySentence[k] == 0 {
			break
		}
		if w, a := m.lcs(k); w > best {
			best, m.align, m.twin = w, a, k
		}
	}
	m.near = best > 0 && float64(best) >= nearShare*float64(total)
}

func alignWeight(u *syntax.Unit) int {
	if u.Kind == syntax.Light {
		return 1
	}
	return 4
}

// lcs is the heaviest common subsequence of the statement and a sentence of the passage.
func (m *Pair) lcs(sentence int) (weight int, align []int) {
	a, base := m.s.Units, m.p.From[sentence]
	b := m.p.SentenceOf(sentence)
	if len(b) > maxUnits {
		b = b[:maxUnits]
	}
	w := len(b) + 1
	// maxUnits times the weight of a unit fits.
	m.s.table = slices.Grow(m.s.table[:0], (len(a)+1)*w)[:(len(a)+1)*w]
	table := m.s.table
	clear(table)
	for i := len(a) - 1; i >= 0; i-- {
		gain := uint16(alignWeight(&a[i]))
		for j := len(b) - 1; j >= 0; j-- {
			best := max(table[(i+1)*w+j], table[i*w+j+1])
			if mayMatch(&a[i], &b[j]) {
				if t := table[(i+1)*w+j+1] + gain; t > best && m.same(&a[i], &b[j]) {
					best = t
				}
			}
			table[i*w+j] = best
		}
	}
	align = make([]int, len(a))
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && table[i*w+j] == table[(i+1)*w+j+1]+uint16(alignWeight(&a[i])) && m.same(&a[i], &b[j]):
			align[i] = base + j
			i, j = i+1, j+1
		case j < len(b) && table[i*w+j] == table[i*w+j+1]:
			j++
		default:
			align[i] = -1
			i++
		}
	}
	return int(table[0]), align
}

// gaps lists where statement and twin part.
func (m *Pair) gaps() []gap {
	if m.twin < 0 {
		return nil
	}
	var gaps []gap
	g := gap{s0: 0, p0: m.p.From[m.twin]}
	for i := 0; i <= len(m.align); i++ {
		j := m.p.From[m.twin+1]
		if i < len(m.align) {
			if m.align[i] < 0 {
				continue
			}
			j = m.align[i]
		}
		g.s1, g.p1 = i, j
		if g.s1 > g.s0 || g.p1 > g.p0 {
			gaps = append(gaps, g)
		}
		g = gap{s0: i + 1, p0: j + 1}
	}
	return gaps
}

// verbatim reports whether the statement is whole sentences of the passage, marks and all.
func (m *Pair) verbatim() bool {
	if m.whole == unknown {
		m.whole = no
		if m.wholeSentences() {
			m.whole = yes
		}
	}
	return m.whole == yes
}

func (m *Pair) wholeSentences() bool {
	at := strings.Index(m.p.Plain, m.s.Plain)
	if at < 0 || m.s.Plain == "" {
		return false
	}
	starts, ends := at == 0, at+len(m.s.Plain) == len(m.p.Plain)
	if starts && ends {
		return true
	}
	folded := syntax.FoldMarks(m.p.Text)
	lead := strings.Index(folded.Text, m.p.Plain)
	if lead < 0 {
		return false
	}
	from, to := folded.From[lead+at], folded.From[lead+at+len(m.s.Plain)]
	for _, s := range m.p.Sentences {
		starts = starts || s.Start == from
		ends = ends || s.End == to
	}
	return starts && ends
}

// gapOf finds the gap that a unit of the statement is in.
func (m *Pair) gapOf(i int) (gap, bool) {
	for _, g := range m.gaps() {
		if g.s0 <= i && i < g.s1 {
			return g, true
		}
	}
	return gap{}, false
}
