// Package polarity says whether a premise denies, cancels, hedges or weakens what a hypothesis asserts.
package polarity

import (
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// Negations compares the words that are denied, wherever they stand.
func Negations(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Plain || u.Op != syntax.None || u.Quoted {
			continue
		}
		if other := deniedOtherwise(m, i); other >= 0 && !deniedBeside(m, i, other) && !saidOtherwise(m, i, other) &&
			!deniedVerb(m, i) && !leftThere(m, i, other) && !deniedAlike(m, i) {
			return denied(m, u, other)
		}
	}
	return nil
}

// deniedVerb reports whether the verb that the statement denies something of is another word than the unit, and is
// denied in the passage, too: "did not name the team", "would ride for a team, which he did not name".
func deniedVerb(m *match.Pair, i int) bool {
	if !m.Hyp.Units[i].Negated || m.Hyp.PartOf(i) == syntax.Verbal {
		return false
	}
	v := clause.Governing(m.Hyp.Analysis, i)
	return v >= 0 && m.Hyp.Units[v].Negated && slices.ContainsFunc(m.Hits[v], func(j int) bool {
		return m.Prem.Units[j].Negated && m.InWindow(j)
	})
}

// leaving verbs say that somebody is not where he was: who left the room is not in it.
var leaving = match.KeysOf("leave abandon evacuate flee exit depart vacate quit escape")

// leftThere reports whether the statement denies that somebody is at a place, and the passage's verb before it says
// that he left it.
func leftThere(m *match.Pair, i, j int) bool {
	v := clause.Governing(m.Hyp.Analysis, i)
	if !m.Hyp.Units[i].Negated || v < 0 || !syntax.BeForms[m.Hyp.Units[v].Folded] ||
		clause.PrepositionOf(m.Hyp.Analysis, i) == "" {
		return false
	}
	q := clause.Governing(m.Prem, j)
	return q >= 0 && leaving[m.Prem.Units[q].Key]
}

// saysLeft reports whether the passage says of a place that somebody left it, where the statement denies that he is
// there.
func saysLeft(m *match.Pair) bool {
	for i, hits := range m.Hits {
		if slices.ContainsFunc(hits, func(j int) bool { return leftThere(m, i, j) }) {
			return true
		}
	}
	return false
}

// deniedOtherwise finds where the passage denies a word that the statement does not deny, or the other way round; -1
// where it has the word as the statement has it, too.
func deniedOtherwise(m *match.Pair, i int) int {
	u := &m.Hyp.Units[i]
	if m.Align != nil && m.Align[i] >= 0 && m.Near {
		if v := &m.Prem.Units[m.Align[i]]; v.Negated == u.Negated || !u.Head && !v.Head {
			return -1
		}
		return m.Align[i]
	}
	other := -1
	for _, j := range m.Hits[i] {
		v := &m.Prem.Units[j]
		if !m.InWindow(j) {
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
func deniedBeside(m *match.Pair, i, j int) bool {
	const reach = 3
	r, at, other, there := m.Prem, j, m.Hyp.Analysis, i
	if !m.Hyp.Units[i].Negated {
		r, at, other, there = m.Hyp.Analysis, i, m.Prem, j
	}
	for k := max(0, at-reach); k < min(len(r.Units), at+reach+1); k++ {
		u := &r.Units[k]
		if u.Op == syntax.Negates && u.Clause == r.Units[at].Clause &&
			(k > at && determined(u.Folded) || deniedBy(other, there, u.Key)) {
			return true
		}
	}
	return m.Hyp.Units[i].Negated && sameDenial(m, i)
}

// saidOtherwise reports whether the passage says without a denial what the statement denies of a word, or the other way
// round: "did not answer before Saturday" is "answered only on Saturday", who has yet to vote will vote.
func saidOtherwise(m *match.Pair, i, j int) bool {
	if onlyThen(m) || entail.ExceptThere(m, i, j) {
		return true
	}
	return m.Hyp.Units[i].Negated && deniedBy(m.Hyp.Analysis, i, "yet") &&
		slices.Contains(clause.MoodOf(m.Prem, j), "will")
}

// onlyThen reports whether one of statement and passage says "not before" a time and the other "only" then.
func onlyThen(m *match.Pair) bool {
	at := m.Main()
	if at < 0 {
		return false
	}
	return notBefore(m.Hyp.Analysis, 0, m.Prem, at) || notBefore(m.Prem, at, m.Hyp.Analysis, 0)
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
func yetToBe(m *match.Pair, i int) bool {
	if m.Hyp.Units[i].Folded != "yet" || i+2 >= len(m.Align) {
		return false
	}
	j := m.Align[i+2]
	return j >= 0 && slices.Contains(clause.MoodOf(m.Prem, j), "will")
}

// deniedThere reports whether the passage has the denial that stands at i of the statement, if at another place: it
// denies the same word, or it has the same verb of denial.
func deniedThere(m *match.Pair, i int) bool {
	u := &m.Hyp.Units[i]
	ours, _ := denials(m.Hyp.Units)
	theirs, _ := denials(m.Prem.Units[m.Prem.From[m.First]:m.Prem.From[m.Last+1]])
	if ours > theirs && !onlyThen(m) {
		return false // "not" was put before what is denied there, too
	}
	if u.Kind == syntax.Plain && slices.ContainsFunc(m.Hits[i], func(j int) bool {
		return m.Prem.Units[j].Op == syntax.Negates && m.InWindow(j)
	}) {
		return true
	}
	if onlyThen(m) {
		return true
	}
	for k := i + 1; k < len(m.Hyp.Units) && m.Hyp.Units[k].Clause == u.Clause; k++ {
		if j := m.Align[k]; j >= 0 && m.Hyp.Units[k].Kind != syntax.Light && m.Hyp.Units[k].Op == syntax.None {
			return m.Prem.Units[j].Negated && m.Prem.Units[j].Head
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
func sameDenial(m *match.Pair, i int) bool {
	for k := i - 1; k >= m.Hyp.From[m.Hyp.Units[i].Sentence]; k-- {
		u := &m.Hyp.Units[k]
		if u.Op != syntax.Negates {
			continue
		}
		return u.Kind == syntax.Plain && slices.ContainsFunc(m.Prem.Index[u.Key],
			func(j int) bool { return m.Prem.Units[j].Op == syntax.Negates && m.InWindow(j) })
	}
	return false
}

func denied(m *match.Pair, u *syntax.Unit, other int) *match.Failure {
	if u.Negated {
		return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity, Why: lang.Say(
			"the sentence denies what the paragraph says: “%s”", match.Piece(Around(m.Prem, other)))}
	}
	return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity,
		Why: lang.Say("the paragraph denies it: “%s”", match.Piece(Around(m.Prem, other)))}
}

// Around cuts the words near a unit for a reason.
func Around(r *syntax.Analysis, i int) string {
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

// NegatedGaps compares the negations of a sentence and its twin place by place.
func NegatedGaps(m *match.Pair) *match.Failure {
	if !m.Near || deniesTheSame(m) {
		return nil
	}
	for _, g := range m.Gaps() {
		s, sp := denials(m.Hyp.Units[g.S0:g.S1])
		p, pp := denials(m.Prem.Units[g.P0:g.P1])
		if s%2 == p%2 {
			continue
		}
		if s > p && (deniedThere(m, g.S0+sp) || yetToBe(m, g.S0+sp)) || p > s && onlyThen(m) {
			continue
		}
		if s > p && !nextAligned(m, g.S0+sp) || p > s && !takesNext(m, g.P0+pp) {
			continue // it denies what only one of them speaks of: see negations
		}
		if s > p {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity,
				Why: lang.Say("the paragraph does not say “%s”", match.Piece(m.Hyp.Of(g.S0+sp)))}
		}
		if g.S0 == 0 && g.S1 == 0 || g.S0 == len(m.Hyp.Units) || leavesClause(m, g, g.P0+pp) {
			continue // the beginning or the end of the twin was left out
		}
		return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity,
			Why: lang.Say("the paragraph says “%s”", match.Piece(Around(m.Prem, g.P0+pp)))}
	}
	return nil
}

// deniesTheSame reports whether what the statement denies is denied in the passage in other words.
func deniesTheSame(m *match.Pair) bool { return exceptSaid(m) || saysLeft(m) || allDeniedAlike(m) }

// exceptSaid reports whether a word that the statement denies is so in the passage but where the statement speaks of.
func exceptSaid(m *match.Pair) bool {
	for i, hits := range m.Hits {
		if slices.ContainsFunc(hits, func(j int) bool { return entail.ExceptThere(m, i, j) }) {
			return true
		}
	}
	return false
}

// nextAligned reports whether the twin has the content word that follows the statement's unit; true where none follows.
func nextAligned(m *match.Pair, i int) bool {
	for k := i + 1; k < len(m.Hyp.Units); k++ {
		if u := &m.Hyp.Units[k]; u.Kind != syntax.Light && u.Op == syntax.None {
			return m.Align[k] >= 0 || m.InSentence(k, m.Twin)
		}
	}
	return true
}

// leavesClause reports whether the passage's unit stands in a clause of which the statement took nothing.
func leavesClause(m *match.Pair, g match.Gap, j int) bool {
	clause := m.Prem.Units[j].Clause
	return !slices.ContainsFunc(m.Align, func(a int) bool {
		return a >= 0 && m.Prem.Units[a].Clause == clause && m.Prem.Units[a].Kind != syntax.Light
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

// OppositeWords finds a word that the passage does not have where it has its opposite.
func OppositeWords(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Quoted || u.Kind == syntax.Name {
			continue
		}
		against := syntax.Opposites[u.Key]
		if len(against) == 0 {
			against = syntax.Opposites[u.Folded]
		}
		if len(against) == 0 || AlignedTo(m, i) {
			continue
		}
		if j := oppositeAt(m, i, against); j >= 0 {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckPolarity, Why: lang.Say(
				"the paragraph says “%s”, not “%s”", match.Piece(m.Prem.Of(j)), match.Piece(m.Hyp.Of(i)))}
		}
	}
	return nil
}

// AlignedTo reports whether a unit of the statement has its counterpart in the twin.
func AlignedTo(m *match.Pair, i int) bool { return m.Align != nil && m.Align[i] >= 0 }
