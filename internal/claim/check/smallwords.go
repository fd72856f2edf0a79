package check

import (
	"slices"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// nearlyWords before a word for all say that it is not quite all.
var nearlyWords = lexicon.Set("almost nearly virtually practically")

// nearlyAll finds a word for all in the statement where the passage says "almost all" alone.
func (m *Pair) nearlyAll() int {
	for i := range m.s.Units {
		w := m.s.Units[i].Folded
		if !wholes[w] || i > 0 && nearlyWords[m.s.Units[i-1].Folded] || has(m.s.Analysis, "most") {
			continue
		}
		nearly, quite := false, false
		for j := range m.p.Units {
			if !wholes[m.p.Units[j].Folded] || !m.ground(m.p.Units[j].Sentence) {
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
		if k := m.s.Units[i].Kind; k != syntax.Number && k != syntax.Date || len(m.hits[i]) == 0 {
			continue
		}
		before, behind := stepsOf(m.s.Analysis, i)
		other := func(j int) bool {
			b, e := stepsOf(m.p, j)
			return before != "" && b == stepsBefore[before] || behind != "" && e != "" && e != behind
		}
		if !slices.ContainsFunc(m.groundHits(i), func(j int) bool { return !other(j) }) {
			return i
		}
	}
	return -1
}

// stepsOf are the steps before and behind a number, "" for none. Those behind it are "before" or "after".
func stepsOf(r *syntax.Analysis, i int) (before, behind string) {
	sentence := r.Units[i].Sentence
	if i > 0 && r.Units[i-1].Sentence == sentence && stepsBefore[r.Units[i-1].Folded] != "" {
		before = r.Units[i-1].Folded
	}
	for k := i + 1; k < min(i+4, len(r.Units)) && r.Units[k].Sentence == sentence && !r.Parted(k); k++ {
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
	for k := range m.s.Sentences {
		for _, c := range m.s.Clauses(k) {
			if c.Subject.Missing || c.Subject.Pronoun || len(c.Subject.Units) == 0 {
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
func (m *Pair) apartIn(c *syntax.Clause) int {
	said := c.Verb
	if c.Copula && len(c.Objects) > 0 && len(c.Objects[0].Heads) > 0 {
		said = c.Objects[0].Heads[len(c.Objects[0].Heads)-1]
	}
	start := m.s.From[m.s.Units[c.Verb].Sentence]
	list := false
	for i := start; i < c.Verb; i++ {
		if m.s.PartOf(i) == syntax.Verbal {
			return -1 // an "and" may join clauses
		}
		list = list || m.s.Units[i].Folded == "and" || m.s.Units[i].Folded == "or"
	}
	for i := start; list && len(m.hits[said]) > 0 && i < c.Verb; i++ {
		if m.s.weights[i] < weightPlain || len(m.hits[i]) == 0 || m.s.PartOf(i) != syntax.Nominal {
			continue
		}
		beside := slices.ContainsFunc(m.hits[said], func(j int) bool {
			sentence := m.p.Units[j].Sentence
			return m.standsIn(i, sentence) || firstSubject(m.p, sentence, m.p.From[sentence+1]).Pronoun
		})
		if !beside {
			return i
		}
	}
	return -1
}
