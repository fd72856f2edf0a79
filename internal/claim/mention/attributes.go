package mention

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// MeasureKept reports whether the passage gives a measure as a noun that the statement gives as an adjective: "is 214
// meters long", "with a length of 214 meters, it is".
func MeasureKept(m *match.Pair, sc *syntax.Clause) bool {
	if len(sc.Objects) == 0 || sc.Subject.Missing {
		return false
	}
	o := sc.Objects[len(sc.Objects)-1].Units
	last := o[len(o)-1]
	noun := match.Dimensions[m.Hyp.Units[last].Folded]
	k := slices.IndexFunc(o, func(i int) bool { return m.Hyp.Units[i].Kind == syntax.Number })
	if noun == "" || k < 0 || sc.To > last+1 {
		return false
	}
	for _, j := range m.Hits[o[k]] {
		at := m.Prem.Units[j].Sentence
		named := slices.ContainsFunc(m.Prem.Units[max(m.Prem.From[at], j-3):min(m.Prem.From[at+1], j+4)],
			func(u syntax.Unit) bool { return u.Folded == noun })
		if named && slices.ContainsFunc(clause.Clauses(m.Prem, at),
			func(pc syntax.Clause) bool { return PhraseKept(m, &sc.Subject, &pc.Subject) }) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// Attributive reports whether the passage has before a noun what the statement says that it is: "The season was weak"
// of "a weak season". The noun has nothing else before it that the statement leaves out.
func Attributive(m *match.Pair, sc *syntax.Clause) bool {
	if len(sc.Objects) != 1 || len(sc.Objects[0].Units) != 1 || sc.Subject.Missing || len(sc.Subject.Heads) == 0 {
		return false
	}
	adjective, head := sc.Objects[0].Units[0], sc.Subject.Heads[len(sc.Subject.Heads)-1]
	if m.Hyp.Units[adjective].Kind != syntax.Plain || m.Hyp.Units[head].Kind != syntax.Plain || sc.To > adjective+1 {
		return false
	}
	for _, h := range m.Hits[head] {
		p, from := clause.NounPhraseEnding(m.Prem, h)
		if !slices.Contains(p.Heads, h) || m.Prem.Units[from].Op != syntax.None || unspecific[m.Prem.Units[from].Folded] {
			continue
		}
		if HitAmong(m, adjective, p.Units) && !slices.ContainsFunc(p.Units, func(j int) bool {
			return !m.Hit(adjective, j) && !slices.ContainsFunc(sc.Subject.Units, func(i int) bool { return m.Hit(i, j) })
		}) && allHit(m, sc.Subject.Units, p.Units) {
			m.Grounds = append(m.Grounds, h)
			return true
		}
	}
	return false
}

// unspecific determiners leave open whether there is such a thing: "no safe road", "any safe road".
var unspecific = lexicon.Set("no any every each neither")

// allHit reports whether each of the statement's units that says something is one of the passage's.
func allHit(m *match.Pair, mine, theirs []int) bool {
	return !slices.ContainsFunc(mine, func(i int) bool { return m.Hyp.Weights[i] > 0 && !HitAmong(m, i, theirs) })
}

// OwnerNamed reports whether a phrase of the passage begins with "its" or "their", and the noun that the statement has
// behind "of" is the one that it stands for: the first of the sentence before, or of the clause before.
func OwnerNamed(m *match.Pair, i int, p *syntax.Phrase) bool {
	if clause.PrepositionOf(m.Hyp.Analysis, i) != "of" && !m.Hyp.Possessive(i) {
		return false
	}
	j := p.Units[0] - 1
	for j > 0 && j >= p.Units[0]-2 && !premise.Possessives[m.Prem.Units[j].Folded] {
		j--
	}
	if j < 0 || !premise.Possessives[m.Prem.Units[j].Folded] {
		return false
	}
	if m.Prem.Units[j].Folded == "whose" {
		owner := clause.Antecedent(m.Prem, j)
		return !owner.Missing && HitAmong(m, i, owner.Heads)
	}
	sentence := m.Prem.Units[j].Sentence
	if start := m.Prem.From[sentence]; j > start && !m.Prem.Parted(j) && m.Prem.PartOf(j-1) != syntax.Subordinator {
		return ownPronoun(m, i, j) // "The jury published its verdict": its own, or another's
	} else if j == start {
		sentence--
	}
	if sentence < 0 {
		return false
	}
	owner := FirstSubject(m.Prem, sentence, j)
	return !owner.Missing && HitAmong(m, i, owner.Units)
}

// ownPronoun reports whether "his", "her" or "their" at j of the passage stands behind the pronoun of the same person
// as the first subject of its sentence, and that may stand for the statement's unit: "she sang with her brother".
func ownPronoun(m *match.Pair, i, j int) bool {
	own := map[string]string{"his": "he", "her": "she", "their": "they", "its": "it"}[m.Prem.Units[j].Folded]
	subject := FirstSubject(m.Prem, m.Prem.Units[j].Sentence, j)
	if !subject.Pronoun || m.Prem.Units[subject.Units[0]].Folded != own {
		return false
	}
	for k := subject.Units[0] + 1; k < j; k++ {
		if m.Prem.PartOf(k) == syntax.Pronominal {
			return false // "she saw that he sang with his brother"
		}
	}
	return StandsFor(m, &syntax.Phrase{Heads: []int{i}, Units: []int{i}}, subject.Units[0])
}

// HitIn reports whether a unit of the passage from from to before to says what the statement's unit says.
func HitIn(m *match.Pair, i, from, to int) bool {
	return slices.ContainsFunc(m.Hits[i], func(j int) bool { return j >= from && j < to })
}

// HitAmong reports whether one of the passage's units says what the statement's unit says.
func HitAmong(m *match.Pair, i int, list []int) bool {
	return slices.ContainsFunc(list, func(j int) bool { return m.Hit(i, j) })
}

// HitBefore reports whether a word of the statement stands before a unit of the passage, in the same sentence.
func HitBefore(m *match.Pair, i, j int) bool {
	return slices.ContainsFunc(m.Hits[i], func(h int) bool {
		return h < j &&
			m.Prem.Units[h].Sentence == m.Prem.Units[j].Sentence
	})
}
