package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// negations compares the words that are denied, wherever they stand.
func (m *Pair) negations() *failure {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Kind != syntax.Plain || u.Op != syntax.None || u.Quoted {
			continue
		}
		if other := m.deniedOtherwise(i); other >= 0 && !m.deniedBeside(i, other) && !m.saidOtherwise(i, other) &&
			!m.deniedVerb(i) && !m.leftThere(i, other) && !m.deniedAlike(i) {
			return m.denied(u, other)
		}
	}
	return nil
}

// deniedVerb reports whether the verb that the statement denies something of is another word than the unit, and is
// denied in the passage, too: "did not name the team", "would ride for a team, which he did not name".
func (m *Pair) deniedVerb(i int) bool {
	if !m.s.Units[i].Negated || m.s.PartOf(i) == syntax.Verbal {
		return false
	}
	v := clause.Governing(m.s.Analysis, i)
	return v >= 0 && m.s.Units[v].Negated && slices.ContainsFunc(m.hits[v], func(j int) bool {
		return m.p.Units[j].Negated && m.inWindow(j)
	})
}

// leaving verbs say that somebody is not where he was: who left the room is not in it.
var leaving = keysOf("leave abandon evacuate flee exit depart vacate quit escape")

// leftThere reports whether the statement denies that somebody is at a place, and the passage's verb before it says
// that he left it.
func (m *Pair) leftThere(i, j int) bool {
	v := clause.Governing(m.s.Analysis, i)
	if !m.s.Units[i].Negated || v < 0 || !syntax.BeForms[m.s.Units[v].Folded] ||
		clause.PrepositionOf(m.s.Analysis, i) == "" {
		return false
	}
	q := clause.Governing(m.p, j)
	return q >= 0 && leaving[m.p.Units[q].Key]
}

// saysLeft reports whether the passage says of a place that somebody left it, where the statement denies that he is
// there.
func (m *Pair) saysLeft() bool {
	for i, hits := range m.hits {
		if slices.ContainsFunc(hits, func(j int) bool { return m.leftThere(i, j) }) {
			return true
		}
	}
	return false
}

// deniedOtherwise finds where the passage denies a word that the statement does not deny, or the other way round; -1
// where it has the word as the statement has it, too.
func (m *Pair) deniedOtherwise(i int) int {
	u := &m.s.Units[i]
	if m.align != nil && m.align[i] >= 0 && m.near {
		if v := &m.p.Units[m.align[i]]; v.Negated == u.Negated || !u.Head && !v.Head {
			return -1
		}
		return m.align[i]
	}
	other := -1
	for _, j := range m.hits[i] {
		v := &m.p.Units[j]
		if !m.inWindow(j) {
			continue
		}
		if v.Negated == u.Negated {
			return -1
		}
		if u.Negated && u.Head || v.Negated && v.Head {
			other = j
		}
	}
	return other
}

// deniedBeside reports whether the side that does not deny the word itself denies what stands beside it: "ordered no
// evacuation" and "did not order an evacuation" say the same, and so do two sentences with one word of denial.
func (m *Pair) deniedBeside(i, j int) bool {
	const reach = 3
	r, at, other, there := m.p, j, m.s.Analysis, i
	if !m.s.Units[i].Negated {
		r, at, other, there = m.s.Analysis, i, m.p, j
	}
	for k := max(0, at-reach); k < min(len(r.Units), at+reach+1); k++ {
		u := &r.Units[k]
		if u.Op == syntax.Negates && u.Clause == r.Units[at].Clause &&
			(k > at && determined(u.Folded) || deniedBy(other, there, u.Key)) {
			return true
		}
	}
	return m.s.Units[i].Negated && m.sameDenial(i)
}

// saidOtherwise reports whether the passage says without a denial what the statement denies of a word, or the other way
// round: "did not answer before Saturday" is "answered only on Saturday", who has yet to vote will vote.
func (m *Pair) saidOtherwise(i, j int) bool {
	if m.onlyThen() || m.exceptThere(i, j) {
		return true
	}
	return m.s.Units[i].Negated && deniedBy(m.s.Analysis, i, "yet") && slices.Contains(clause.MoodOf(m.p, j), "will")
}

// exceptThere reports whether the passage says of the word at j that it is so, "but not" where the statement denies it:
// "is available, but not on the island".
func (m *Pair) exceptThere(i, j int) bool {
	if !m.s.Units[i].Negated {
		return false
	}
	end := m.p.From[m.p.Units[j].Sentence+1]
	for k := j + 1; k+2 < end; k++ {
		if m.p.Units[k].Folded != "but" || m.p.Units[k+1].Folded != "not" || m.p.PartOf(k+2) != syntax.Preposition {
			continue
		}
		for at := k + 3; at < end && !m.p.Parted(at); at++ {
			if m.p.PartOf(at) == syntax.Nominal &&
				slices.ContainsFunc(m.hits, func(h []int) bool { return slices.Contains(h, at) }) {
				return true
			}
		}
	}
	return false
}

// moodKept reports whether a clause of the passage is as sure as one of the statement: with the same modals and
// denials, or denied where the statement speaks of.
func (m *Pair) moodKept(sc, pc *syntax.Clause) bool {
	if slices.Equal(sc.Mood, pc.Mood) {
		return true
	}
	k := slices.Index(sc.Mood, "not")
	if k < 0 || !slices.Equal(slices.Delete(slices.Clone(sc.Mood), k, k+1), pc.Mood) {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.Units[i].Negated && slices.ContainsFunc(m.hits[i], func(j int) bool { return m.exceptThere(i, j) }) {
			return true
		}
	}
	return m.s.Units[sc.Verb].Negated && m.exceptThere(sc.Verb, pc.Verb)
}

// onlyThen reports whether one of statement and passage says "not before" a time and the other "only" then.
func (m *Pair) onlyThen() bool {
	at := m.main()
	if at < 0 {
		return false
	}
	return notBefore(m.s.Analysis, 0, m.p, at) || notBefore(m.p, at, m.s.Analysis, 0)
}

// notBefore reports whether a sentence denies that something is so before a time, and one of another text limits it to
// that.
func notBefore(r *syntax.Analysis, sentence int, other *syntax.Analysis, at int) bool {
	denied := false
	for i := r.From[sentence]; i < r.From[sentence+1]; i++ {
		u := &r.Units[i]
		denied = denied || u.Op == syntax.Negates
		if lead := leadOf(r, i); !denied || u.Kind == syntax.Light || lead != "before" && lead != "until" {
			continue
		}
		theirs := other.SentenceOf(at)
		day := lastWord(r.Of(i))
		return slices.ContainsFunc(theirs, func(v syntax.Unit) bool { return v.Op == syntax.Limits }) &&
			slices.ContainsFunc(theirs,
				func(v syntax.Unit) bool { return v.Kind != syntax.Light && lastWord(v.Of(other.Text)) == day })
	}
	return false
}

// leadOf is the word before a time, or the first of its own: "before Saturday" may be one date.
func leadOf(r *syntax.Analysis, i int) string {
	first, _, several := strings.Cut(strings.ToLower(r.Of(i)), " ")
	if several && (first == "before" || first == "until") {
		return first
	}
	return r.PlainBefore(i)
}

func lastWord(phrase string) string { return phrase[strings.LastIndexByte(phrase, ' ')+1:] }

// yetToBe reports whether the denial that stands at i of the statement is a "yet to" of what will be in the passage.
func (m *Pair) yetToBe(i int) bool {
	if m.s.Units[i].Folded != "yet" || i+2 >= len(m.align) {
		return false
	}
	j := m.align[i+2]
	return j >= 0 && slices.Contains(clause.MoodOf(m.p, j), "will")
}

// deniedThere reports whether the passage has the denial that stands at i of the statement, if at another place: it
// denies the same word, or it has the same verb of denial.
func (m *Pair) deniedThere(i int) bool {
	u := &m.s.Units[i]
	ours, _ := denials(m.s.Units)
	theirs, _ := denials(m.p.Units[m.p.From[m.first]:m.p.From[m.last+1]])
	if ours > theirs && !m.onlyThen() {
		return false // "not" was put before what is denied there, too
	}
	if u.Kind == syntax.Plain && slices.ContainsFunc(m.hits[i], func(j int) bool {
		return m.p.Units[j].Op == syntax.Negates && m.inWindow(j)
	}) {
		return true
	}
	if m.onlyThen() {
		return true
	}
	for k := i + 1; k < len(m.s.Units) && m.s.Units[k].Clause == u.Clause; k++ {
		if j := m.align[k]; j >= 0 && m.s.Units[k].Kind != syntax.Light && m.s.Units[k].Op == syntax.None {
			return m.p.Units[j].Negated && m.p.Units[j].Head
		}
	}
	return false
}

// determined reports whether a denial is of the noun behind it: "no", "none".
func determined(w string) bool { return w == "no" || w == "none" || w == "nobody" || w == "nothing" }

// deniedBy reports whether a word of denial with the key stands before a unit in its sentence.
func deniedBy(r *syntax.Analysis, i int, key string) bool {
	for k := i - 1; k >= r.From[r.Units[i].Sentence]; k-- {
		if r.Units[k].Op == syntax.Negates && r.Units[k].Key == key && !determined(r.Units[k].Folded) &&
			r.Units[k].Folded != "not" {
			return true
		}
	}
	return false
}

// sameDenial reports whether the word that denies the statement's unit is no "not" and denies in the passage, too.
func (m *Pair) sameDenial(i int) bool {
	for k := i - 1; k >= m.s.From[m.s.Units[i].Sentence]; k-- {
		u := &m.s.Units[k]
		if u.Op != syntax.Negates {
			continue
		}
		return u.Kind == syntax.Plain && slices.ContainsFunc(m.p.Index[u.Key],
			func(j int) bool { return m.p.Units[j].Op == syntax.Negates && m.inWindow(j) })
	}
	return false
}

func (m *Pair) denied(u *syntax.Unit, other int) *failure {
	if u.Negated {
		return &failure{claim.Contradicted, claim.CheckPolarity, lang.Say(
			"the sentence denies what the paragraph says: “%s”", piece(around(m.p, other)))}
	}
	return &failure{claim.Contradicted, claim.CheckPolarity,
		lang.Say("the paragraph denies it: “%s”", piece(around(m.p, other)))}
}

// around cuts the words near a unit for a reason.
func around(r *syntax.Analysis, i int) string {
	const each = 4
	from, to := i, i
	for from > 0 && i-from < each && r.Units[from-1].Sentence == r.Units[i].Sentence &&
		r.Units[from-1].Clause == r.Units[i].Clause {
		from--
	}
	for to+1 < len(r.Units) && to-i < each && r.Units[to+1].Sentence == r.Units[i].Sentence &&
		r.Units[to+1].Clause == r.Units[i].Clause {
		to++
	}
	return r.Text[r.Units[from].Start:r.Units[to].End]
}

// negatedGaps compares the negations of a sentence and its twin place by place.
func (m *Pair) negatedGaps() *failure {
	if !m.near || m.deniesTheSame() {
		return nil
	}
	for _, g := range m.gaps() {
		s, sp := denials(m.s.Units[g.s0:g.s1])
		p, pp := denials(m.p.Units[g.p0:g.p1])
		if s%2 == p%2 {
			continue
		}
		if s > p && (m.deniedThere(g.s0+sp) || m.yetToBe(g.s0+sp)) || p > s && m.onlyThen() {
			continue
		}
		if s > p && !m.nextAligned(g.s0+sp) || p > s && !m.takesNext(g.p0+pp) {
			continue // it denies what only one of them speaks of: see negations
		}
		if s > p {
			return &failure{claim.Contradicted, claim.CheckPolarity,
				lang.Say("the paragraph does not say “%s”", piece(m.s.Of(g.s0+sp)))}
		}
		if g.s0 == 0 && g.s1 == 0 || g.s0 == len(m.s.Units) || m.leavesClause(g, g.p0+pp) {
			continue // the beginning or the end of the twin was left out
		}
		return &failure{claim.Contradicted, claim.CheckPolarity,
			lang.Say("the paragraph says “%s”", piece(around(m.p, g.p0+pp)))}
	}
	return nil
}

// deniesTheSame reports whether what the statement denies is denied in the passage in other words.
func (m *Pair) deniesTheSame() bool { return m.exceptSaid() || m.saysLeft() || m.allDeniedAlike() }

// exceptSaid reports whether a word that the statement denies is so in the passage but where the statement speaks of.
func (m *Pair) exceptSaid() bool {
	for i, hits := range m.hits {
		if slices.ContainsFunc(hits, func(j int) bool { return m.exceptThere(i, j) }) {
			return true
		}
	}
	return false
}

// nextAligned reports whether the twin has the content word that follows the statement's unit; true where none follows.
func (m *Pair) nextAligned(i int) bool {
	for k := i + 1; k < len(m.s.Units); k++ {
		if u := &m.s.Units[k]; u.Kind != syntax.Light && u.Op == syntax.None {
			return m.align[k] >= 0 || m.inSentence(k, m.twin)
		}
	}
	return true
}

// leavesClause reports whether the passage's unit stands in a clause of which the statement took nothing.
func (m *Pair) leavesClause(g gap, j int) bool {
	clause := m.p.Units[j].Clause
	return !slices.ContainsFunc(m.align, func(a int) bool {
		return a >= 0 && m.p.Units[a].Clause == clause && m.p.Units[a].Kind != syntax.Light
	})
}

// denials counts the negations of a gap, those of "not only" among them.
func denials(units []syntax.Unit) (n, first int) {
	for i := range units {
		if u := &units[i]; !u.Quoted && (u.Op == syntax.Negates || u.Folded == "not" || u.Folded == "never") {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return n, first
}

func count(units []syntax.Unit, op syntax.Operator) (n, first int) {
	for i := range units {
		if units[i].Op == op && !units[i].Quoted {
			if n == 0 {
				first = i
			}
			n++
		}
	}
	return n, first
}

// oppositeWords finds a word that the passage does not have where it has its opposite.
func (m *Pair) oppositeWords() *failure {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Quoted || u.Kind == syntax.Name {
			continue
		}
		against := syntax.Opposites[u.Key]
		if len(against) == 0 {
			against = syntax.Opposites[u.Folded]
		}
		if len(against) == 0 || m.alignedTo(i) {
			continue
		}
		if j := m.oppositeAt(i, against); j >= 0 {
			return &failure{claim.Contradicted, claim.CheckPolarity, lang.Say(
				"the paragraph says “%s”, not “%s”", piece(m.p.Of(j)), piece(m.s.Of(i)))}
		}
	}
	return nil
}

// alignedTo reports whether a unit of the statement has its counterpart in the twin.
func (m *Pair) alignedTo(i int) bool { return m.align != nil && m.align[i] >= 0 }
