package claim

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
var superlativeLike = lexicon.Set(`forest harvest interest request protest contest conquest arrest honest modest priest guest
	manifest invest suggest tempest protest unrest disinterest earnest northwest southwest midwest crest chest quest
	digest ingest attest detest nest inquest behest bequest`)

// limitWords stand before what limits a superlative.
var limitWords = lexicon.Set("since outside after before among under until below within apart except besides")

// limitDropped finds a superlative, a "first" or an "only" that the passage limits, and the statement does not: "the
// largest" for "the largest since 2019".
func (m *matching) limitDropped() int {
	for i := range m.s.units {
		w := m.s.units[i].folded
		if m.s.units[i].quoted || !superlative(w) && w != "first" && w != "only" && w != "last" ||
			slices.ContainsFunc(m.s.sentenceOf(m.s.units[i].sentence), func(u unit) bool { return limitWords[u.folded] }) {
			continue
		}
		limited, free := false, false
		for j := range m.p.units {
			if m.p.units[j].folded == w && m.ground(m.p.units[j].sentence) {
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
func (r *reading) limitBehind(j int) bool {
	for k := j + 1; k < r.from[r.units[j].sentence+1] && !r.parted(k) && r.partOf(k) != verbal; k++ {
		if limitWords[r.units[k].folded] {
			return true
		}
	}
	return false
}

// bothAdded finds a "both" of which the passage's clause says nothing: "two offers, both from Oslo" for "two offers,
// one from Oslo", "heats both boilers" for "heats the small boiler". Where it joins two things the passage need not
// have it.
func (m *matching) bothAdded() int {
	for i := range m.s.units {
		if m.s.units[i].folded != "both" || m.s.units[i].quoted || m.s.joins(i) {
			continue
		}
		prepositional := m.s.parted(i) && m.s.plainAfter(i) != "" && m.s.partOf(i+1) == preposition
		if !slices.ContainsFunc(m.p.units, func(u unit) bool { return m.ofBoth(u, prepositional) }) {
			return i
		}
	}
	return -1
}

// joins reports whether an "and" follows a word before the next verb or mark: "both the mayor and the clerk".
func (r *reading) joins(i int) bool {
	for k := i + 1; k < r.from[r.units[i].sentence+1] && !r.parted(k) && !verbOrHelp(r.partOf(k)); k++ {
		if r.units[k].folded == "and" {
			return true
		}
	}
	return false
}

// ofBoth reports whether a word of the passage says that something is true of two, in a clause that the statement was
// found kept in. What is true of two apart is not said by "two" of both.
func (m *matching) ofBoth(u unit, apart bool) bool {
	if u.folded != "both" && (apart || u.folded != "two" && u.folded != "neither" && u.folded != "each") {
		return false
	}
	if !m.ground(u.sentence) || len(m.grounds) == 0 {
		return m.ground(u.sentence)
	}
	at := slices.IndexFunc(m.p.units, func(v unit) bool { return v.Start == u.Start })
	return slices.ContainsFunc(m.grounds, func(j int) bool {
		if m.p.units[j].sentence != u.sentence || m.p.partOf(j) != verbal {
			return m.p.units[j].sentence == u.sentence
		}
		c := m.p.clauseAt(j)
		first := c.from
		if len(c.subject.units) > 0 {
			first = min(first, c.subject.units[0])
		}
		for first > 0 && !m.p.parted(first) && m.p.partOf(first-1) == determiner {
			first--
		}
		return at >= first && at < c.to
	})
}

// qualifierAdded finds a noun of the statement with a word that makes less of it, "the former chair", which the passage
// has nowhere with one.
func (m *matching) qualifierAdded() int {
	for i := range m.s.units {
		if m.s.units[i].quoted || m.s.weights[i] < weightGeneric {
			continue
		}
		w := m.s.qualifiedBy(i)
		if w == "" || qualifiers[m.s.units[i].folded] || len(m.hits[i]) == 0 {
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
func (m *matching) overIn(qualifier string) bool {
	return pastQualifies[qualifier] && slices.ContainsFunc(m.p.units, func(u unit) bool {
		return m.ground(u.sentence) && pastWords[u.folded]
	})
}

// pastWords tell that what they are said of may be over.
var pastWords = lexicon.Set("was were had used until once served worked")
