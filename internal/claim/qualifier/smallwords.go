package qualifier

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// nearlyWords before a word for all say that it is not quite all.
var nearlyWords = lexicon.Set("almost nearly virtually practically")

// nearlyAll finds a word for all in the statement where the passage says "almost all" alone.
func nearlyAll(m *match.Pair) int {
	for i := range m.Hyp.Units {
		w := m.Hyp.Units[i].Folded
		if !wholes[w] || i > 0 && nearlyWords[m.Hyp.Units[i-1].Folded] || has(m.Hyp.Analysis, "most") {
			continue
		}
		nearly, quite := false, false
		for j := range m.Prem.Units {
			if !wholes[m.Prem.Units[j].Folded] || !ground(m, m.Prem.Units[j].Sentence) {
				continue
			}
			if j > 0 && nearlyWords[m.Prem.Units[j-1].Folded] {
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
	stepsBefore = map[string]string{"by": "to", "to": "by", "from": "until", "until": "from"}
	stepsBehind = map[string]string{"before": "after", "earlier": "after", "after": "before", "later": "before",
		"ago": "after", "prior": "after", "previously": "after", "beforehand": "after", "advance": "after",
		"afterwards": "before", "afterward": "before", "thereafter": "before"}
)

// otherStep finds a number of the statement that the passage has with the other preposition only: "to 3 percent" for
// "by 3 percent", "14 days after" for "14 days before".
func otherStep(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if k := m.Hyp.Units[i].Kind; k != syntax.Number && k != syntax.Date || len(m.Hits[i]) == 0 {
			continue
		}
		before, behind := stepsOf(m.Hyp.Analysis, i)
		other := func(j int) bool {
			b, e := stepsOf(m.Prem, j)
			return before != "" && b == stepsBefore[before] || behind != "" && e != "" && e != behind
		}
		if !slices.ContainsFunc(groundHits(m, i), func(j int) bool { return !other(j) }) {
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

// otherPreposition finds a word of the statement that the passage has behind another preposition only, which cannot
// stand for the statement's: "sold to Lund" for "sold in Lund". Of numbers and dates see otherStep.
func otherPreposition(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if k := m.Hyp.Units[i].Kind; k == syntax.Number || k == syntax.Date || m.Hyp.Weights[i] == 0 ||
			len(m.Hits[i]) == 0 || m.Hyp.Units[i].Quoted {
			continue
		}
		mine := clause.PrepositionOf(m.Hyp.Analysis, i)
		if mine != "" && !slices.ContainsFunc(groundHits(m, i), func(j int) bool {
			return !inference.Contrary(mine, clause.PrepositionOf(m.Prem, j))
		}) {
			return i
		}
	}
	return -1
}

// somebodyElses finds a noun behind "his" or "her" that the passage has behind another possessive only.
func somebodyElses(m *match.Pair) int {
	for i := range m.Hyp.Units {
		one := func(at int) *syntax.Phrase { return &syntax.Phrase{Units: []int{at}} }
		mine := mention.PossessiveBefore(m.Hyp.Analysis, one(i))
		if mine != "" && m.Hyp.Units[i].Kind == syntax.Plain && len(m.Hits[i]) > 0 && !m.Hyp.Units[i].Quoted &&
			!slices.ContainsFunc(groundHits(m, i), func(j int) bool {
				return !mention.OthersThings(mine, mention.PossessiveBefore(m.Prem, one(j)))
			}) {
			return i
		}
	}
	return -1
}

// listedApart finds a member of a list of subjects that the passage has in none of the sentences which have what the
// statement says of all of the list: "cats, dogs and snakes are forbidden" where snakes alone are.
func listedApart(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		for _, c := range m.Hyp.Clauses(k) {
			if c.Subject.Missing || c.Subject.Pronoun || len(c.Subject.Units) == 0 {
				continue
			}
			if i := apartIn(m, &c); i >= 0 {
				return i
			}
		}
	}
	return -1
}

// apartIn is listedApart for one clause.
func apartIn(m *match.Pair, c *syntax.Clause) int {
	said := c.Verb
	if c.Copula && len(c.Objects) > 0 && len(c.Objects[0].Heads) > 0 {
		said = c.Objects[0].Heads[len(c.Objects[0].Heads)-1]
	}
	start := m.Hyp.From[m.Hyp.Units[c.Verb].Sentence]
	list := false
	for i := start; i < c.Verb; i++ {
		if m.Hyp.PartOf(i) == syntax.Verbal {
			return -1 // an "and" may join clauses
		}
		list = list || m.Hyp.Units[i].Folded == "and" || m.Hyp.Units[i].Folded == "or"
	}
	for i := start; list && len(m.Hits[said]) > 0 && i < c.Verb; i++ {
		if m.Hyp.Weights[i] < match.WeightPlain || len(m.Hits[i]) == 0 || m.Hyp.PartOf(i) != syntax.Nominal {
			continue
		}
		beside := slices.ContainsFunc(m.Hits[said], func(j int) bool {
			sentence := m.Prem.Units[j].Sentence
			return m.StandsIn(i, sentence) || mention.FirstSubject(m.Prem, sentence, m.Prem.From[sentence+1]).Pronoun
		})
		if !beside {
			return i
		}
	}
	return -1
}
