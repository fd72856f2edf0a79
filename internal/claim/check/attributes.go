package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// dimensions are the adjectives behind a measure, and the noun that names what was measured.
var dimensions = map[string]string{
	"long": "length", "high": "height", "tall": "height", "wide": "width", "deep": "depth", "thick": "thickness",
	"heavy": "weight", "old": "age",
}

// measureKept reports whether the passage gives a measure as a noun that the statement gives as an adjective: "is 214
// meters long", "with a length of 214 meters, it is".
func (m *Pair) measureKept(sc *syntax.Clause) bool {
	if len(sc.Objects) == 0 || sc.Subject.Missing {
		return false
	}
	o := sc.Objects[len(sc.Objects)-1].Units
	last := o[len(o)-1]
	noun := dimensions[m.s.Units[last].Folded]
	k := slices.IndexFunc(o, func(i int) bool { return m.s.Units[i].Kind == syntax.Number })
	if noun == "" || k < 0 || sc.To > last+1 {
		return false
	}
	for _, j := range m.hits[o[k]] {
		at := m.p.Units[j].Sentence
		named := slices.ContainsFunc(m.p.Units[max(m.p.From[at], j-3):min(m.p.From[at+1], j+4)],
			func(u syntax.Unit) bool { return u.Folded == noun })
		if named && slices.ContainsFunc(clause.Clauses(m.p, at),
			func(pc syntax.Clause) bool { return m.phraseKept(&sc.Subject, &pc.Subject) }) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// attributive reports whether the passage has before a noun what the statement says that it is: "The season was weak"
// of "a weak season". The noun has nothing else before it that the statement leaves out.
func (m *Pair) attributive(sc *syntax.Clause) bool {
	if len(sc.Objects) != 1 || len(sc.Objects[0].Units) != 1 || sc.Subject.Missing || len(sc.Subject.Heads) == 0 {
		return false
	}
	adjective, head := sc.Objects[0].Units[0], sc.Subject.Heads[len(sc.Subject.Heads)-1]
	if m.s.Units[adjective].Kind != syntax.Plain || m.s.Units[head].Kind != syntax.Plain || sc.To > adjective+1 {
		return false
	}
	for _, h := range m.hits[head] {
		p, from := clause.NounPhraseEnding(m.p, h)
		if !slices.Contains(p.Heads, h) || m.p.Units[from].Op != syntax.None || unspecific[m.p.Units[from].Folded] {
			continue
		}
		if m.hitAmong(adjective, p.Units) && !slices.ContainsFunc(p.Units, func(j int) bool {
			return !m.hit(adjective, j) && !slices.ContainsFunc(sc.Subject.Units, func(i int) bool { return m.hit(i, j) })
		}) && m.allHit(sc.Subject.Units, p.Units) {
			m.grounds = append(m.grounds, h)
			return true
		}
	}
	return false
}

// unspecific determiners leave open whether there is such a thing: "no safe road", "any safe road".
var unspecific = lexicon.Set("no any every each neither")

// allHit reports whether each of the statement's units that says something is one of the passage's.
func (m *Pair) allHit(mine, theirs []int) bool {
	return !slices.ContainsFunc(mine, func(i int) bool { return m.s.weights[i] > 0 && !m.hitAmong(i, theirs) })
}

// ownerNamed reports whether a phrase of the passage begins with "its" or "their", and the noun that the statement has
// behind "of" is the one that it stands for: the first of the sentence before, or of the clause before.
func (m *Pair) ownerNamed(i int, p *syntax.Phrase) bool {
	if clause.PrepositionOf(m.s.Analysis, i) != "of" && !m.s.Possessive(i) {
		return false
	}
	j := p.Units[0] - 1
	for j > 0 && j >= p.Units[0]-2 && !premise.Possessives[m.p.Units[j].Folded] {
		j--
	}
	if j < 0 || !premise.Possessives[m.p.Units[j].Folded] {
		return false
	}
	if m.p.Units[j].Folded == "whose" {
		owner := clause.Antecedent(m.p, j)
		return !owner.Missing && m.hitAmong(i, owner.Heads)
	}
	sentence := m.p.Units[j].Sentence
	if start := m.p.From[sentence]; j > start && !m.p.Parted(j) && m.p.PartOf(j-1) != syntax.Subordinator {
		return m.ownPronoun(i, j) // "The jury published its verdict": its own, or another's
	} else if j == start {
		sentence--
	}
	if sentence < 0 {
		return false
	}
	owner := firstSubject(m.p, sentence, j)
	return !owner.Missing && m.hitAmong(i, owner.Units)
}

// ownPronoun reports whether "his", "her" or "their" at j of the passage stands behind the pronoun of the same person
// as the first subject of its sentence, and that may stand for the statement's unit: "she sang with her brother".
func (m *Pair) ownPronoun(i, j int) bool {
	own := map[string]string{"his": "he", "her": "she", "their": "they", "its": "it"}[m.p.Units[j].Folded]
	subject := firstSubject(m.p, m.p.Units[j].Sentence, j)
	if !subject.Pronoun || m.p.Units[subject.Units[0]].Folded != own {
		return false
	}
	for k := subject.Units[0] + 1; k < j; k++ {
		if m.p.PartOf(k) == syntax.Pronominal {
			return false // "she saw that he sang with his brother"
		}
	}
	return m.standsFor(&syntax.Phrase{Heads: []int{i}, Units: []int{i}}, subject.Units[0])
}
