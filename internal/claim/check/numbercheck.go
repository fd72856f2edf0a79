package check

import (
	"math"
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// maxFigures is how many numbers, and how many dates, of a passage are looked at: the largest table of 64 KiB that is
// one paragraph has some thousand.
const maxFigures = 1000

// figures lists the numbers of a passage, or the dates.
func figures(r *syntax.Analysis, key string) []int {
	all := r.Index[key]
	return all[:min(len(all), maxFigures)]
}

// findNumber lists the numbers of the passage from which the statement's follows.
func (m *Pair) findNumber(i int) []int {
	q := *m.s.Units[i].Quantity
	var hits []int
	lower := strings.ToLower(m.s.Of(i))
	for _, j := range figures(m.p, syntax.NumberKey) {
		if q.EntailedBy(*m.p.Units[j].Quantity) {
			hits = append(hits, j)
		}
	}
	for _, j := range figures(m.p, syntax.DateKey) {
		// "Four years later" is a date where it follows one, and a number where it does not.
		if q.Unit != "" && strings.Contains(strings.ToLower(m.p.Of(j)), lower) {
			hits = append(hits, j)
		}
	}
	if len(hits) == 0 {
		hits = m.differences(i)
	}
	if year := int(q.Value); q.Unit == "" && !q.Ordinal && !q.Vague && float64(year) == math.Trunc(q.Value) &&
		year >= 1000 && year < 2200 {
		for _, j := range figures(m.p, syntax.DateKey) {
			if d := m.p.Units[j].Date; d.Start.Year() == year && d.End.Year() == year && !d.Yearless {
				hits = append(hits, j)
			}
		}
	}
	return hits
}

// figuresOf lists the numbers of the statement, or its dates, that stand outside quotation marks.
func (m *Pair) figuresOf(k syntax.Kind) []int {
	var list []int
	for i := range m.s.Units {
		if m.s.Units[i].Kind == k && !m.s.Units[i].Quoted {
			list = append(list, i)
		}
	}
	return list
}

// otherNumber refuses a number in whose place the passage has another one.
func (m *Pair) otherNumber() *failure { return m.otherFigure(syntax.Number, claim.CheckNumber) }

func (m *Pair) otherFigure(k syntax.Kind, check string) *failure {
	for _, i := range m.figuresOf(k) {
		if rival := m.rival(i, k); rival >= 0 {
			return m.differs(check, i, rival)
		}
	}
	return nil
}

// missingNumber refuses a number that does not follow from any of the passage.
func (m *Pair) missingNumber() *failure {
	for _, i := range m.figuresOf(syntax.Number) {
		if len(m.hits[i]) == 0 {
			return &failure{claim.NotFound, claim.CheckNumber, lang.Say("“%s” is not in the paragraph", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// numberApart refuses a number that the passage has among other words.
func (m *Pair) numberApart() *failure {
	for _, i := range m.figuresOf(syntax.Number) {
		if (m.align == nil || m.align[i] < 0) && !m.attached(i, m.hits[i]) {
			return &failure{claim.NotFound, claim.CheckNumber,
				lang.Say("the paragraph has “%s”, but of something else", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// gapSlack is how many more units than twice those of the statement may stand in their place: in a longer piece nothing
// answers to a single unit.
const gapSlack = 3

// rival finds what the twin says in the place of a unit: a unit of the same kind from which it does not follow. -1 for
// none.
func (m *Pair) rival(i int, k syntax.Kind) int {
	if m.align == nil || m.align[i] >= 0 {
		return -1
	}
	if !m.near && len(m.hits[i]) > 0 {
		return -1
	}
	g, ok := m.gapOf(i)
	if !ok {
		return -1
	}
	if first := m.p.From[m.twin]; k == syntax.Name && syntax.Pronouns[m.p.Units[first].Folded] &&
		!slices.Contains(m.align, first) &&
		m.subject(i) {
		return -1 // the passage has a pronoun for its subject: see pronounRoles
	}
	if g, ok = m.narrowed(g); !ok {
		return -1
	}
	rival := m.firstOfKind(i, k, g)
	if rival < 0 {
		return -1
	}
	// The same thing at another place of the sentence is word order, unless the other one has moved here.
	if here, _ := m.gapOf(i); m.movedOnly(i, here) {
		return -1
	}
	return rival
}

// narrowed takes of a gap that is much longer in the twin what stands beside the words that are the same; false for
// none, where both of its ends are.
func (m *Pair) narrowed(g gap) (gap, bool) {
	most := 2*(g.s1-g.s0) + gapSlack
	switch {
	case g.p1-g.p0 <= most:
	case g.s1 == len(m.s.Units): // the statement ends here, and the twin goes on
		g.p1 = g.p0 + most
	case g.s0 == 0:
		g.p0 = g.p1 - most
	default:
		return g, false
	}
	return g, true
}

// firstOfKind is the first unit of a kind in a gap of the twin; -1 for none, and where one says what the statement's
// does.
func (m *Pair) firstOfKind(i int, k syntax.Kind, g gap) int {
	first := -1
	for j := g.p0; j < g.p1; j++ {
		if v := &m.p.Units[j]; v.Kind != k && !(figure(m.s.Of(i)) && figure(m.p.Of(j)) && v.Kind >= syntax.Number) {
			continue
		}
		if slices.Contains(m.hits[i], j) {
			return -1
		}
		if j > g.p0 && semicolonIn(m.p, g.p0, j) {
			break // another sentence but for its mark
		}
		if first < 0 {
			first = j
		}
	}
	return first
}

// semicolonIn reports whether a semicolon stands before a unit behind from, up to the unit to.
func semicolonIn(r *syntax.Analysis, from, to int) bool {
	for k := from + 1; k <= to; k++ {
		if r.Semicolon(k) {
			return true
		}
	}
	return false
}

// subject reports whether a name is the first thing that the statement speaks of.
func (m *Pair) subject(i int) bool {
	from, _ := run(m.s.Analysis, i)
	for k := range from {
		if m.s.Units[k].Kind != syntax.Light {
			return false
		}
	}
	return true
}

// figure reports whether a text is four digits: a year, or a number that looks like one.
func figure(text string) bool {
	return len(text) == len("2022") && strings.Trim(text, "0123456789") == ""
}

// movedOnly reports whether the twin has the unit too, at a place where the statement has none of its kind: it was
// moved, not exchanged.
func (m *Pair) movedOnly(i int, here gap) bool {
	for _, h := range m.hits[i] {
		if m.p.Units[h].Sentence != m.twin {
			continue
		}
		for _, g := range m.gaps() {
			if g == here || h < g.p0 || h >= g.p1 {
				continue
			}
			return !slices.ContainsFunc(m.s.Units[g.s0:g.s1], func(u syntax.Unit) bool { return u.Kind == m.s.Units[i].Kind })
		}
	}
	return false
}

// differs is the failure of a unit in whose place the passage says something else.
func (m *Pair) differs(check string, i, rival int) *failure {
	theirs, mine := m.p.Of(rival), m.s.Of(i)
	q, p := m.s.Units[i].Quantity, m.p.Units[rival].Quantity
	if q != nil && p != nil && q.Value == p.Value && q.Unit == p.Unit && q.Bound != p.Bound {
		check, theirs, mine = claim.CheckStrength, boundedAt(m.p, rival), boundedAt(m.s.Analysis, i)
	}
	verdict := claim.Contradicted
	if q != nil && p != nil && !q.Contradicts(*p) && (q.Value != p.Value || q.Unit != p.Unit) {
		verdict = claim.NotFound // "at least 300" leaves open whether it was more than 400
	}
	if q != nil && p != nil && q.Value == p.Value && p.Unit == "" && bareAt(m.p, rival) {
		verdict = claim.NotFound // "1.1 million" leaves open of what
	}
	return &failure{verdict, check, lang.Say("the paragraph says “%s”, not “%s”", piece(theirs), piece(mine))}
}

// boundedAt cuts a number with the words that bound it: "at least 18".
func boundedAt(r *syntax.Analysis, i int) string {
	return r.Text[r.Units[r.BoundFrom(i)].Start:r.Units[i].End]
}
