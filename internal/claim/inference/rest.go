package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// SourceUnit reports whether a unit of the statement names the source of an "according to".
func SourceUnit(s *match.Hypothesis, i int) bool {
	return slices.ContainsFunc(s.Frames, func(f syntax.Frame) bool {
		return s.Units[f.Verb].Folded == "according" && (i >= f.From && i < f.To || i == f.Verb)
	})
}

// RestLeft finds what the statement's clause says beside its subject and objects and the passage does not say in the
// same clause; -1 for nothing.
func RestLeft(m *match.Pair, sc, pc *syntax.Clause) int {
	inside := slices.Concat(pc.Subject.Units, pc.Agent.Units)
	for _, o := range pc.Objects {
		inside = append(inside, o.Units...)
	}
	for j := pc.From; j < pc.To; j++ {
		inside = append(inside, j)
	}
	inside = append(inside, beyond(m.Prem, pc)...)
	for i := sc.From; i < sc.To; i++ {
		if i == sc.Verb || m.Hyp.Weights[i] == 0 || m.Hyp.Units[i].Quoted || slices.Contains(sc.Subject.Units, i) ||
			Names(sc, i) || SourceUnit(m.Hyp, i) {
			continue
		}
		if !mention.HitAmong(m, i, inside) || otherPreposition(m, i, inside) {
			return i
		}
	}
	if universal(m, sc) && slices.ContainsFunc(inside, func(j int) bool {
		return m.Prem.Units[j].Kind == syntax.Date &&
			!slices.ContainsFunc(m.Hits, func(h []int) bool { return slices.Contains(h, j) })
	}) {
		return sc.Verb
	}
	return -1
}

// Names reports whether a unit stands in one of the clause's objects.
func Names(c *syntax.Clause, i int) bool {
	return slices.ContainsFunc(c.Objects, func(o syntax.Phrase) bool { return slices.Contains(o.Units, i) })
}

// universal reports whether a clause of the statement is about all there is: what the passage restricts to a time is
// less.
func universal(m *match.Pair, sc *syntax.Clause) bool {
	for i := min(sc.From, sc.Verb); i < sc.To; i++ {
		switch w := m.Hyp.Units[i].Folded; {
		case syntax.Quantifiers[w] == 6, w == "no", w == "never", w == "nobody", w == "none", w == "any":
			return true
		}
	}
	return false
}

// otherPreposition reports whether a preposition stands before a phrase that says the opposite of the statement's:
// "to" for "from".
func otherPreposition(m *match.Pair, i int, inside []int) bool {
	mine := clause.PrepositionOf(m.Hyp.Analysis, i)
	if mine == "" {
		return false
	}
	clash := false
	for _, j := range m.Hits[i] {
		if !slices.Contains(inside, j) {
			continue
		}
		theirs := clause.PrepositionOf(m.Prem, j)
		if !Contrary(mine, theirs) {
			return false
		}
		clash = true
	}
	return clash
}

// Contrary reports whether two prepositions cannot stand for one another: "to" and "from".
func Contrary(a, b string) bool {
	return contraryPrepositions[[2]string{a, b}] || contraryPrepositions[[2]string{b, a}]
}

// contraryPrepositions cannot stand for one another.
var contraryPrepositions = map[[2]string]bool{{"to", "from"}: true, {"before", "after"}: true,
	{"with", "without"}: true, {"over", "under"}: true,
	{"for", "against"}: true, {"into", "from"}: true, {"above", "below"}: true, {"inside", "outside"}: true,
	{"since", "until"}: true, {"since", "before"}: true, {"until", "after"}: true,
	{"until", "from"}: true, {"until", "at"}: true, {"until", "by"}: true, {"until", "in"}: true,
	{"in", "near"}: true, {"on", "near"}: true, {"in", "outside"}: true, {"in", "to"}: true, {"in", "from"}: true,
	{"at", "from"}: true, {"with", "against"}: true, {"on", "under"}: true, {"in", "behind"}: true,
	{"before", "during"}: true, {"after", "during"}: true,
	{"by", "for"}: true, {"by", "to"}: true, {"to", "for"}: false, {"like", "unlike"}: true}
