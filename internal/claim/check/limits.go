package check

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// superlative reports whether a word says of one that it is more so than all others.
func superlative(w string) bool {
	return len(w) > len("est")+2 && strings.HasSuffix(w, "est") && !superlativeLike[w]
}

// superlativeLike words only end so.
var superlativeLike = lexicon.Set(`forest harvest interest request protest contest conquest arrest honest modest
	priest guest
	manifest invest suggest tempest protest unrest disinterest earnest northwest southwest midwest crest chest quest
	digest ingest attest detest nest inquest behest bequest`)

// limitWords stand before what limits a superlative.
var limitWords = lexicon.Set("since outside after before among under until below within apart except besides")

// limitDropped finds a superlative, a "first" or an "only" that the passage limits, and the statement does not: "the
// largest" for "the largest since 2019".
func (m *Pair) limitDropped() int {
	for i := range m.s.Units {
		w := m.s.Units[i].Folded
		if m.s.Units[i].quoted || !superlative(w) && w != "first" && w != "only" && w != "last" ||
			slices.ContainsFunc(m.s.sentenceOf(m.s.Units[i].sentence), func(u Unit) bool { return limitWords[u.Folded] }) {
			continue
		}
		limited, free := false, false
		for j := range m.p.Units {
			if m.p.Units[j].Folded == w && m.ground(m.p.Units[j].sentence) {
				if m.p.limitBehind(j) {
					limited = true
				} else {
					free = true
				}
			}
		}
		if limited && !free {
			return i
		}
	}
	return -1
}

// limitBehind reports whether a limit stands behind the unit j, before the next verb or mark.
func (r *Analysis) limitBehind(j int) bool {
	for k := j + 1; k < r.from[r.Units[j].sentence+1] && !r.parted(k) && r.PartOf(k) != Verbal; k++ {
		if limitWords[r.Units[k].Folded] {
			return true
		}
	}
	return false
}

// bothAdded finds a "both" of which the passage's clause says nothing: "two offers, both from Oslo" for "two offers,
// one from Oslo", "heats both boilers" for "heats the small boiler". Where it joins two things the passage need not
// have it.
func (m *Pair) bothAdded() int {
	for i := range m.s.Units {
		if m.s.Units[i].Folded != "both" || m.s.Units[i].quoted || m.s.joins(i) {
			continue
		}
		prepositional := m.s.parted(i) && m.s.plainAfter(i) != "" && m.s.PartOf(i+1) == preposition
		if !slices.ContainsFunc(m.p.Units, func(u Unit) bool { return m.ofBoth(u, prepositional) }) {
			return i
		}
	}
	return -1
}

// joins reports whether an "and" follows a word before the next verb or mark: "both the mayor and the clerk".
func (r *Analysis) joins(i int) bool {
	for k := i + 1; k < r.from[r.Units[i].sentence+1] && !r.parted(k) && !verbOrHelp(r.PartOf(k)); k++ {
		if r.Units[k].Folded == "and" {
			return true
		}
	}
	return false
}

// ofBoth reports whether a word of the passage says that something is true of two, in a clause that the statement was
// found kept in. What is true of two apart is not said by "two" of both.
func (m *Pair) ofBoth(u Unit, apart bool) bool {
	if u.Folded != "both" && (apart || u.Folded != "two" && u.Folded != "neither" && u.Folded != "each") {
		return false
	}
	if !m.ground(u.sentence) || len(m.grounds) == 0 {
		return m.ground(u.sentence)
	}
	at := slices.IndexFunc(m.p.Units, func(v Unit) bool { return v.Start == u.Start })
	return slices.ContainsFunc(m.grounds, func(j int) bool {
		if m.p.Units[j].sentence != u.sentence || m.p.PartOf(j) != Verbal {
			return m.p.Units[j].sentence == u.sentence
		}
		c := m.p.At(j)
		first := c.from
		if len(c.subject.units) > 0 {
			first = min(first, c.subject.units[0])
		}
		for first > 0 && !m.p.parted(first) && m.p.PartOf(first-1) == determiner {
			first--
		}
		return at >= first && at < c.to
	})
}

// qualifierAdded finds a noun of the statement with a word that makes less of it, "the former chair", which the passage
// has nowhere with one.
func (m *Pair) qualifierAdded() int {
	for i := range m.s.Units {
		if m.s.Units[i].quoted || m.s.weights[i] < weightGeneric {
			continue
		}
		w := m.s.qualifiedBy(i)
		if w == "" || qualifiers[m.s.Units[i].Folded] || len(m.hits[i]) == 0 {
			continue
		}
		if !slices.ContainsFunc(m.groundHits(i), func(j int) bool {
			theirs := m.p.qualifiedBy(j)
			return theirs == w || pastQualifies[w] && pastQualifies[theirs]
		}) && !m.overIn(w) {
			return i
		}
	}
	return -1
}

// overIn reports whether the sentences that the statement rests on say in other words that something is over.
func (m *Pair) overIn(qualifier string) bool {
	return pastQualifies[qualifier] && slices.ContainsFunc(m.p.Units, func(u Unit) bool {
		return m.ground(u.sentence) && pastWords[u.Folded]
	})
}

// pastWords tell that what they are said of may be over.
var pastWords = lexicon.Set("was were had used until once served worked")
