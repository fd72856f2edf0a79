package check

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// itStandsFor reports whether an object is "it" or "them" and the sentence, or the one before, has the thing before it.
func (m *Pair) itStandsFor(s, o *syntax.Phrase) bool {
	if !o.Pronoun || len(s.Heads) == 0 {
		return false
	}
	j, last := o.Units[0], s.Heads[len(s.Heads)-1]
	return m.s.Units[last].Kind == syntax.Plain && slices.ContainsFunc(m.hits[last], func(h int) bool {
		return h < j && m.p.Units[h].Sentence >= m.p.Units[j].Sentence-1
	})
}

// givenTo reports whether the passage has an object of the statement behind "to": "paid the victims", "paid … to the
// victims".
func (m *Pair) givenTo(s *syntax.Phrase, pc *syntax.Clause) bool {
	if len(s.Heads) == 0 {
		return false
	}
	for _, j := range m.hits[s.Heads[len(s.Heads)-1]] {
		if j > pc.Verb && j < pc.To && clause.PrepositionOf(m.p, j) == "to" {
			return true
		}
	}
	return false
}

// onlyDates reports whether a phrase is an adverb of time, that looks like an object: "left last week".
func (m *Pair) onlyDates(p *syntax.Phrase) bool {
	return !slices.ContainsFunc(p.Units, func(i int) bool { return m.s.Units[i].Kind != syntax.Date })
}

// phraseKept reports whether a phrase of the passage is about the same as one of the statement, and says no less of it.
func (m *Pair) phraseKept(s, p *syntax.Phrase) bool {
	switch {
	case p.Missing:
		return false
	case s.Pronoun:
		return true
	case p.Pronoun:
		return m.standsFor(s, p.Units[0])
	case len(s.Heads) == 0:
		return true
	}
	last := s.Heads[len(s.Heads)-1]
	if !m.hitAmong(last, p.Heads) && !(m.excused[last] && m.sameRunHit(last, p)) {
		if m.elided(s, p) || m.kindElided(s, p) || m.calledBefore(s, p) || m.describedBefore(s, p) {
			return true
		}
		return m.c.Lone && m.excusedAll(s) && p.Definite &&
			!slices.ContainsFunc(p.Units, func(j int) bool { return m.p.Units[j].Kind == syntax.Name })
	}
	return !slices.ContainsFunc(s.Units, func(i int) bool { return i != last && !m.unitKept(i, s, p) })
}

// unitKept reports whether a phrase of the passage says what a unit of the statement's phrase does, or it need not.
func (m *Pair) unitKept(i int, s, p *syntax.Phrase) bool {
	switch u := &m.s.Units[i]; {
	case m.hitAmong(i, p.Units), m.s.weights[i] == 0, syntax.Titles[u.Folded]:
		return true
	case u.Kind == syntax.Name && m.excused[i] && !m.namesake(i, p):
		return true
	case u.Kind == syntax.Name && m.possessed(p) && m.hitIn(i, 0, p.Units[0]) && !slices.Contains(s.Heads, i):
		return true // "her manager" for "Ilse Rask's manager", but not "her brother, Nils Rask" for "Ilse Rask"
	}
	return slices.Contains(s.Heads, i) && m.sameRunHit(i, p) || m.ownerNamed(i, p) || m.besidePhrase(i, p) ||
		m.describedSo(i, s, p)
}

// describedSo reports whether a phrase of the passage is "the store" alone, and the last store before it was called
// what the statement's unit calls it, or the title calls it so: "a grain store … the store".
func (m *Pair) describedSo(i int, s, p *syntax.Phrase) bool {
	j := p.Units[len(p.Units)-1]
	head := s.Heads[len(s.Heads)-1]
	if !p.Definite || len(p.Units) != 1 || i >= head || m.s.Units[i].Kind != syntax.Plain ||
		m.p.Units[j].Kind != syntax.Plain {
		return false
	}
	places := m.p.Index[m.p.Units[j].Key]
	if k := slices.Index(places, j); k > 0 {
		q, _ := clause.NounPhraseEnding(m.p, places[k-1])
		return m.hitAmong(i, q.Units)
	}
	return m.c.Title[m.s.Units[i].Key] && m.c.Title[m.p.Units[j].Key]
}

// calledBefore reports whether a phrase of the passage is "the album" alone, and the last album before it stood beside
// the name that the statement has: "Her album, Salt, …".
func (m *Pair) calledBefore(s, p *syntax.Phrase) bool {
	if !p.Definite || len(p.Units) != 1 || m.p.Units[p.Units[0]].Kind != syntax.Plain {
		return false
	}
	j, last := p.Units[0], s.Heads[len(s.Heads)-1]
	if m.s.Units[last].Kind == syntax.Plain && !m.s.Units[last].Quoted {
		return false
	}
	places := m.p.Index[m.p.Units[j].Key]
	k := slices.Index(places, j)
	for k--; k >= 0 && m.p.Units[places[k]].Sentence >= m.p.Units[j].Sentence-1; k-- {
		for _, q := range clause.Apposed(m.p, places[k]) {
			if m.hitAmong(last, q.Heads) {
				return !slices.ContainsFunc(s.Units, func(i int) bool {
					return m.s.weights[i] > 0 && !m.hitAmong(i, q.Units) && !m.hit(i, j) && !m.sameRunHit(i, &q)
				})
			}
		}
	}
	return false
}

// describedBefore reports whether a phrase of the passage is "the company" alone, the sentence before begins with the
// name that the statement has, and has no other name that it could stand for, nor any other company before.
func (m *Pair) describedBefore(s, p *syntax.Phrase) bool {
	last := s.Heads[len(s.Heads)-1]
	if !p.Definite || len(p.Units) != 1 || m.s.Units[last].Kind != syntax.Name {
		return false
	}
	j := p.Units[0]
	sentence := m.p.Units[j].Sentence
	if u := &m.p.Units[j]; u.Kind != syntax.Plain || sentence == 0 || !described[u.Folded] || m.p.Index[u.Key][0] != j {
		return u.Kind == syntax.Plain && syntax.Works[u.Folded] && m.saidToBeOne(last, j)
	}
	before := firstSubject(m.p, sentence-1, j)
	if before.Missing || !m.hitAmong(last, before.Heads) {
		return false
	}
	for k := m.p.From[sentence-1]; k < j; k++ {
		if m.p.Units[k].NameStart && !slices.Contains(before.Units, k) {
			return false
		}
	}
	return true
}

// saidToBeOne reports whether the last thing of its kind before "the film" at j is what the sentence says that the
// statement's unit is: "Northwall is a 2011 film about Tarn. The film tells of".
func (m *Pair) saidToBeOne(last, j int) bool {
	places := m.p.Index[m.p.Units[j].Key]
	k := slices.Index(places, j) - 1
	if k < 0 {
		return false
	}
	at := m.p.Units[places[k]].Sentence
	return slices.ContainsFunc(clause.Clauses(m.p, at), func(c syntax.Clause) bool {
		return c.Copula && len(c.Objects) > 0 && slices.Contains(c.Objects[0].Heads, places[k]) &&
			m.hitAmong(last, c.Subject.Heads)
	})
}

// described are nouns for what has a name: people by what they are, and institutions by their kind.
var described = lexicon.Union(clause.PersonNouns, lexicon.List("institutions"), lexicon.List("place-nouns"))

// kindElided reports whether the passage has a name without the word at its end that says what is called so, and says
// elsewhere that it is one: "Harvard … a university" for "Harvard University".
func (m *Pair) kindElided(s, p *syntax.Phrase) bool {
	last := s.Heads[len(s.Heads)-1]
	if m.s.Units[last].Kind != syntax.Name || !institutionWords[m.s.Units[last].Folded] || len(s.Heads) < 2 ||
		!slices.ContainsFunc(m.hits[last], func(j int) bool { return m.p.Units[j].Kind == syntax.Plain }) {
		return false
	}
	return !slices.ContainsFunc(s.Units,
		func(i int) bool { return i != last && m.s.weights[i] > 0 && !m.hitAmong(i, p.Units) }) &&
		len(p.Units) == len(s.Units)-1
}

var institutionWords = lexicon.Union(lexicon.List("institutions-in-names"), lexicon.List("institutions"))

// besidePhrase reports whether a unit stands in a prepositional phrase of the statement that the passage has right
// behind its phrase: "the marshes around Tel".
func (m *Pair) besidePhrase(i int, p *syntax.Phrase) bool {
	before := clause.PrepositionOf(m.s.Analysis, i)
	if before == "" || before == "of" || len(p.Units) == 0 {
		return false
	}
	k := p.Units[len(p.Units)-1] + 1
	for end := m.p.From[m.p.Units[k-1].Sentence+1]; k < end && !m.p.Parted(k); k++ {
		switch q := m.p.PartOf(k); {
		case q == syntax.Nominal && m.hit(i, k):
			return clause.PrepositionOf(m.p, k) == before
		case q != syntax.Nominal && q != syntax.Preposition && q != syntax.Determiner:
			return false
		}
	}
	return false
}

// elided reports whether a phrase of the passage is a bare number whose noun the sentence has before: "4,000
// inhabitants and Belmo had 7,000".
func (m *Pair) elided(s, p *syntax.Phrase) bool {
	if len(p.Heads) == 0 {
		return false
	}
	j := p.Heads[len(p.Heads)-1]
	if m.p.Units[j].Kind != syntax.Number || m.p.Units[j].Quantity.Unit != "" {
		return false
	}
	counted := false
	for _, i := range s.Units {
		switch {
		case m.s.Units[i].Kind == syntax.Number:
			if !m.hit(i, j) {
				return false
			}
			counted = true
		case !m.hitBefore(i, j):
			return false
		}
	}
	return counted
}

// sameRunHit reports whether a unit is part of a name of which the passage's phrase has another part.
func (m *Pair) sameRunHit(i int, p *syntax.Phrase) bool {
	if m.s.Units[i].Kind != syntax.Name {
		return len(m.hits[i]) > 0
	}
	from, to := run(m.s.Analysis, i)
	for k := from; k < to; k++ {
		if w := m.s.Units[k].Folded; k != i && !syntax.Titles[w] && !clause.PersonNouns[w] && m.hitAmong(k, p.Heads) {
			return !m.namesake(i, p)
		}
	}
	return false
}

// namesake reports whether a phrase of the passage has a part of the name that the statement's unit is of, and a first
// part that is not the statement's: "Vera Falk" for "Lars Falk".
func (m *Pair) namesake(i int, p *syntax.Phrase) bool {
	from, to := run(m.s.Analysis, i)
	if to-from < 2 || m.s.Units[i].Kind != syntax.Name {
		return false
	}
	shared, other := false, false
	for _, j := range p.Units {
		if e := m.p.Units[j].Entity; e > 0 && m.otherPerson(from, to, e) {
			return true
		}
		if m.p.Units[j].Kind != syntax.Name || m.p.Units[j].Entity > 0 {
			continue
		}
		a, b := run(m.p, j)
		first := true // only the first name tells two people apart: "Tim Roth" is "Timothy Simon Roth"
		for k := a; k < b; k++ {
			if syntax.Titles[m.p.Units[k].Folded] || m.p.Units[k].Entity > 0 {
				continue
			}
			hit := slices.ContainsFunc(m.hits[from:to], func(h []int) bool { return slices.Contains(h, k) })
			shared, other, first = shared || hit, other || first && !hit && !slices.ContainsFunc(m.s.Units[from:to],
				func(u syntax.Unit) bool {
					return shortForm(u.Key, m.p.Units[k].Key) || shortForm(m.p.Units[k].Key, u.Key)
				}), false
		}
	}
	lacks := slices.ContainsFunc(m.hits[from:to], func(h []int) bool {
		return !slices.ContainsFunc(h, func(j int) bool { return slices.Contains(p.Units, j) })
	})
	return shared && other && lacks
}

// otherPerson reports whether the name [from, to) of the statement has the surname of a person who has another first
// name: "Mark Tull" for whom the document calls Owen Tull.
func (m *Pair) otherPerson(from, to, e int) bool {
	who := &m.c.Entities[e-1]
	first, last := &m.s.Units[from], &m.s.Units[to-1]
	label := strings.Fields(strings.ToLower(who.Label))
	if len(label) < 2 || first.Entity > 0 || last.Entity > 0 || syntax.Titles[first.Folded] || m.s.Possessive(from) ||
		!m.c.Persons[last.Key] || last.Folded != label[len(label)-1] || who.Parts[first.Key] {
		return false
	}
	return premise.GivenNames[first.Folded] && premise.GivenNames[label[0]] &&
		!slices.ContainsFunc(label, func(w string) bool {
			return shortForm(first.Folded, w) || shortForm(w, first.Folded)
		})
}

func (m *Pair) excusedAll(s *syntax.Phrase) bool {
	return !slices.ContainsFunc(s.Heads, func(i int) bool { return !m.excused[i] })
}

// possessed reports whether a phrase begins with "its" or "their": whose it is was said before.
func (m *Pair) possessed(p *syntax.Phrase) bool {
	for j := p.Units[0] - 1; j >= max(0, p.Units[0]-2); j-- {
		switch m.p.Units[j].Folded {
		case "its", "his", "her", "their":
			return true
		}
	}
	return false
}

// standsFor reports whether the pronoun at j of the passage may stand for a phrase of the statement: one that is
// known from before, or that the sentence before or the same one names first.
func (m *Pair) standsFor(s *syntax.Phrase, j int) bool {
	if len(s.Heads) == 0 {
		return true
	}
	last := s.Heads[len(s.Heads)-1]
	if m.excused[last] {
		return true
	}
	if m.p.Units[j].Folded == "who" || m.p.Units[j].Folded == "which" {
		return false
	}
	sentence := m.p.Units[j].Sentence
	for _, speaker := range m.speakersOf(sentence) {
		if slices.Contains(words.Stems(speaker), words.Stem(m.s.Units[last].Folded)) {
			return true
		}
	}
	if sentence == 0 {
		return m.firstNamed(last, 0, j)
	}
	return m.firstNamed(last, sentence-1, j) || m.firstNamed(last, sentence, j) || m.chained(last, j)
}

// maxChain is how many sentences in a row may begin with the same pronoun for it to stand for who the one before them
// begins with.
const maxChain = 3

// chained reports whether the sentences before a pronoun that begins its own begin with the same one, and the one
// before them with what the statement's unit says: "Lind sang. She had two sons. She moved to Arn."
func (m *Pair) chained(last, j int) bool {
	w := m.p.Units[j].Folded
	sentence := m.p.Units[j].Sentence
	if p := firstSubject(m.p, sentence, m.p.From[sentence+1]); w != "he" && w != "she" || !p.Pronoun || p.Units[0] != j {
		return false
	}
	for k := sentence - 1; k >= max(0, sentence-maxChain); k-- {
		p := firstSubject(m.p, k, j)
		if !p.Pronoun {
			return !p.Missing && m.hitAmong(last, p.Heads) && !m.namesake(last, &p)
		}
		if m.p.Units[p.Units[0]].Folded != w {
			return false
		}
	}
	return false
}

// firstNamed reports whether a sentence's first noun phrase, ahead of the unit j, says what the statement's unit says.
func (m *Pair) firstNamed(i, sentence, j int) bool {
	p := firstSubject(m.p, sentence, j)
	return !p.Missing && m.hitAmong(i, p.Heads) && !m.namesake(i, &p)
}

// firstSubject is the subject of a sentence's first verb ahead of the unit j.
func firstSubject(r *syntax.Analysis, sentence, j int) syntax.Phrase {
	for k := r.From[sentence]; k < min(r.From[sentence+1], j); k++ {
		if r.PartOf(k) == syntax.Verbal {
			return clause.SubjectOf(r, k, 0)
		}
	}
	return syntax.Phrase{Missing: true}
}
