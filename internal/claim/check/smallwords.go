package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// nearlyWords before a word for all say that it is not quite all.
var nearlyWords = lexicon.Set("almost nearly virtually practically")

// nearlyAll finds a word for all in the statement where the passage says "almost all" alone.
func (m *Pair) nearlyAll() int {
	for i := range m.s.Units {
		w := m.s.Units[i].Folded
		if !wholes[w] || i > 0 && nearlyWords[m.s.Units[i-1].Folded] || m.s.has("most") {
			continue
		}
		nearly, quite := false, false
		for j := range m.p.Units {
			if !wholes[m.p.Units[j].Folded] || !m.ground(m.p.Units[j].sentence) {
				continue
			}
			if j > 0 && nearlyWords[m.p.Units[j-1].Folded] {
				nearly = true
			} else {
				quite = true
			}
		}
		if nearly && !quite {
			return i
		}
	}
	return -1
}

// steps tell what a number behind them, or before them, is: how far it went or where to, how long before or after.
var (
	stepsBefore = map[string]string{"by": "to", "to": "by"}
	stepsBehind = map[string]string{"before": "after", "earlier": "after", "after": "before", "later": "before",
		"ago": "after", "prior": "after", "previously": "after", "beforehand": "after", "advance": "after",
		"afterwards": "before", "afterward": "before", "thereafter": "before"}
)

// otherStep finds a number of the statement that the passage has with the other preposition only: "to 3 percent" for
// "by 3 percent", "14 days after" for "14 days before".
func (m *Pair) otherStep() int {
	for i := range m.s.Units {
		if k := m.s.Units[i].Kind; k != number && k != date || len(m.hits[i]) == 0 {
			continue
		}
		before, behind := m.s.stepsOf(i)
		other := func(j int) bool {
			b, e := m.p.stepsOf(j)
			return before != "" && b == stepsBefore[before] || behind != "" && e != "" && e != behind
		}
		if !slices.ContainsFunc(m.groundHits(i), func(j int) bool { return !other(j) }) {
			return i
		}
	}
	return -1
}

// stepsOf are the steps before and behind a number, "" for none. Those behind it are "before" or "after".
func (r *Analysis) stepsOf(i int) (before, behind string) {
	sentence := r.Units[i].sentence
	if i > 0 && r.Units[i-1].sentence == sentence && stepsBefore[r.Units[i-1].Folded] != "" {
		before = r.Units[i-1].Folded
	}
	for k := i + 1; k < min(i+4, len(r.Units)) && r.Units[k].sentence == sentence && !r.parted(k); k++ {
		switch stepsBehind[r.Units[k].Folded] {
		case "after":
			return before, "before"
		case "before":
			return before, "after"
		}
	}
	return before, behind
}

// listedApart finds a member of a list of subjects that the passage has in none of the sentences which have what the
// statement says of all of the list: "cats, dogs and snakes are forbidden" where snakes alone are.
func (m *Pair) listedApart() int {
	for k := range m.s.sentences {
		for _, c := range m.s.Clauses(k) {
			if c.subject.missing || c.subject.pronoun || len(c.subject.units) == 0 {
				continue
			}
			if i := m.apartIn(&c); i >= 0 {
				return i
			}
		}
	}
	return -1
}

// apartIn is listedApart for one clause.
func (m *Pair) apartIn(c *Clause) int {
	said := c.verb
	if c.copula && len(c.objects) > 0 && len(c.objects[0].heads) > 0 {
		said = c.objects[0].heads[len(c.objects[0].heads)-1]
	}
	start := m.s.from[m.s.Units[c.verb].sentence]
	list := false
	for i := start; i < c.verb; i++ {
		if m.s.PartOf(i) == Verbal {
			return -1 // an "and" may join clauses
		}
		list = list || m.s.Units[i].Folded == "and" || m.s.Units[i].Folded == "or"
	}
	for i := start; list && len(m.hits[said]) > 0 && i < c.verb; i++ {
		if m.s.weights[i] < weightPlain || len(m.hits[i]) == 0 || m.s.PartOf(i) != nominal {
			continue
		}
		beside := slices.ContainsFunc(m.hits[said], func(j int) bool {
			sentence := m.p.Units[j].sentence
			return m.standsIn(i, sentence) || m.p.firstSubject(sentence, m.p.from[sentence+1]).pronoun
		})
		if !beside {
			return i
		}
	}
	return -1
}
