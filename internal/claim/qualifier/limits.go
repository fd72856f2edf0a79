package qualifier

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
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
func limitDropped(m *match.Pair) int {
	for i := range m.Hyp.Units {
		w := m.Hyp.Units[i].Folded
		if m.Hyp.Units[i].Quoted || !superlative(w) && w != "first" && w != "only" && w != "last" ||
			slices.ContainsFunc(m.Hyp.SentenceOf(m.Hyp.Units[i].Sentence),
				func(u syntax.Unit) bool { return limitWords[u.Folded] }) {
			continue
		}
		limited, free := false, false
		for j := range m.Prem.Units {
			if m.Prem.Units[j].Folded == w && ground(m, m.Prem.Units[j].Sentence) {
				if limitBehind(m.Prem, j) {
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
func limitBehind(r *syntax.Analysis, j int) bool {
	for k := j + 1; k < r.From[r.Units[j].Sentence+1] && !r.Parted(k) && r.PartOf(k) != syntax.Verbal; k++ {
		if limitWords[r.Units[k].Folded] {
			return true
		}
	}
	return false
}

// bothAdded finds a "both" of which the passage's clause says nothing: "two offers, both from Oslo" for "two offers,
// one from Oslo", "heats both boilers" for "heats the small boiler". Where it joins two things the passage need not
// have it.
func bothAdded(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Folded != "both" || m.Hyp.Units[i].Quoted || joins(m.Hyp.Analysis, i) {
			continue
		}
		prepositional := m.Hyp.Parted(i) && m.Hyp.PlainAfter(i) != "" && m.Hyp.PartOf(i+1) == syntax.Preposition
		if !slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool { return ofBoth(m, u, prepositional) }) {
			return i
		}
	}
	return -1
}

// joins reports whether an "and" follows a word before the next verb or mark: "both the mayor and the clerk".
func joins(r *syntax.Analysis, i int) bool {
	for k := i + 1; k < r.From[r.Units[i].Sentence+1] && !r.Parted(k) && !syntax.VerbOrHelp(r.PartOf(k)); k++ {
		if r.Units[k].Folded == "and" {
			return true
		}
	}
	return false
}

// ofBoth reports whether a word of the passage says that something is true of two, in a clause that the statement was
// found kept in. What is true of two apart is not said by "two" of both.
func ofBoth(m *match.Pair, u syntax.Unit, apart bool) bool {
	if u.Folded != "both" && (apart || u.Folded != "two" && u.Folded != "neither" && u.Folded != "each") {
		return false
	}
	if !ground(m, u.Sentence) || len(m.Grounds) == 0 {
		return ground(m, u.Sentence)
	}
	at := slices.IndexFunc(m.Prem.Units, func(v syntax.Unit) bool { return v.Start == u.Start })
	return slices.ContainsFunc(m.Grounds, func(j int) bool {
		if m.Prem.Units[j].Sentence != u.Sentence || m.Prem.PartOf(j) != syntax.Verbal {
			return m.Prem.Units[j].Sentence == u.Sentence
		}
		c := clause.At(m.Prem, j)
		first := c.From
		if len(c.Subject.Units) > 0 {
			first = min(first, c.Subject.Units[0])
		}
		for first > 0 && !m.Prem.Parted(first) && m.Prem.PartOf(first-1) == syntax.Determiner {
			first--
		}
		return at >= first && at < c.To
	})
}

// qualifierAdded finds a noun of the statement with a word that makes less of it, "the former chair", which the passage
// has nowhere with one.
func qualifierAdded(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Quoted || m.Hyp.Weights[i] < match.WeightGeneric {
			continue
		}
		w := qualifiedBy(m.Hyp.Analysis, i)
		if w == "" || qualifiers[m.Hyp.Units[i].Folded] || len(m.Hits[i]) == 0 {
			continue
		}
		if !slices.ContainsFunc(groundHits(m, i), func(j int) bool {
			theirs := qualifiedBy(m.Prem, j)
			return theirs == w || pastQualifies[w] && pastQualifies[theirs]
		}) && !overIn(m, w) {
			return i
		}
	}
	return -1
}

// overIn reports whether the sentences that the statement rests on say in other words that something is over.
func overIn(m *match.Pair, qualifier string) bool {
	return pastQualifies[qualifier] && slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool {
		return ground(m, u.Sentence) && pastWords[u.Folded]
	})
}

// pastWords tell that what they are said of may be over.
var pastWords = lexicon.Set("was were had used until once served worked")
