package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// copulaKept looks for where the passage says that the one is the other: with a form of be, in an apposition ("Jon
// Aske, the mayor"), or before a name ("the shipowner Lars Tveit").
func copulaKept(m *match.Pair, sc *syntax.Clause) bool {
	for _, j := range beingVerbs(m, sc.Verb) {
		if m.Prem.PartOf(j) == syntax.Verbal && saidToBe(m, sc, j) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	if len(sc.Mood) > 0 {
		return noLonger(m, sc)
	}
	if mention.MeasureKept(m, sc) || mention.Attributive(m, sc) || agentKept(m, sc) {
		return true
	}
	return !sc.Subject.Missing && !sc.Subject.Pronoun && len(sc.Subject.Heads) > 0 && apposedKept(m, sc)
}

// saidToBe reports whether the passage's verb at j says that its subject is what the statement says.
func saidToBe(m *match.Pair, sc *syntax.Clause, j int) bool {
	pc := clause.At(m.Prem, j)
	return (pc.Copula || stayVerbs[m.Prem.Units[j].Folded]) && moodKept(m, sc, &pc) &&
		(sc.Subject.Missing && pc.Subject.Missing || mention.PhraseKept(m, &sc.Subject, &pc.Subject)) &&
		complementKept(m, sc, &pc) && inference.RestLeft(m, sc, &pc) < 0
}

// apposedKept reports whether the passage has what the subject is said to be in apposition to it, or behind it.
func apposedKept(m *match.Pair, sc *syntax.Clause) bool {
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.Hits[head] {
		if len(sc.Objects) == 0 {
			if attributeKept(m, sc, h) {
				m.Grounds = append(m.Grounds, h)
				return true
			}
			continue
		}
		for _, p := range clause.Apposed(m.Prem, h) {
			if complementIn(m, sc, &p) {
				m.Grounds = append(m.Grounds, h, p.Units[0])
				return true
			}
		}
	}
	return false
}

// complementKept compares what the subject is said to be.
func complementKept(m *match.Pair, sc, pc *syntax.Clause) bool {
	for k := range sc.Objects {
		o := &sc.Objects[k]
		if !slices.ContainsFunc(o.Units, func(i int) bool { return m.Hyp.Weights[i] >= match.WeightPlain }) {
			continue // "is a place": nearly everything is
		}
		if len(o.Units) == 1 && mention.HitAmong(m, o.Units[0], complements(m.Prem, pc)) && !nowOver(m, sc, &pc.Objects[0]) {
			continue // "is American" of "is an American actress"; "is an inventor" of a list of what somebody is
		}
		if !slices.ContainsFunc(pc.Objects,
			func(p syntax.Phrase) bool { return mention.PhraseKept(m, o, &p) && !nowOver(m, sc, &p) }) {
			return false
		}
	}
	return len(sc.Objects) > 0 || len(pc.Objects) == 0
}

// complements are the heads of all that a subject is said to be, and what stands before the first of them.
func complements(r *syntax.Analysis, pc *syntax.Clause) []int {
	if len(pc.Objects) == 0 {
		return nil
	}
	list := slices.Clone(pc.Objects[0].Units)
	for _, o := range pc.Objects[1:] {
		list = append(list, o.Heads...)
	}
	end := r.From[r.Units[pc.Verb].Sentence+1]
	for k := list[len(list)-1] + 1; k < end; k++ {
		switch q := r.PartOf(k); {
		case q == syntax.Nominal && (k+1 >= end || r.Parted(k+1) || r.PartOf(k+1) != syntax.Nominal):
			list = append(list, k)
		case q == syntax.Preposition || syntax.VerbOrHelp(q) || q == syntax.Relativizer || q == syntax.Subordinator ||
			q == syntax.Pronominal:
			return list
		}
	}
	return list
}

// complementIn reports whether an apposed phrase is what the statement says that the subject is, with all else that
// it says.
func complementIn(m *match.Pair, sc *syntax.Clause, p *syntax.Phrase) bool {
	if !mention.PhraseKept(m, &sc.Objects[0], p) || nowOver(m, sc, p) {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] == 0 || slices.Contains(sc.Objects[0].Units, i) || inference.SourceUnit(m.Hyp, i) {
			continue
		}
		if !mention.HitAmong(m, i, p.Units) && !mention.OwnerNamed(m, i, p) &&
			!(m.Hyp.Units[i].Kind == syntax.Name && (m.Excused[i] || mention.Possessed(m, p) && len(m.Hits[i]) > 0)) {
			return false
		}
	}
	return true
}

// attributeKept reports whether a prepositional phrase stands behind the noun at h as the statement has it behind its
// "is": "the institute in Brask".
func attributeKept(m *match.Pair, sc *syntax.Clause, h int) bool {
	k := h + 1
	end := m.Prem.From[m.Prem.Units[h].Sentence+1]
	for k < end && m.Prem.PartOf(k) == syntax.Nominal && !m.Prem.Parted(k) {
		k++
	}
	var inside []int
	for ; k < end && !m.Prem.Parted(k) && !syntax.VerbOrHelp(m.Prem.PartOf(k)); k++ {
		inside = append(inside, k)
	}
	some := false
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] == 0 {
			continue
		}
		if !mention.HitAmong(m, i, inside) ||
			clause.PrepositionOf(m.Hyp.Analysis, i) != clause.PrepositionOf(m.Prem, firstHit(m, i, inside)) {
			return false
		}
		some = true
	}
	return some
}

func firstHit(m *match.Pair, i int, inside []int) int {
	return inside[slices.IndexFunc(inside, func(j int) bool { return m.Hit(i, j) })]
}

// stayVerbs say that something is what it was.
var stayVerbs = lexicon.Set("remain remains remained stay stays stayed")

// beingVerbs are the units of the passage that say what something is, as the statement's form of be does.
func beingVerbs(m *match.Pair, v int) []int {
	list := SameVerbs(m, v)
	for j := range m.Prem.Units {
		if stayVerbs[m.Prem.Units[j].Folded] {
			list = append(list, j)
		}
	}
	return list
}

// sharedPredicates are true of many at once: that another one lives there contradicts nothing.
var sharedPredicates = syntax.Stems(`live reside dwell work study belong attend visit stay sit stand know like love
	support believe speak read use come go play sing`)

// SharedBy reports whether the clause of which the statement's unit is the subject has a verb that may be true of
// many.
func SharedBy(m *match.Pair, i int) bool {
	for _, sc := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if slices.Contains(sc.Subject.Units, i) && sharedPredicates[words.Stem(m.Hyp.Units[sc.Verb].Folded)] {
			return true
		}
	}
	return false
}
