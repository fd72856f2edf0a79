// Package match finds where the words of a hypothesis stand in a premise, and how much of it that covers.
package match

import (
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A Hypothesis is a sentence to be checked.
type Hypothesis struct {
	*syntax.Analysis
	Weights []float64
	Total   float64
	table   []uint16 // what lcs works with
	Foreign bool     // see Foreign

	parsed [][]syntax.Clause // by sentence, once somebody asked
	others [][]otherWord     // by unit, once somebody asked
}

// NewStatement reads a sentence to be checked.
func NewStatement(c *premise.Context, text string) *Hypothesis {
	return StatementOf(c, text, words.Tokenize(text))
}

// StatementOf is NewStatement for who has its tokens already.
func StatementOf(c *premise.Context, text string, tokens []words.Token) *Hypothesis {
	s := &Hypothesis{Analysis: c.Read(text, tokens), Foreign: premise.ForeignTokens(text, tokens)}
	s.Weights = make([]float64, len(s.Units))
	for i := range s.Units {
		s.Weights[i] = Weight(&s.Units[i])
	}
	for i := range s.Units {
		if q := s.Units[i].Quantity; q != nil && q.Bound != quantity.Exactly && q.Bound != quantity.About {
			for k := s.BoundFrom(i); k < i; k++ { // "more than 200": what the bound says is in the number
				s.Weights[k] = 0
			}
		}
	}
	for _, f := range s.Frames {
		// Who speaks is checked as such, and by which verb says little.
		if syntax.NeutralStems[words.Stem(s.Units[f.Verb].Folded)] {
			s.Weights[f.Verb] = 0
		}
		for k := f.From; k < f.To && f.Impersonal; k++ {
			s.Weights[k] = 0
		}
	}
	for _, w := range s.Weights {
		s.Total += w
	}
	return s
}

// Weights of what a passage must cover: names and figures carry more than other words, general words less.
const (
	weightHard    = 1.5
	WeightPlain   = 1
	WeightGeneric = 0.4
)

// Weight is what a unit counts among those that a passage must cover.
func Weight(u *syntax.Unit) float64 {
	switch {
	case u.Kind == syntax.Light || u.Op != syntax.None:
		return 0
	case u.Kind == syntax.Name || u.Kind == syntax.Number || u.Kind == syntax.Date:
		return weightHard
	case syntax.GenericWords[u.Key]:
		return WeightGeneric
	}
	return WeightPlain
}

// A Pair is a statement held against a passage.
type Pair struct {
	Hyp   *Hypothesis
	Prem  *syntax.Analysis
	Doc   *premise.Context
	Hits  [][]int // per unit of the statement: the positions in the passage that say the same
	Near  bool    // the statement is nearly a sentence of the passage, its twin
	Twin  int
	Align []int // per unit of the statement: its position in the twin, or -1
	First int   // the window of sentences that covers most
	Last  int
	Score float64

	whole   answer // whether it is verbatim, once somebody asked
	Grounds []int  // the units of the passage whose clauses or appositions the statement's were found kept in

	Excused []bool // per unit: a name that the passage does not print, but speaks of
}

// windowSentences is how many neighboring sentences may support one sentence together.
const windowSentences = 3

// maxHits is how many places in a passage are looked at for one word of a statement: a paragraph of 64 KiB prints few
// telling words as often.
const maxHits = 500

// farShare is what a word counts that the passage has, but not in those sentences.
const farShare = 0.5

// Match holds the statement against a passage.
func (s *Hypothesis) Match(p *syntax.Analysis, c *premise.Context) *Pair {
	m := &Pair{Hyp: s, Prem: p, Doc: c, Hits: make([][]int, len(s.Units)), Twin: -1}
	bySentence := make([]float64, len(p.Sentences))
	for i := range s.Units {
		if s.Units[i].Kind == syntax.Light {
			continue
		}
		m.Hits[i] = m.find(i)
		m.Hits[i] = m.Hits[i][:min(len(m.Hits[i]), maxHits)]
		last := -1
		for _, j := range m.Hits[i] {
			if k := p.Units[j].Sentence; k != last {
				bySentence[k] += s.Weights[i]
				last = k
			}
		}
	}
	m.dropNamesakes()
	m.Excused = make([]bool, len(s.Units))
	for i := range s.Units {
		m.Excused[i] = s.Units[i].Kind == syntax.Name && len(m.Hits[i]) == 0 && m.knownFor(i)
	}
	m.window()
	if m.Score >= MinScore {
		m.pair(bySentence)
	}
	return m
}

// Clauses are those of a sentence, read once.
func (s *Hypothesis) Clauses(sentence int) []syntax.Clause {
	if s.parsed == nil {
		s.parsed = make([][]syntax.Clause, len(s.Sentences))
		for k := range s.parsed {
			s.parsed[k] = clause.Clauses(s.Analysis, k)
		}
	}
	return s.parsed[sentence]
}

// An answer to what is asked several times: unknown at first.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// find lists the positions in the passage that say what the unit says.
func (m *Pair) find(i int) []int {
	u := &m.Hyp.Units[i]
	switch u.Kind {
	case syntax.Number:
		return m.findNumber(i)
	case syntax.Date:
		return m.findDate(i)
	}
	if hits := m.Prem.Index[u.Key]; len(hits) > 0 {
		if more := m.otherwise(i); len(more) > 0 {
			hits = slices.Concat(hits, more)
			slices.Sort(hits)
			return slices.Compact(hits)
		}
		return hits
	}
	if u.Entity > 0 {
		return nil // an entity's units have its key
	}
	if hits := related(m.Prem, u, m.Doc); len(hits) > 0 {
		return hits
	}
	if hits := m.otherwise(i); len(hits) > 0 {
		return hits
	}
	if noun := Dimensions[u.Folded]; noun != "" && i > 0 && m.Hyp.Units[i-1].Kind == syntax.Number {
		return m.Prem.Index[words.Stem(noun)]
	}
	return insideDates(m.Prem, u)
}

// insideDates lists the dates of a passage that are printed with a word: "the next day" has the day.
func insideDates(r *syntax.Analysis, u *syntax.Unit) []int {
	if !clause.TimeNouns[u.Folded] {
		return nil
	}
	var hits []int
	for _, j := range Figures(r, syntax.DateKey) {
		if strings.HasSuffix(strings.ToLower(r.Of(j)), " "+u.Folded) {
			hits = append(hits, j)
		}
	}
	return hits
}

// mayMatch reports at little cost whether same may be true of two units.
func mayMatch(u, v *syntax.Unit) bool {
	if u.Kind == syntax.Light || v.Kind == syntax.Light {
		return u.Key == v.Key
	}
	return u.Entity > 0 || v.Entity > 0 || u.Key != "" && v.Key != "" && u.Key[0] == v.Key[0]
}

// Same reports whether two words or names say the same.
func (m *Pair) Same(u, v *syntax.Unit) bool {
	switch {
	case u.Kind == syntax.Number || v.Kind == syntax.Number:
		return u.Kind == v.Kind && *u.Quantity == *v.Quantity
	case u.Kind == syntax.Date || v.Kind == syntax.Date:
		return u.Kind == v.Kind && u.Date.Start.Equal(v.Date.Start) && u.Date.End.Equal(v.Date.End)
	case u.Key == v.Key:
		return true
	case v.Entity > 0:
		return u.Entity == v.Entity || u.Entity == 0 && m.Doc.Entities[v.Entity-1].Parts[u.Key] && u.Kind != syntax.Light
	case u.Entity > 0:
		return false
	case u.Kind == syntax.Light || v.Kind == syntax.Light:
		return false
	}
	return Akin(u, v)
}

// Akin reports whether two words come from one: Pakistan and Pakistani, direct and director.
func Akin(u, v *syntax.Unit) bool {
	a, b := u.Key, v.Key
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	for shared < len(a) && a[shared] == b[shared] {
		shared++
	}
	if shared < 4 || len(a)-shared > 2 {
		return false
	}
	if u.Kind == syntax.Name || v.Kind == syntax.Name {
		return len(a)-shared <= 1 && shared >= 4 && endings[a[shared:]] && demonymEndings[b[shared:]] && b[shared:] != ""
	}
	return endings[a[shared:]] && derivations[b[shared:]]
}

var (
	endings        = map[string]bool{"": true, "e": true, "i": true, "y": true, "a": true, "t": true, "d": true}
	demonymEndings = lexicon.Set("n an ian i ese ish er ite ean nian")
	derivations    = lexicon.Set(`
or er ion ation ment al ity ness ive ist ism ic ian ly anc enc ant ent y abl ibl or ur tion sion ship hood dom ful
less ing ed i iti e ori at iz is ifi ary
`)
)

// window finds the neighboring sentences that cover most of the statement, and the score.
func (m *Pair) window() {
	n := len(m.Prem.Sentences)
	in := make([][]int, len(m.Hits)) // per unit: the sentences that it is in, in order
	for i, hits := range m.Hits {
		in[i] = make([]int, len(hits))
		for k, j := range hits {
			in[i][k] = m.Prem.Units[j].Sentence
		}
		slices.Sort(in[i])
	}
	next := make([]int, len(in)) // per unit: the first of them that the window has not passed
	cover := func(from, to int) float64 {
		sum := 0.0
		for i, list := range in {
			for next[i] < len(list) && list[next[i]] < from {
				next[i]++
			}
			if next[i] < len(list) && list[next[i]] <= to {
				sum += m.Hyp.Weights[i]
			}
		}
		return sum
	}
	best := -1.0
	for size := 1; size <= min(windowSentences, n); size++ {
		clear(next)
		for from := 0; from+size <= n; from++ {
			// A wider window has to be worth it.
			if c := cover(from, from+size-1); c > best+0.5 || best < 0 {
				best, m.First, m.Last = c, from, from+size-1
			}
		}
	}
	clear(next)
	all, total := cover(0, n), 0.0
	for i, w := range m.Hyp.Weights {
		if !m.Excused[i] {
			total += w
		}
	}
	if total == 0 || n == 0 {
		return
	}
	m.Score = (best + farShare*(all-best)) / total
}

// InWindow reports whether a position of the passage is in the sentences that cover most.
func (m *Pair) InWindow(j int) bool {
	k := m.Prem.Units[j].Sentence
	return k >= m.First && k <= m.Last
}

// Evidence lists the sentences that the verdict rests on.
func (m *Pair) Evidence() []article.Span {
	if m.Score == 0 {
		return nil
	}
	var spans []article.Span
	for k := m.First; k <= m.Last && k < len(m.Prem.Sentences); k++ {
		used := false
		for i, hits := range m.Hits {
			if m.Hyp.Weights[i] > 0 && slices.ContainsFunc(hits, func(j int) bool { return m.Prem.Units[j].Sentence == k }) {
				used = true
				break
			}
		}
		if used {
			spans = append(spans, m.Prem.Sentences[k])
		}
	}
	return spans
}

// Attached reports whether the unit stands among the same words at one of the positions.
func (m *Pair) Attached(i int, at []int) bool {
	const reach = 8
	u := &m.Hyp.Units[i]
	var near []int
	for k := max(0, i-reach); k < min(len(m.Hyp.Units), i+reach+1); k++ {
		v := &m.Hyp.Units[k]
		if k != i && v.Sentence == u.Sentence && m.Hyp.Weights[k] >= WeightPlain && v.Kind != syntax.Number &&
			v.Kind != syntax.Date {
			near = append(near, k)
		}
	}
	if len(near) == 0 {
		return true
	}
	for _, j := range at {
		if m.dateline(j) {
			return true
		}
		shared := 0
		for _, k := range near {
			here := m.Prem.Units[j].Sentence
			if m.StandsIn(k, here) || m.Hyp.Units[k].Kind == syntax.Name &&
				m.StandsIn(k, here-1) { // named before, and spoken of as "it"
				shared++
			}
		}
		if 3*shared >= len(near) {
			return true
		}
	}
	return false
}

// StandsIn reports whether a word or name stands in a sentence of the passage. Its hits are in order, unlike those of
// numbers.
func (m *Pair) StandsIn(i, sentence int) bool {
	_, found := slices.BinarySearchFunc(m.Hits[i], sentence,
		func(j, sentence int) int { return m.Prem.Units[j].Sentence - sentence })
	return found
}

// dateline reports whether a date stands nearly alone in its sentence, where it dates the text around it.
func (m *Pair) dateline(j int) bool {
	const most = 4
	if m.Prem.Units[j].Kind != syntax.Date {
		return false
	}
	content := 0
	for _, u := range m.Prem.SentenceOf(m.Prem.Units[j].Sentence) {
		if u.Kind != syntax.Light {
			content++
		}
	}
	return content <= most+1
}

// Piece is a piece of a text as a reason quotes it.
func Piece(text string) string { return strings.TrimSpace(text) }
