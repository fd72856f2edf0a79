package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// dimensions are the adjectives behind a measure, and the noun that names what was measured.
var dimensions = map[string]string{
	"long": "length", "high": "height", "tall": "height", "wide": "width", "deep": "depth", "thick": "thickness",
	"heavy": "weight", "old": "age",
}

// measureKept reports whether the passage gives a measure as a noun that the statement gives as an adjective: "is 214
// meters long", "with a length of 214 meters, it is".
func (m *Pair) measureKept(sc *Clause) bool {
	if len(sc.objects) == 0 || sc.subject.missing {
		return false
	}
	o := sc.objects[len(sc.objects)-1].units
	last := o[len(o)-1]
	noun := dimensions[m.s.Units[last].Folded]
	k := slices.IndexFunc(o, func(i int) bool { return m.s.Units[i].Kind == number })
	if noun == "" || k < 0 || sc.to > last+1 {
		return false
	}
	for _, j := range m.hits[o[k]] {
		at := m.p.Units[j].sentence
		named := slices.ContainsFunc(m.p.Units[max(m.p.from[at], j-3):min(m.p.from[at+1], j+4)],
			func(u Unit) bool { return u.Folded == noun })
		if named && slices.ContainsFunc(m.p.clauses(at),
			func(pc Clause) bool { return m.phraseKept(&sc.subject, &pc.subject) }) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// attributive reports whether the passage has before a noun what the statement says that it is: "The season was weak"
// of "a weak season". The noun has nothing else before it that the statement leaves out.
func (m *Pair) attributive(sc *Clause) bool {
	if len(sc.objects) != 1 || len(sc.objects[0].units) != 1 || sc.subject.missing || len(sc.subject.heads) == 0 {
		return false
	}
	adjective, head := sc.objects[0].units[0], sc.subject.heads[len(sc.subject.heads)-1]
	if m.s.Units[adjective].Kind != plain || m.s.Units[head].Kind != plain || sc.to > adjective+1 {
		return false
	}
	for _, h := range m.hits[head] {
		p, from := m.p.nounPhraseEnding(h)
		if !slices.Contains(p.heads, h) || m.p.Units[from].op != None || unspecific[m.p.Units[from].Folded] {
			continue
		}
		if m.hitAmong(adjective, p.units) && !slices.ContainsFunc(p.units, func(j int) bool {
			return !m.hit(adjective, j) && !slices.ContainsFunc(sc.subject.units, func(i int) bool { return m.hit(i, j) })
		}) && m.allHit(sc.subject.units, p.units) {
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

// personNouns are what a person is, as an apposition behind "of Norlin" is one of the person and not of Norlin.
var personNouns = lexicon.List("roles")

// ownerNamed reports whether a phrase of the passage begins with "its" or "their", and the noun that the statement has
// behind "of" is the one that it stands for: the first of the sentence before, or of the clause before.
func (m *Pair) ownerNamed(i int, p *phrase) bool {
	if m.s.prepositionOf(i) != "of" && !m.s.possessive(i) {
		return false
	}
	j := p.units[0] - 1
	for j > 0 && j >= p.units[0]-2 && !possessives[m.p.Units[j].Folded] {
		j--
	}
	if j < 0 || !possessives[m.p.Units[j].Folded] {
		return false
	}
	if m.p.Units[j].Folded == "whose" {
		owner := m.p.antecedent(j)
		return !owner.missing && m.hitAmong(i, owner.heads)
	}
	sentence := m.p.Units[j].sentence
	if start := m.p.from[sentence]; j > start && !m.p.parted(j) && m.p.PartOf(j-1) != subordinator {
		return m.ownPronoun(i, j) // "The jury published its verdict": its own, or another's
	} else if j == start {
		sentence--
	}
	if sentence < 0 {
		return false
	}
	owner := m.p.firstSubject(sentence, j)
	return !owner.missing && m.hitAmong(i, owner.units)
}

// possessives stand before what is somebody's.
var possessives = lexicon.Set("its their his her whose")

// ownPronoun reports whether "his", "her" or "their" at j of the passage stands behind the pronoun of the same person
// as the first subject of its sentence, and that may stand for the statement's unit: "she sang with her brother".
func (m *Pair) ownPronoun(i, j int) bool {
	own := map[string]string{"his": "he", "her": "she", "their": "they", "its": "it"}[m.p.Units[j].Folded]
	subject := m.p.firstSubject(m.p.Units[j].sentence, j)
	if !subject.pronoun || m.p.Units[subject.units[0]].Folded != own {
		return false
	}
	for k := subject.units[0] + 1; k < j; k++ {
		if m.p.PartOf(k) == pronominal {
			return false // "she saw that he sang with his brother"
		}
	}
	return m.standsFor(&phrase{heads: []int{i}, units: []int{i}}, subject.units[0])
}
