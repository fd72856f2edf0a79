package syntax

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"pilcrow/internal/lexicon"
)

// A Phrase is a noun phrase: what it is about, and all that belongs to it.
type Phrase struct {
	Heads    []int // the units that name it: its last noun, a name, and what stands beside it in apposition
	Units    []int // its nominal units, with those of its prepositional phrases and appositions, in order
	Pronoun  bool  // it, he, they: what it stands for was said before
	Definite bool  // begins with the, this, its
	Missing  bool  // none was found
}

// A Clause is what a text says around one verb. Positions are of units.
type Clause struct {
	Verb    int
	Copula  bool // a form of be with a noun phrase or an adjective
	Passive bool
	Inf     bool // an infinitive
	Subject Phrase
	Objects []Phrase
	Agent   Phrase   // of a passive
	Mood    []string // modals, negations and the like, sorted
	From    int      // the units that belong to it, beside its subject: [from, to)
	To      int
}

// MaxClauseUnits bounds how far the parts of a clause are looked for.
const MaxClauseUnits = 60

// A ClauseCache keeps the clauses that were read, by their verbs, as long as the reading is kept. Its zero value is
// empty.
type ClauseCache struct {
	Once sync.Once
	At   []atomic.Pointer[Clause]
}

// PhraseOf makes a phrase of the units [from, to) without prepositions.
func (r *Analysis) PhraseOf(from, to int) Phrase {
	var p Phrase
	for k := from; k < to; k++ {
		if r.PartOf(k) == Nominal {
			p.Units = append(p.Units, k)
		}
	}
	switch w := r.Units[from].Folded; w {
	case "the", "this", "these", "those", "its", "his", "her", "their", "both":
		p.Definite = true
	}
	p.Heads = r.headsOf(p.Units)
	return p
}

// headsOf are the last noun of a run of nominal units, or the last name with the noun before it: "the shipowner Lars
// Tveit".
func (r *Analysis) headsOf(units []int) []int {
	if len(units) == 0 {
		return nil
	}
	last := len(units) - 1
	if r.Units[units[last]].Kind != Name {
		return units[last:]
	}
	at := last
	for at > 0 && !r.Possessive(units[at-1]) && (r.Units[units[at-1]].Kind == Name && !r.Units[units[at]].NameStart ||
		NameParticles[r.Units[units[at-1]].Folded] ||
		NameParticles[r.Units[units[at]].Folded]) {
		at--
	}
	if at > 0 && !r.Possessive(units[at-1]) && r.Units[units[at-1]].Kind == Plain {
		at--
	}
	return units[at:]
}

// NameParticles join the parts of names.
var NameParticles = lexicon.List("joining-particles")

// PlaceNouns stand before "of" and a name that is the place itself: "the village of Rocca".
var PlaceNouns = lexicon.List("place-nouns")

// WithPrepositions adds the prepositional phrases that follow a phrase at once, and an apposition behind a comma.
// next is the unit after.
func (r *Analysis) WithPrepositions(p *Phrase, k int) (next int) {
	end := r.From[r.Units[p.Units[0]].Sentence+1]
	for k < end && k-p.Units[0] < MaxClauseUnits && !r.Parted(k) && r.PartOf(k) == Preposition &&
		r.Units[k].Folded == "of" {
		k++
		start := k
		for k < end && (k == start || !r.Parted(k)) && (r.PartOf(k) == Nominal || k == start && r.PartOf(k) == Determiner) {
			if r.PartOf(k) == Nominal {
				p.Units = append(p.Units, k)
				if r.Units[k].Kind == Name && len(p.Heads) > 0 && PlaceNouns[r.Units[p.Heads[len(p.Heads)-1]].Folded] {
					p.Heads = append(slices.Clip(p.Heads), k)
				}
			}
			k++
		}
	}
	return k
}

// ByFollows reports whether "by" comes right after a participle, or after another one that is joined to it.
func (r *Analysis) ByFollows(v int) bool {
	const reach = 5
	for k := v + 1; k < min(len(r.Units), v+reach) && r.Units[k].Sentence == r.Units[v].Sentence && !r.Parted(k); k++ {
		switch w := r.Units[k].Folded; {
		case w == "by": // but "fell by seven percent"
			return !r.AmountAt(k + 1)
		case w != "and" && w != "co" && !PastVerb(w):
			return false
		}
	}
	return false
}

// AmountAt reports whether a number stands at k, with or without its bound: "by at least 30 kilometers".
func (r *Analysis) AmountAt(k int) bool {
	for k < len(r.Units) && (r.boundsNumber(k) || r.Units[k].Folded == "about") {
		k++
	}
	return k < len(r.Units) && r.Units[k].Kind == Number
}

// PhraseFrom reads the noun phrase that begins at k. next is the unit after it.
func (r *Analysis) PhraseFrom(k, end int) (p Phrase, next int) {
	start := k
	for k < end && (k == start || !r.Parted(k) || r.adjectiveComma(start, k)) {
		q := r.PartOf(k)
		if q == Pronominal && k == start {
			return Phrase{Pronoun: true, Units: []int{k}}, k + 1
		}
		if k > start && k+1 < end && r.insidePhrase(k, start) {
			k++ // "the first and only album"
			continue
		}
		if q != Nominal && (q != Determiner || k != start) || k > start && r.startsPhrase(k) {
			break
		}
		k++
	}
	if k == start || k == start+1 && r.PartOf(start) == Determiner {
		return Phrase{Missing: true}, start
	}
	p = r.PhraseOf(start, k)
	if len(p.Units) > 0 {
		k = r.WithPrepositions(&p, k)
		k = r.withApposition(&p, k, end)
	}
	return p, k
}

// insidePhrase reports whether an adverb or an "and" at k joins what belongs to one noun: "the first and only album".
func (r *Analysis) insidePhrase(k, start int) bool {
	switch r.PartOf(k) {
	case Adverbial:
		return !r.Parted(k+1) && r.PartOf(k+1) == Nominal && r.PartOf(start) == Determiner
	case Coordinator:
		return r.Units[k+1].Folded == "only" || adjectives[r.Units[k+1].Folded]
	}
	return false
}

// startsPhrase reports whether a date, "one" or an amount at k stands behind a noun as a phrase of its own: "100
// meters".
func (r *Analysis) startsPhrase(k int) bool {
	u := &r.Units[k]
	if r.PartOf(k-1) != Nominal {
		return false
	}
	return u.Kind == Date || u.Folded == "one" || u.Kind == Number && r.Units[k-1].Kind != Light && !u.Quantity.Ordinal
}

// adjectiveComma reports whether the comma before k parts two adjectives: "a small, barely residential university".
func (r *Analysis) adjectiveComma(start, k int) bool {
	return k == start+2 && r.PartOf(start) == Determiner && adjectives[r.Units[start+1].Folded] &&
		r.PartOf(k) != Coordinator && r.PartOf(k) != Determiner
}

// withApposition adds a name behind a comma to a noun phrase without one, and the other way round: "a contractor,
// Batico,".
func (r *Analysis) withApposition(p *Phrase, k, end int) int {
	if k >= end || !r.Parted(k) || r.IsListed(k, end) ||
		!strings.Contains(r.Text[r.Units[k-1].End:r.Units[k].Start], ",") {
		return k
	}
	named := r.Units[p.Heads[len(p.Heads)-1]].Kind == Name
	start, to := k, k
	for to < end && (to == start || !r.Parted(to)) && r.mayBeApposed(to, start) {
		to++
	}
	if to == start || to < end && !r.Parted(to) && r.PartOf(to) != Preposition {
		return k
	}
	q := r.PhraseOf(start, to)
	if len(q.Heads) == 0 || named == (r.Units[q.Heads[len(q.Heads)-1]].Kind == Name) ||
		named && !q.Definite && r.PartOf(start) != Determiner {
		return k
	}
	p.Units, p.Heads = append(p.Units, q.Units...), append(slices.Clip(p.Heads), q.Heads...)
	return to
}

// mayBeApposed reports whether a unit may be of an apposition that begins at start: a noun, or its determiner.
func (r *Analysis) mayBeApposed(k, start int) bool {
	switch r.PartOf(k) {
	case Nominal:
		return r.Units[k].Kind != Number && r.Units[k].Kind != Date
	case Determiner:
		return k == start
	}
	return false
}

// Reduced reports whether a participle tells of the noun before it: "a film directed by", "a studio based in".
func (r *Analysis) Reduced(k int) bool {
	after := r.PlainAfter(k)
	return PastVerb(r.Units[k].Folded) && (Prepositions[after] || after == "and" && r.ByFollows(k))
}

// VerbOrHelp reports whether a unit is a verb or stands with one.
func VerbOrHelp(p Part) bool { return p == Verbal || p == Helping }

// OfNoun reports whether the verb at k tells of the noun before it: a relative clause, or a participle.
func (r *Analysis) OfNoun(k int) bool {
	for q := k - 1; q >= r.ClauseStart(k); q-- {
		switch r.PartOf(q) {
		case Helping, Adverbial:
			continue
		case Relativizer:
			return true
		}
		return q == k-1 && r.Reduced(k)
	}
	return false
}

// IsListed reports whether the comma before a unit parts the members of a list: an "and" joins the last of them.
func (r *Analysis) IsListed(at, end int) bool {
	for k := at; k < end; k++ {
		if k > at && r.Parted(k) {
			return r.PartOf(k) == Coordinator
		}
		if r.PartOf(k) == Coordinator {
			return r.Units[at].Kind == Name
		}
	}
	return false
}

// HasVerb reports whether a verb stands among the units [from, to).
func (r *Analysis) HasVerb(from, to int) bool {
	for k := from; k < to; k++ {
		if q := r.PartOf(k); q == Verbal {
			return true
		}
	}
	return false
}

// ClauseStart is the first unit of a sentence that is looked at from a verb.
func (r *Analysis) ClauseStart(v int) int { return max(r.From[r.Units[v].Sentence], v-MaxClauseUnits) }

// ClauseEnd is the unit behind the last one of a sentence that is looked at from a verb.
func (r *Analysis) ClauseEnd(v int) int { return min(r.From[r.Units[v].Sentence+1], v+MaxClauseUnits) }
