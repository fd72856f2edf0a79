package match

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// A Gap is where statement and twin part: the units [s0,s1) of the one stand for [p0,p1) of the other.
type Gap struct{ S0, S1, P0, P1 int }

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
	for i := range m.Hyp.Units {
		total += alignWeight(&m.Hyp.Units[i])
	}
	for _, k := range order[:min(candidates, len(order))] {
		if bySentence[k] == 0 {
			break
		}
		if w, a := m.lcs(k); w > best {
			best, m.Align, m.Twin = w, a, k
		}
	}
	m.Near = best > 0 && float64(best) >= nearShare*float64(total)
}

func alignWeight(u *syntax.Unit) int {
	if u.Kind == syntax.Light {
		return 1
	}
	return 4
}

// lcs is the heaviest common subsequence of the statement and a sentence of the passage.
func (m *Pair) lcs(sentence int) (weight int, align []int) {
	a, base := m.Hyp.Units, m.Prem.From[sentence]
	b := m.Prem.SentenceOf(sentence)
	if len(b) > MaxUnits {
		b = b[:MaxUnits]
	}
	w := len(b) + 1
	// MaxUnits times the weight of a unit fits.
	m.Hyp.table = slices.Grow(m.Hyp.table[:0], (len(a)+1)*w)[:(len(a)+1)*w]
	table := m.Hyp.table
	clear(table)
	for i := len(a) - 1; i >= 0; i-- {
		gain := uint16(alignWeight(&a[i]))
		for j := len(b) - 1; j >= 0; j-- {
			best := max(table[(i+1)*w+j], table[i*w+j+1])
			if mayMatch(&a[i], &b[j]) {
				if t := table[(i+1)*w+j+1] + gain; t > best && m.Same(&a[i], &b[j]) {
					best = t
				}
			}
			table[i*w+j] = best
		}
	}
	align = make([]int, len(a))
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && table[i*w+j] == table[(i+1)*w+j+1]+uint16(alignWeight(&a[i])) && m.Same(&a[i], &b[j]):
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

// Gaps lists where statement and twin part.
func (m *Pair) Gaps() []Gap {
	if m.Twin < 0 {
		return nil
	}
	var gaps []Gap
	g := Gap{S0: 0, P0: m.Prem.From[m.Twin]}
	for i := 0; i <= len(m.Align); i++ {
		j := m.Prem.From[m.Twin+1]
		if i < len(m.Align) {
			if m.Align[i] < 0 {
				continue
			}
			j = m.Align[i]
		}
		g.S1, g.P1 = i, j
		if g.S1 > g.S0 || g.P1 > g.P0 {
			gaps = append(gaps, g)
		}
		g = Gap{S0: i + 1, P0: j + 1}
	}
	return gaps
}

// Verbatim reports whether the statement is whole sentences of the passage, marks and all.
func (m *Pair) Verbatim() bool {
	if m.whole == unknown {
		m.whole = no
		if m.wholeSentences() {
			m.whole = yes
		}
	}
	return m.whole == yes
}

func (m *Pair) wholeSentences() bool {
	at := strings.Index(m.Prem.Plain, m.Hyp.Plain)
	if at < 0 || m.Hyp.Plain == "" {
		return false
	}
	starts, ends := at == 0, at+len(m.Hyp.Plain) == len(m.Prem.Plain)
	if starts && ends {
		return true
	}
	folded := syntax.FoldMarks(m.Prem.Text)
	lead := strings.Index(folded.Text, m.Prem.Plain)
	if lead < 0 {
		return false
	}
	from, to := folded.From[lead+at], folded.From[lead+at+len(m.Hyp.Plain)]
	for _, s := range m.Prem.Sentences {
		starts = starts || s.Start == from
		ends = ends || s.End == to
	}
	return starts && ends
}

// GapOf finds the gap that a unit of the statement is in.
func (m *Pair) GapOf(i int) (Gap, bool) {
	for _, g := range m.Gaps() {
		if g.S0 <= i && i < g.S1 {
			return g, true
		}
	}
	return Gap{}, false
}

// Main is the sentence of the passage that the statement rests on most; -1 for none.
func (m *Pair) Main() int {
	if m.Twin >= 0 && m.Near {
		return m.Twin
	}
	best, at := 0.0, -1
	for k := m.First; k <= m.Last && k < len(m.Prem.Sentences); k++ {
		sum := 0.0
		for i, hits := range m.Hits {
			if slices.ContainsFunc(hits, func(j int) bool { return m.Prem.Units[j].Sentence == k }) {
				sum += m.Hyp.Weights[i]
			}
		}
		if sum > best {
			best, at = sum, k
		}
	}
	return at
}

// InSentence reports whether a word of the statement stands in a sentence of the passage.
func (m *Pair) InSentence(i, sentence int) bool {
	return slices.ContainsFunc(m.Hits[i], func(j int) bool { return m.Prem.Units[j].Sentence == sentence })
}

// MaxUnits is per sentence; the longest of the SQuAD articles has 120.
const MaxUnits = 600

// MinScore is the share of a sentence below which a passage is not examined further.
const MinScore = 0.2

// A Failure is why a check refuses a sentence.
type Failure struct {
	Verdict claim.Verdict
	Check   string
	Why     lang.Sentence
}

// Hit reports whether the passage's unit j says what the statement's unit i says.
func (m *Pair) Hit(i, j int) bool { return slices.Contains(m.Hits[i], j) }
