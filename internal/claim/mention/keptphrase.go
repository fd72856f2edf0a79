// Package mention says whether a noun phrase of a premise speaks of the same as one of a hypothesis: by name, by
// description, or as what a pronoun stands for.
package mention

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// ItStandsFor reports whether an object is "it" or "them" and the sentence, or the one before, has the thing before it.
func ItStandsFor(m *match.Pair, s, o *syntax.Phrase) bool {
	if !o.Pronoun || len(s.Heads) == 0 {
		return false
	}
	j, last := o.Units[0], s.Heads[len(s.Heads)-1]
	return m.Hyp.Units[last].Kind == syntax.Plain && slices.ContainsFunc(m.Hits[last], func(h int) bool {
		return h < j && m.Prem.Units[h].Sentence >= m.Prem.Units[j].Sentence-1
	})
}

// GivenTo reports whether the passage has an object of the statement behind "to": "paid the victims", "paid … to the
// victims".
func GivenTo(m *match.Pair, s *syntax.Phrase, pc *syntax.Clause) bool {
	if len(s.Heads) == 0 {
		return false
	}
	for _, j := range m.Hits[s.Heads[len(s.Heads)-1]] {
		if j > pc.Verb && j < pc.To && clause.PrepositionOf(m.Prem, j) == "to" {
			return true
		}
	}
	return false
}

// OnlyDates reports whether a phrase is an adverb of time, that looks like an object: "left last week".
func OnlyDates(m *match.Pair, p *syntax.Phrase) bool {
	return !slices.ContainsFunc(p.Units, func(i int) bool { return m.Hyp.Units[i].Kind != syntax.Date })
}

// PhraseKept reports whether a phrase of the passage is about the same as one of the statement, and says no less of it.
func PhraseKept(m *match.Pair, s, p *syntax.Phrase) bool {
	switch {
	case p.Missing:
		return false
	case s.Pronoun:
		return true
	case p.Pronoun:
		return StandsFor(m, s, p.Units[0])
	case len(s.Heads) == 0:
		return true
	}
	last := s.Heads[len(s.Heads)-1]
	if !HitAmong(m, last, p.Heads) && !(m.Excused[last] && sameRunHit(m, last, p)) {
		if elided(m, s, p) || kindElided(m, s, p) || calledBefore(m, s, p) || describedBefore(m, s, p) {
			return true
		}
		return m.Doc.Lone && excusedAll(m, s) && p.Definite &&
			!slices.ContainsFunc(p.Units, func(j int) bool { return m.Prem.Units[j].Kind == syntax.Name })
	}
	return !otherPossessive(m, s, p) &&
		!slices.ContainsFunc(s.Units, func(i int) bool { return i != last && !unitKept(m, i, s, p) })
}

// otherPossessive reports whether the statement's phrase begins with "her" and the passage's with "their": what is
// somebody's is not somebody else's. An institution has "its" people, or "their".
func otherPossessive(m *match.Pair, s, p *syntax.Phrase) bool {
	return OthersThings(PossessiveBefore(m.Hyp.Analysis, s), PossessiveBefore(m.Prem, p))
}

// OthersThings reports whether two possessives, "" for none, are of different owners.
func OthersThings(mine, theirs string) bool {
	many := func(w string) bool { return w == "its" || w == "their" }
	return mine != "" && theirs != "" && mine != theirs && !(many(mine) && many(theirs))
}

// unitKept reports whether a phrase of the passage says what a unit of the statement's phrase does, or it need not.
func unitKept(m *match.Pair, i int, s, p *syntax.Phrase) bool {
	switch u := &m.Hyp.Units[i]; {
	case HitAmong(m, i, p.Units), m.Hyp.Weights[i] == 0, syntax.Titles[u.Folded] && !m.Hyp.Possessive(i):
		return true
	case u.Kind == syntax.Name && m.Excused[i] && !namesake(m, i, p):
		// "the thief's name" is not the name of who was spoken of before
		return !m.Hyp.Possessive(i) || !slices.ContainsFunc(p.Units, m.Prem.Possessive)
	case u.Kind == syntax.Name && Possessed(m, p) && HitIn(m, i, 0, p.Units[0]) && !slices.Contains(s.Heads, i):
		return true // "her manager" for "Ilse Rask's manager", but not "her brother, Nils Rask" for "Ilse Rask"
	}
	return slices.Contains(s.Heads, i) && sameRunHit(m, i, p) || OwnerNamed(m, i, p) || besidePhrase(m, i, p) ||
		describedSo(m, i, s, p)
}

// describedSo reports whether a phrase of the passage is "the store" alone, and the last store before it was called
// what the statement's unit calls it, or the title calls it so: "a grain store … the store".
func describedSo(m *match.Pair, i int, s, p *syntax.Phrase) bool {
	j := p.Units[len(p.Units)-1]
	head := s.Heads[len(s.Heads)-1]
	if !p.Definite || len(p.Units) != 1 || i >= head || m.Hyp.Units[i].Kind != syntax.Plain ||
		m.Prem.Units[j].Kind != syntax.Plain {
		return false
	}
	places := m.Prem.Index[m.Prem.Units[j].Key]
	if k := slices.Index(places, j); k > 0 {
		q, _ := clause.NounPhraseEnding(m.Prem, places[k-1])
		return HitAmong(m, i, q.Units)
	}
	return m.Doc.Title[m.Hyp.Units[i].Key] && m.Doc.Title[m.Prem.Units[j].Key]
}

// calledBefore reports whether a phrase of the passage is "the album" alone, and the last album before it stood beside
// the name that the statement has: "Her album, Salt, …".
func calledBefore(m *match.Pair, s, p *syntax.Phrase) bool {
	if !p.Definite || len(p.Units) != 1 || m.Prem.Units[p.Units[0]].Kind != syntax.Plain {
		return false
	}
	j, last := p.Units[0], s.Heads[len(s.Heads)-1]
	if m.Hyp.Units[last].Kind == syntax.Plain && !m.Hyp.Units[last].Quoted {
		return false
	}
	places := m.Prem.Index[m.Prem.Units[j].Key]
	k := slices.Index(places, j)
	for k--; k >= 0 && m.Prem.Units[places[k]].Sentence >= m.Prem.Units[j].Sentence-1; k-- {
		for _, q := range clause.Apposed(m.Prem, places[k]) {
			if HitAmong(m, last, q.Heads) {
				return !slices.ContainsFunc(s.Units, func(i int) bool {
					return m.Hyp.Weights[i] > 0 && !HitAmong(m, i, q.Units) && !m.Hit(i, j) && !sameRunHit(m, i, &q)
				})
			}
		}
	}
	return false
}

// describedBefore reports whether a phrase of the passage is "the company" alone, the sentence before begins with the
// name that the statement has, and has no other name that it could stand for, nor any other company before.
func describedBefore(m *match.Pair, s, p *syntax.Phrase) bool {
	last := s.Heads[len(s.Heads)-1]
	if !p.Definite || len(p.Units) != 1 || m.Hyp.Units[last].Kind != syntax.Name {
		return false
	}
	j := p.Units[0]
	sentence := m.Prem.Units[j].Sentence
	if u := &m.Prem.Units[j]; u.Kind != syntax.Plain || sentence == 0 || !described[u.Folded] ||
		m.Prem.Index[u.Key][0] != j {
		return u.Kind == syntax.Plain && syntax.Works[u.Folded] && saidToBeOne(m, last, j)
	}
	before := FirstSubject(m.Prem, sentence-1, j)
	if before.Missing || !HitAmong(m, last, before.Heads) {
		return false
	}
	for k := m.Prem.From[sentence-1]; k < j; k++ {
		if m.Prem.Units[k].NameStart && !slices.Contains(before.Units, k) {
			return false
		}
	}
	return true
}

// saidToBeOne reports whether the last thing of its kind before "the film" at j is what the sentence says that the
// statement's unit is: "Northwall is a 2011 film about Tarn. The film tells of".
func saidToBeOne(m *match.Pair, last, j int) bool {
	places := m.Prem.Index[m.Prem.Units[j].Key]
	k := slices.Index(places, j) - 1
	if k < 0 {
		return false
	}
	at := m.Prem.Units[places[k]].Sentence
	return slices.ContainsFunc(clause.Clauses(m.Prem, at), func(c syntax.Clause) bool {
		return c.Copula && len(c.Objects) > 0 && slices.Contains(c.Objects[0].Heads, places[k]) &&
			HitAmong(m, last, c.Subject.Heads)
	})
}

// described are nouns for what has a name: people by what they are, and institutions by their kind.
var described = lexicon.Union(clause.PersonNouns, lexicon.List("institutions"), lexicon.List("place-nouns"))

// kindElided reports whether the passage has a name without the word at its end that says what is called so, and says
// elsewhere that it is one: "Harvard … a university" for "Harvard University".
func kindElided(m *match.Pair, s, p *syntax.Phrase) bool {
	last := s.Heads[len(s.Heads)-1]
	if m.Hyp.Units[last].Kind != syntax.Name || !institutionWords[m.Hyp.Units[last].Folded] || len(s.Heads) < 2 ||
		!slices.ContainsFunc(m.Hits[last], func(j int) bool { return m.Prem.Units[j].Kind == syntax.Plain }) {
		return false
	}
	return !slices.ContainsFunc(s.Units,
		func(i int) bool { return i != last && m.Hyp.Weights[i] > 0 && !HitAmong(m, i, p.Units) }) &&
		len(p.Units) == len(s.Units)-1
}

var institutionWords = lexicon.Union(lexicon.List("institutions-in-names"), lexicon.List("institutions"))

// besidePhrase reports whether a unit stands in a prepositional phrase of the statement that the passage has right
// behind its phrase: "the marshes around Tel".
func besidePhrase(m *match.Pair, i int, p *syntax.Phrase) bool {
	before := clause.PrepositionOf(m.Hyp.Analysis, i)
	if before == "" || before == "of" || len(p.Units) == 0 {
		return false
	}
	k := p.Units[len(p.Units)-1] + 1
	for end := m.Prem.From[m.Prem.Units[k-1].Sentence+1]; k < end && !m.Prem.Parted(k); k++ {
		switch q := m.Prem.PartOf(k); {
		case q == syntax.Nominal && m.Hit(i, k):
			return clause.PrepositionOf(m.Prem, k) == before
		case q != syntax.Nominal && q != syntax.Preposition && q != syntax.Determiner:
			return false
		}
	}
	return false
}

// elided reports whether a phrase of the passage is a bare number whose noun the sentence has before: "4,000
// inhabitants and Belmo had 7,000".
func elided(m *match.Pair, s, p *syntax.Phrase) bool {
	if len(p.Heads) == 0 {
		return false
	}
	j := p.Heads[len(p.Heads)-1]
	if m.Prem.Units[j].Kind != syntax.Number || m.Prem.Units[j].Quantity.Unit != "" {
		return false
	}
	counted := false
	for _, i := range s.Units {
		switch {
		case m.Hyp.Units[i].Kind == syntax.Number:
			if !m.Hit(i, j) {
				return false
			}
			counted = true
		case !HitBefore(m, i, j):
			return false
		}
	}
	return counted
}

// sameRunHit reports whether a unit is part of a name of which the passage's phrase has another part.
func sameRunHit(m *match.Pair, i int, p *syntax.Phrase) bool {
	if m.Hyp.Units[i].Kind != syntax.Name {
		return len(m.Hits[i]) > 0
	}
	from, to := match.Run(m.Hyp.Analysis, i)
	for k := from; k < to; k++ {
		if w := m.Hyp.Units[k].Folded; k != i && !syntax.Titles[w] && !clause.PersonNouns[w] && HitAmong(m, k, p.Heads) {
			return !namesake(m, i, p)
		}
	}
	return false
}

// namesake reports whether a phrase of the passage has a part of the name that the statement's unit is of, and a first
// part that is not the statement's: "Vera Falk" for "Lars Falk".
func namesake(m *match.Pair, i int, p *syntax.Phrase) bool {
	from, to := match.Run(m.Hyp.Analysis, i)
	if to-from < 2 || m.Hyp.Units[i].Kind != syntax.Name {
		return false
	}
	shared, other := false, false
	for _, j := range p.Units {
		if e := m.Prem.Units[j].Entity; e > 0 && otherPerson(m, from, to, e) {
			return true
		}
		if m.Prem.Units[j].Kind != syntax.Name || m.Prem.Units[j].Entity > 0 {
			continue
		}
		a, b := match.Run(m.Prem, j)
		first := true // only the first name tells two people apart: "Tim Roth" is "Timothy Simon Roth"
		for k := a; k < b; k++ {
			if syntax.Titles[m.Prem.Units[k].Folded] || m.Prem.Units[k].Entity > 0 {
				continue
			}
			hit := slices.ContainsFunc(m.Hits[from:to], func(h []int) bool { return slices.Contains(h, k) })
			shared, other, first = shared || hit, other || first && !hit && !slices.ContainsFunc(m.Hyp.Units[from:to],
				func(u syntax.Unit) bool {
					return match.ShortForm(u.Key, m.Prem.Units[k].Key) || match.ShortForm(m.Prem.Units[k].Key, u.Key)
				}), false
		}
	}
	lacks := slices.ContainsFunc(m.Hits[from:to], func(h []int) bool {
		return !slices.ContainsFunc(h, func(j int) bool { return slices.Contains(p.Units, j) })
	})
	return shared && other && lacks
}

// otherPerson reports whether the name [from, to) of the statement has the surname of a person who has another first
// name: "Mark Tull" for whom the document calls Owen Tull.
func otherPerson(m *match.Pair, from, to, e int) bool {
	who := &m.Doc.Entities[e-1]
	first, last := &m.Hyp.Units[from], &m.Hyp.Units[to-1]
	label := strings.Fields(strings.ToLower(who.Label))
	if len(label) < 2 || first.Entity > 0 || last.Entity > 0 || syntax.Titles[first.Folded] || m.Hyp.Possessive(from) ||
		!m.Doc.Persons[last.Key] || last.Folded != label[len(label)-1] || who.Parts[first.Key] {
		return false
	}
	return premise.GivenName(first.Folded) && premise.GivenName(label[0]) &&
		!slices.ContainsFunc(label, func(w string) bool {
			return match.ShortForm(first.Folded, w) || match.ShortForm(w, first.Folded)
		})
}

func excusedAll(m *match.Pair, s *syntax.Phrase) bool {
	return !slices.ContainsFunc(s.Heads, func(i int) bool { return !m.Excused[i] })
}

// Possessed reports whether a phrase begins with "its" or "their": whose it is was said before.
func Possessed(m *match.Pair, p *syntax.Phrase) bool { return PossessiveBefore(m.Prem, p) != "" }

// PossessiveBefore is the "its" or "their" that a phrase begins with, "" for none.
func PossessiveBefore(r *syntax.Analysis, p *syntax.Phrase) string {
	if len(p.Units) == 0 {
		return ""
	}
	for j := p.Units[0] - 1; j >= max(0, p.Units[0]-2); j-- {
		switch w := r.Units[j].Folded; w {
		case "its", "his", "her", "their":
			return w
		}
	}
	return ""
}
