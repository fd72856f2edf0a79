package clause

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// doer reports whether a noun is that of who does something: "rider", of "ride".
func doer(w string) bool {
	for _, ending := range []string{"er", "or", "r"} {
		if verb, ok := strings.CutSuffix(w, ending); ok && syntax.BaseForms()[verb] {
			return true
		}
	}
	return false
}

// PersonNouns are what a person is, as an apposition behind "of Norlin" is one of the person and not of Norlin.
var PersonNouns = lexicon.List("roles")

// A named phrase is a noun phrase whose appositions are looked for: the units [from, to) of a sentence that has the
// units [start, end).
type namedPhrase struct {
	syntax.Phrase
	head       int
	from, to   int
	start, end int
}

// An apposition is a place where what stands for the same as a noun phrase may be.
type apposition struct {
	name    string
	example string
	find    func(*syntax.Analysis, *namedPhrase) syntax.Phrase // missing where there is none
}

// appositions are looked for in this order.
var appositions = []apposition{
	{"before the name", "police spokeswoman Inga Rud",
		func(r *syntax.Analysis, n *namedPhrase) syntax.Phrase { return beforeName(r, &n.Phrase) }},
	{"title", "President Salma Idris of Karesh",
		func(r *syntax.Analysis, n *namedPhrase) syntax.Phrase { return titleOf(r, &n.Phrase, n.to, n.end) }},
	{"place", "the village of Rocca", placeBefore},
	{"behind an origin", "Ines Amaro of Portugal, the youngest rider", behindOrigin},
	{"behind a mark", "Jon Aske, the mayor", behindMark},
	{"before a mark", "the mayor, Jon Aske", beforeMark},
	{"behind a preposition", "opened the mill with her brother, Jon Aske", governedBefore},
}

// Apposed lists the phrases that stand for the same as the noun phrase that has the unit h: before its name, and
// behind or before a comma.
func Apposed(r *syntax.Analysis, h int) []syntax.Phrase {
	n := namedPhrase{head: h, to: h + 1, start: r.From[r.Units[h].Sentence], end: r.From[r.Units[h].Sentence+1]}
	for n.to < n.end && !r.Parted(n.to) && r.PartOf(n.to) == syntax.Nominal &&
		(r.Units[h].Kind != syntax.Name || r.Units[n.to].Kind == syntax.Name && !r.Units[n.to].NameStart) {
		n.to++
	}
	n.Phrase, n.from = NounPhraseEnding(r, n.to-1)
	if !slices.Contains(n.Heads, h) {
		return nil
	}
	var list []syntax.Phrase
	for k := range appositions {
		if p := appositions[k].find(r, &n); !p.Missing {
			list = append(list, p)
		}
	}
	return list
}

func placeBefore(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if n.from < n.start+2 || r.Parted(n.from) || r.Units[n.from-1].Folded != "of" ||
		!syntax.PlaceNouns[r.Units[n.from-2].Folded] {
		return syntax.Phrase{Missing: true}
	}
	p, _ := NounPhraseEnding(r, n.from-2)
	return p
}

func behindOrigin(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	none := syntax.Phrase{Missing: true}
	if r.Units[n.head].Kind != syntax.Name || n.to+1 >= n.end || r.Parted(n.to) ||
		r.Units[n.to].Folded != "of" && r.Units[n.to].Folded != "from" {
		return none
	}
	after := NominalsFrom(r, n.to+1)
	if after >= n.end || !apart(r, after) || r.IsListed(after, n.end) {
		return none
	}
	// It may be of the place, too: only what a person is tells of who comes from there.
	if p, _ := r.PhraseFrom(after, n.end); !p.Missing && !p.Pronoun &&
		(PersonNouns[r.Units[p.Heads[0]].Folded] || doer(r.Units[p.Heads[0]].Folded)) {
		return toMark(r, p)
	}
	return none
}

func behindMark(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	none := syntax.Phrase{Missing: true}
	if n.to >= n.end || !apart(r, n.to) || r.IsListed(n.to, n.end) {
		return none
	}
	p, next := r.PhraseFrom(n.to, n.end)
	told := func(k int) bool { // "Lumex, a firm based in Arn", behind the verb of the sentence
		return r.PartOf(k) == syntax.Relativizer || r.PartOf(k) == syntax.Verbal && r.HasVerb(n.start, n.from) && r.Reduced(k)
	}
	if p.Missing || p.Pronoun || next < n.end && !r.Parted(next) && r.PartOf(next) != syntax.Preposition && !told(next) {
		return none
	}
	next = takeNouns(r, &p, next, n.end)
	if next >= n.end || r.Parted(next) || told(next) {
		return p
	}
	return none
}

// takeNouns gives a phrase the nouns behind it, up to a mark or a verb, and returns where that stands.
func takeNouns(r *syntax.Analysis, p *syntax.Phrase, next, end int) int {
	for next < end && !r.Parted(next) && !syntax.VerbOrHelp(r.PartOf(next)) && r.PartOf(next) != syntax.Relativizer {
		if r.PartOf(next) == syntax.Nominal {
			p.Units = append(p.Units, next)
		}
		next++
	}
	return next
}

func beforeMark(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if n.from > n.start && apart(r, n.from) && !closesBracket(r, n.from) && !r.IsListed(n.from, n.end) &&
		(n.to >= n.end || r.Parted(n.to)) {
		return phraseBackFrom(r, n.from-1, n.start)
	}
	return syntax.Phrase{Missing: true}
}

// governedBefore is the noun phrase before a mark by itself where a preposition other than "of" governs it, and "the"
// or a possessive begins it.
func governedBefore(r *syntax.Analysis, n *namedPhrase) syntax.Phrase {
	if beforeMark(r, n).Missing {
		return syntax.Phrase{Missing: true}
	}
	p, from := NounPhraseEnding(r, n.from-1)
	if !p.Definite || from <= n.start || r.PartOf(from-1) != syntax.Preposition || r.Units[from-1].Folded == "of" {
		return syntax.Phrase{Missing: true}
	}
	return p
}

// NominalsFrom is the unit behind the nouns and names that begin at k.
func NominalsFrom(r *syntax.Analysis, k int) int {
	from, end := k, r.From[r.Units[k].Sentence+1]
	for k < end && (k == from || !r.Parted(k)) && (r.PartOf(k) == syntax.Nominal || r.PartOf(k) == syntax.Determiner) {
		k++
	}
	return k
}

// toMark adds to a phrase what stands behind it up to the next mark or verb.
func toMark(r *syntax.Analysis, p syntax.Phrase) syntax.Phrase {
	last := p.Units[len(p.Units)-1]
	for k := last + 1; k < r.From[r.Units[last].Sentence+1] && !r.Parted(k) && !syntax.VerbOrHelp(r.PartOf(k)); k++ {
		if r.PartOf(k) == syntax.Nominal {
			p.Units = append(p.Units, k)
		}
	}
	return p
}

// beforeName is what stands before a name in its noun phrase, as "police spokeswoman" before "Inga Rud".
func beforeName(r *syntax.Analysis, own *syntax.Phrase) syntax.Phrase {
	at := len(own.Units)
	for at > 0 && r.Units[own.Units[at-1]].Kind == syntax.Name {
		at--
		if r.Units[own.Units[at]].NameStart {
			break
		}
	}
	if at == 0 || at == len(own.Units) || r.Possessive(own.Units[at-1]) {
		return syntax.Phrase{Missing: true}
	}
	p := syntax.Phrase{Units: own.Units[:at], Definite: true}
	p.Heads = p.Units[at-1:]
	return p
}

// titleOf is the title in a name, with what its bearer has it of: "President Salma Idris of Karesh".
func titleOf(r *syntax.Analysis, own *syntax.Phrase, to, end int) syntax.Phrase {
	p := syntax.Phrase{Missing: true}
	for _, i := range own.Units {
		if syntax.Titles[r.Units[i].Folded] {
			p = syntax.Phrase{Units: append(p.Units, i), Heads: []int{i}, Definite: true}
		}
	}
	if !p.Missing && to < end {
		r.WithPrepositions(&p, to)
	}
	return p
}

// phraseBackFrom reads the noun phrase with its prepositional phrases that ends at k.
func phraseBackFrom(r *syntax.Analysis, k, start int) syntax.Phrase {
	var units []int
	for k >= start && r.PartOf(k) == syntax.Nominal {
		p, from := NounPhraseEnding(r, k)
		if from > start && !r.Parted(from) && r.PartOf(from-1) == syntax.Preposition {
			units = append(p.Units, units...)
			if from-2 >= start && r.PartOf(from-2) == syntax.Nominal {
				k = from - 2
				continue
			}
		} else {
			p.Units = append(slices.Clip(p.Units), units...)
		}
		if p.Units = slices.Clip(p.Units); len(units) > len(p.Units) {
			p.Units = units
		}
		return p
	}
	return syntax.Phrase{Missing: true}
}

// apart reports whether a comma, a bracket or a dash stands before a unit, which may begin an apposition. A quotation
// mark does not.
func apart(r *syntax.Analysis, i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ",(–—:")
}

// closesBracket reports whether a bracket ends before a unit: what stands in it is of what stands before it.
func closesBracket(r *syntax.Analysis, i int) bool {
	return strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ")]")
}

// FormerWords say before a noun that somebody is no longer what it names.
var FormerWords = lexicon.Set("former formerly ex onetime erstwhile retired deposed once")

// Former reports whether a noun phrase names what somebody is no longer.
func Former(r *syntax.Analysis, p *syntax.Phrase) bool {
	_, from := NounPhraseEnding(r, p.Units[0])
	for k := from; k <= p.Units[len(p.Units)-1]; k++ {
		if w := r.Units[k].Folded; FormerWords[w] || strings.HasPrefix(w, "ex-") {
			return true
		}
	}
	return false
}
