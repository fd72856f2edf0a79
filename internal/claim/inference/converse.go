package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// beyond are the units that belong to a clause and stand outside of it: the noun of "from which", and what forces
// somebody to do it.
func beyond(r *syntax.Analysis, c *syntax.Clause) []int {
	at := c.From
	if len(c.Subject.Units) > 0 {
		at = min(at, c.Subject.Units[0])
	}
	for at > r.ClauseStart(c.Verb) && r.PartOf(at-1) == syntax.Determiner {
		at--
	}
	if k := at - 2; k > r.ClauseStart(c.Verb) && r.PartOf(k+1) == syntax.Relativizer &&
		r.PartOf(k) == syntax.Preposition &&
		r.PartOf(k-1) == syntax.Nominal {
		p, _ := clause.NounPhraseEnding(r, k-1)
		return p.Units
	}
	if !c.Inf {
		return nil
	}
	to := c.Verb - 1
	for to > r.ClauseStart(c.Verb) && r.Units[to].Folded != "to" {
		to--
	}
	q := clause.Governing(r, to)
	if q < 0 || !clause.ImpliedBy[r.Units[q].Key] {
		return nil
	}
	return clause.SubjectOf(r, q, 1).Units
}

// A converse is a pair of verbs that tell the same of other parties: who sells something to somebody, and who buys it.
// In the clause of the one, the other's subject stands behind a preposition.
type converse struct {
	giver, taker map[string]bool // stems
	to, from     string          // what stands before the taker where the giver is the subject, and the other way round
}

var converses = []converse{
	{syntax.Stems("sell"), match.KeysOf("buy purchase acquire"), "to", "from"},
	{syntax.Stems("lend loan"), syntax.Stems("borrow"), "to", "from"},
	{syntax.Stems("give award grant donate hand"), syntax.Stems("receive get obtain"), "to", "from"},
}

// Conversely tells by which preposition the passage's verb at j has the subject of the statement's verb at i: "to" for
// who buys what the passage says is sold. mine is the one that the statement has the passage's subject behind.
func Conversely(m *match.Pair, i, j int) (theirs, mine string, ok bool) {
	a, b := m.Hyp.Units[i].Key, m.Prem.Units[j].Key
	for k := range converses {
		c := &converses[k]
		switch {
		case c.taker[a] && c.giver[b]:
			return c.to, c.from, true
		case c.giver[a] && c.taker[b]:
			return c.from, c.to, true
		}
	}
	return "", "", false
}

// ConverseKept reports whether the passage tells by the other verb of a pair what the statement tells.
func ConverseKept(m *match.Pair, sc *syntax.Clause) bool {
	if sc.Passive || sc.Subject.Missing || sc.Subject.Pronoun || len(sc.Subject.Heads) == 0 {
		return false
	}
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.Hits[head] {
		for j := m.Prem.ClauseStart(h); j < h; j++ {
			theirs, mine, ok := Conversely(m, sc.Verb, j)
			if !ok || m.Prem.PartOf(j) != syntax.Verbal || clause.PrepositionOf(m.Prem, h) != theirs {
				continue
			}
			pc := clause.At(m.Prem, j)
			if h >= pc.To || !slices.Equal(sc.Mood, pc.Mood) || !partiesKept(m, sc, &pc, mine) {
				continue
			}
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// partiesKept reports whether the objects of a clause of the statement and all else that it says stand in the
// passage's clause, whose subject may stand in it behind the preposition alone.
func partiesKept(m *match.Pair, sc, pc *syntax.Clause, preposition string) bool {
	objects := pc.Objects
	if pc.Passive {
		objects = append(slices.Clip(objects), pc.Subject)
	}
	if len(sc.Objects) > 0 && (len(objects) == 0 || !mention.PhraseKept(m, &sc.Objects[0], &objects[0])) {
		return false
	}
	theirs := pc.Subject
	if pc.Passive {
		theirs = pc.Agent
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] > 0 && clause.PrepositionOf(m.Hyp.Analysis, i) == preposition &&
			!mention.HitAmong(m, i, theirs.Units) {
			return false
		}
	}
	return RestLeft(m, sc, pc) < 0
}
