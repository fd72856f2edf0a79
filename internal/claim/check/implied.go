package check

import (
	"slices"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// impliedBy maps the stems of verbs behind which an infinitive is a fact, or is denied as one: who managed to sell
// sold, who refused to sell did not. L. Karttunen, Implicative Verbs, Language 47 (1971).
var impliedBy = verbsThat(map[string]bool{
	"manage force compel continue proceed happen cause": true,
	"refuse fail decline forget neglect omit":           false,
})

func verbsThat(groups map[string]bool) map[string]bool {
	all := map[string]bool{}
	for group, so := range groups {
		for verb := range stems(group) {
			all[verb] = so
		}
	}
	return all
}

// impliedMood is the mood of an infinitive behind a verb that implies it, or implies that it is not so: the mood of
// that verb, with its own denial. ok is false where nothing is implied.
func (r *Analysis) impliedMood(to int) (mood []string, ok bool) {
	q := r.governing(to)
	if q < 0 {
		return nil, false
	}
	so, ok := impliedBy[r.Units[q].Key]
	if !ok {
		return nil, false
	}
	mood = r.moodOf(q)
	if so {
		return mood, true
	}
	if k := slices.Index(mood, "not"); k >= 0 { // "did not fail to"
		return slices.Delete(mood, k, k+1), true
	}
	return append(mood, "not"), true
}

// beyond are the units that belong to a clause and stand outside of it: the noun of "from which", and what forces
// somebody to do it.
func (r *Analysis) beyond(c *Clause) []int {
	at := c.from
	if len(c.subject.units) > 0 {
		at = min(at, c.subject.units[0])
	}
	for at > r.clauseStart(c.verb) && r.PartOf(at-1) == determiner {
		at--
	}
	if k := at - 2; k > r.clauseStart(c.verb) && r.PartOf(k+1) == relativizer && r.PartOf(k) == preposition &&
		r.PartOf(k-1) == nominal {
		p, _ := r.nounPhraseEnding(k - 1)
		return p.units
	}
	if !c.inf {
		return nil
	}
	to := c.verb - 1
	for to > r.clauseStart(c.verb) && r.Units[to].Folded != "to" {
		to--
	}
	q := r.governing(to)
	if q < 0 || !impliedBy[r.Units[q].Key] {
		return nil
	}
	return r.subjectOf(q, 1).units
}

// A converse is a pair of verbs that tell the same of other parties: who sells something to somebody, and who buys it.
// In the clause of the one, the other's subject stands behind a preposition.
type converse struct {
	giver, taker map[string]bool // stems
	to, from     string          // what stands before the taker where the giver is the subject, and the other way round
}

var converses = []converse{
	{stems("sell"), keysOf("buy purchase acquire"), "to", "from"},
	{stems("lend loan"), stems("borrow"), "to", "from"},
	{stems("give award grant donate hand"), stems("receive get obtain"), "to", "from"},
}

// keysOf are the keys of words, as units have them.
func keysOf(list string) map[string]bool {
	all := stems(list)
	for w := range stems(list) {
		if key, ok := canonical[w]; ok {
			all[key] = true
		}
	}
	return all
}

// conversely tells by which preposition the passage's verb at j has the subject of the statement's verb at i: "to" for
// who buys what the passage says is sold. mine is the one that the statement has the passage's subject behind.
func (m *Pair) conversely(i, j int) (theirs, mine string, ok bool) {
	a, b := m.s.Units[i].Key, m.p.Units[j].Key
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

// converseKept reports whether the passage tells by the other verb of a pair what the statement tells.
func (m *Pair) converseKept(sc *Clause) bool {
	if sc.passive || sc.subject.missing || sc.subject.pronoun || len(sc.subject.heads) == 0 {
		return false
	}
	head := sc.subject.heads[len(sc.subject.heads)-1]
	for _, h := range m.hits[head] {
		for j := m.p.clauseStart(h); j < h; j++ {
			theirs, mine, ok := m.conversely(sc.verb, j)
			if !ok || m.p.PartOf(j) != Verbal || m.p.prepositionOf(h) != theirs {
				continue
			}
			pc := m.p.At(j)
			if h >= pc.to || !slices.Equal(sc.mood, pc.mood) || !m.partiesKept(sc, &pc, mine) {
				continue
			}
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// partiesKept reports whether the objects of a clause of the statement and all else that it says stand in the
// passage's clause, whose subject may stand in it behind the preposition alone.
func (m *Pair) partiesKept(sc, pc *Clause, preposition string) bool {
	objects := pc.objects
	if pc.passive {
		objects = append(slices.Clip(objects), pc.subject)
	}
	if len(sc.objects) > 0 && (len(objects) == 0 || !m.phraseKept(&sc.objects[0], &objects[0])) {
		return false
	}
	theirs := pc.subject
	if pc.passive {
		theirs = pc.agent
	}
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] > 0 && m.s.prepositionOf(i) == preposition && !m.hitAmong(i, theirs.units) {
			return false
		}
	}
	return m.restLeft(sc, pc) < 0
}

// stayVerbs say that something is what it was.
var stayVerbs = lexicon.Set("remain remains remained stay stays stayed")

// beingVerbs are the units of the passage that say what something is, as the statement's form of be does.
func (m *Pair) beingVerbs(v int) []int {
	list := m.sameVerbs(v)
	for j := range m.p.Units {
		if stayVerbs[m.p.Units[j].Folded] {
			list = append(list, j)
		}
	}
	return list
}

// sharedPredicates are true of many at once: that another one lives there contradicts nothing.
var sharedPredicates = stems(`live reside dwell work study belong attend visit stay sit stand know like love
	support believe speak read use come go play sing`)

// sharedBy reports whether the clause of which the statement's unit is the subject has a verb that may be true of
// many.
func (m *Pair) sharedBy(i int) bool {
	for _, sc := range m.s.Clauses(m.s.Units[i].sentence) {
		if slices.Contains(sc.subject.units, i) && sharedPredicates[words.Stem(m.s.Units[sc.verb].Folded)] {
			return true
		}
	}
	return false
}
