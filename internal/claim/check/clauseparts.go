package check

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
)

// passiveVerb reports whether a verb is the participle of a passive: "was closed", "a petition started by".
func (r *Analysis) passiveVerb(v int) bool {
	if !pastVerb(r.Units[v].Folded) || r.intransitive(v) {
		return false
	}
	for k := v - 1; k >= max(0, v-5) && r.Units[k].sentence == r.Units[v].sentence && !r.parted(k+1); k-- {
		w := r.Units[k].Folded
		switch {
		case beForms[strings.TrimSuffix(w, "n't")], haveForms[w]:
			return !haveForms[w]
		case w == "and" && k > 0 && pastVerb(r.Units[k-1].Folded) && r.PartOf(k-1) == Verbal: // "was written and directed by"
			return r.passiveVerb(k - 1)
		case coordinators[w] && r.neverDone(k+1, v): // "was planned but never made"
			return r.joinsPassive(k)
		case w == "and" && r.byFollows(v): // "was recorded in a mill and produced by"
			return r.joinsPassive(k)
		case r.PartOf(k) != adverbial:
			return r.byFollows(v) && r.PartOf(k) == nominal
		}
	}
	return r.byFollows(v) || r.looseParticiple(v)
}

// neverDone reports whether all that stands from k to the past form v denies it, and nothing that it could be done to
// follows.
func (r *Analysis) neverDone(k, v int) bool {
	after := r.plainAfter(v)
	return k == v-1 && (r.Units[k].Folded == "never" || r.Units[k].Folded == "not") && (after == "" || prepositions[after])
}

// looseParticiple reports whether a participle stands without a form of "be": behind a mark, or at the head.
func (r *Analysis) looseParticiple(v int) bool {
	return v > 0 && r.parted(v) && r.participleOf(v) || r.leadingParticiple(v)
}

// joinsPassive reports whether the verb before an "and" at k is the participle of a passive.
func (r *Analysis) joinsPassive(k int) bool {
	q := r.governing(k)
	return q >= 0 && pastVerb(r.Units[q].Folded) && r.passiveVerb(q)
}

// byFollows reports whether "by" comes right after a participle, or after another one that is joined to it.
func (r *Analysis) byFollows(v int) bool {
	const reach = 5
	for k := v + 1; k < min(len(r.Units), v+reach) && r.Units[k].sentence == r.Units[v].sentence && !r.parted(k); k++ {
		switch w := r.Units[k].Folded; {
		case w == "by": // but "fell by seven percent"
			return !r.amountAt(k + 1)
		case w != "and" && w != "co" && !pastVerb(w):
			return false
		}
	}
	return false
}

// amountAt reports whether a number stands at k, with or without its bound: "by at least 30 kilometers".
func (r *Analysis) amountAt(k int) bool {
	for k < len(r.Units) && (r.boundsNumber(k) || r.Units[k].Folded == "about") {
		k++
	}
	return k < len(r.Units) && r.Units[k].Kind == number
}

// agentOf is who does it in a passive: behind "by", before the next verb.
func (r *Analysis) agentOf(v int) phrase {
	end := r.clauseEnd(v)
	for k := v + 1; k < min(end, v+maxClauseUnits); k++ {
		if r.PartOf(k) == Verbal && !(r.plainBefore(k) == "and" && pastVerb(r.Units[k].Folded) && r.PartOf(k-2) == Verbal) {
			break // "was written and directed by" has one agent
		}
		if r.Units[k].Folded == "by" && k+1 < end && !r.amountAt(k+1) {
			p, _ := r.phraseFrom(k+1, end)
			return p
		}
	}
	return phrase{missing: true}
}

// phraseFrom reads the noun phrase that begins at k. next is the unit after it.
func (r *Analysis) phraseFrom(k, end int) (p phrase, next int) {
	start := k
	for k < end && (k == start || !r.parted(k) || r.adjectiveComma(start, k)) {
		q := r.PartOf(k)
		if q == pronominal && k == start {
			return phrase{pronoun: true, units: []int{k}}, k + 1
		}
		if k > start && k+1 < end && r.insidePhrase(k, start) {
			k++ // "the first and only album"
			continue
		}
		if q != nominal && (q != determiner || k != start) || k > start && r.startsPhrase(k) {
			break
		}
		k++
	}
	if k == start || k == start+1 && r.PartOf(start) == determiner {
		return phrase{missing: true}, start
	}
	p = r.phraseOf(start, k)
	if len(p.units) > 0 {
		k = r.withPrepositions(&p, k)
		k = r.withApposition(&p, k, end)
	}
	return p, k
}

// insidePhrase reports whether an adverb or an "and" at k joins what belongs to one noun: "the first and only album".
func (r *Analysis) insidePhrase(k, start int) bool {
	switch r.PartOf(k) {
	case adverbial:
		return !r.parted(k+1) && r.PartOf(k+1) == nominal && r.PartOf(start) == determiner
	case coordinator:
		return r.Units[k+1].Folded == "only" || adjectives[r.Units[k+1].Folded]
	}
	return false
}

// startsPhrase reports whether a date, "one" or an amount at k stands behind a noun as a phrase of its own: "100
// meters".
func (r *Analysis) startsPhrase(k int) bool {
	u := &r.Units[k]
	if r.PartOf(k-1) != nominal {
		return false
	}
	return u.Kind == date || u.Folded == "one" || u.Kind == number && r.Units[k-1].Kind != light && !u.quantity.Ordinal
}

// adjectiveComma reports whether the comma before k parts two adjectives: "a small, barely residential university".
func (r *Analysis) adjectiveComma(start, k int) bool {
	return k == start+2 && r.PartOf(start) == determiner && adjectives[r.Units[start+1].Folded] &&
		r.PartOf(k) != coordinator && r.PartOf(k) != determiner
}

// withApposition adds a name behind a comma to a noun phrase without one, and the other way round: "a contractor,
// Batico,".
func (r *Analysis) withApposition(p *phrase, k, end int) int {
	if k >= end || !r.parted(k) || r.isListed(k, end) ||
		!strings.Contains(r.Text[r.Units[k-1].End:r.Units[k].Start], ",") {
		return k
	}
	named := r.Units[p.heads[len(p.heads)-1]].Kind == Name
	start, to := k, k
	for to < end && (to == start || !r.parted(to)) && r.mayBeApposed(to, start) {
		to++
	}
	if to == start || to < end && !r.parted(to) && r.PartOf(to) != preposition {
		return k
	}
	q := r.phraseOf(start, to)
	if len(q.heads) == 0 || named == (r.Units[q.heads[len(q.heads)-1]].Kind == Name) ||
		named && !q.definite && r.PartOf(start) != determiner {
		return k
	}
	p.units, p.heads = append(p.units, q.units...), append(slices.Clip(p.heads), q.heads...)
	return to
}

// mayBeApposed reports whether a unit may be of an apposition that begins at start: a noun, or its determiner.
func (r *Analysis) mayBeApposed(k, start int) bool {
	switch r.PartOf(k) {
	case nominal:
		return r.Units[k].Kind != number && r.Units[k].Kind != date
	case determiner:
		return k == start
	}
	return false
}

// objectsOf are the noun phrases right behind a verb: what is done to, or what somebody is.
func (r *Analysis) objectsOf(v int) []phrase {
	const most = 3
	end := r.clauseEnd(v)
	var list []phrase
	k := v + 1
	for k < end && len(list) < most {
		for k < end && !r.parted(k) && (r.PartOf(k) == adverbial || r.PartOf(k) == helping && r.Units[k].Folded != "to") {
			k++
		}
		if k >= end || r.parted(k) {
			break
		}
		joined := r.PartOf(k) == coordinator && len(list) > 0
		if joined {
			k++
		}
		p, next := r.phraseFrom(k, end)
		if p.missing || next < end && r.ownClause(next, joined) {
			break // the subject of a clause of its own: "said the company could not pay"
		}
		list, k = append(list, p), next
	}
	return list
}

// ownClause reports whether a verb at k, right behind a noun phrase, makes that the subject of another clause. Behind
// the first phrases, a participle may tell of it, and "to" begin an infinitive.
func (r *Analysis) ownClause(k int, joined bool) bool {
	if r.parted(k) || !verbOrHelp(r.PartOf(k)) {
		return false
	}
	return joined || r.Units[k].Folded != "to" && !r.reduced(k)
}

// reduced reports whether a participle tells of the noun before it: "a film directed by", "a studio based in".
func (r *Analysis) reduced(k int) bool {
	after := r.plainAfter(k)
	return pastVerb(r.Units[k].Folded) && (prepositions[after] || after == "and" && r.byFollows(k))
}

// participleBefore finds the participle that governs the noun phrase before a comma, as another one behind it does the
// same noun: -1 for none.
func (r *Analysis) participleBefore(v int) int {
	_, from := r.nounPhraseEnding(v - 1)
	q := from - 2
	if q < r.clauseStart(v) || r.parted(from) || r.parted(from-1) || r.PartOf(from-1) != preposition ||
		r.PartOf(q) != Verbal || !r.reduced(q) {
		return -1
	}
	return q
}

// verbOrHelp reports whether a unit is a verb or stands with one.
func verbOrHelp(p part) bool { return p == Verbal || p == helping }

// moodOf lists what changes whether a verb's clause is so: modals, negations, infinitives, conditions.
func (r *Analysis) moodOf(v int) []string {
	var list []string
	for k := v - 1; k >= max(r.from[r.Units[v].sentence], v-6) && !r.parted(k+1); k-- {
		if q := r.PartOf(k); q != helping && q != adverbial {
			break
		}
		list = append(list, r.moodWord(k)...)
	}
	if beForms[strings.TrimSuffix(r.Units[v].Folded, "n't")] {
		list = append(list, r.moodBehind(v)...)
	}
	slices.Sort(list)
	return list
}

// moodWord is what a helper or an adverb before a verb makes of it.
func (r *Analysis) moodWord(k int) []string {
	switch w := r.Units[k].Folded; {
	case contracted(w) || w == "not" || w == "never" || w == "cannot", w == "to" && r.plainBefore(k) == "yet":
		return []string{"not"}
	case w == "no" || w == "longer":
		return []string{"no longer"}
	case w == "to":
		if implied, ok := r.impliedMood(k); ok {
			return implied
		}
		return []string{"to " + r.governor(k)}
	case modals[w]:
		return []string{modality(w)}
	case w == "almost" || w == "nearly" || hedges[w] || rareWords[w]:
		return []string{w}
	}
	return nil
}

// moodBehind lists the denials in and right behind a form of be that is the verb of its clause: "is not a model".
func (r *Analysis) moodBehind(v int) []string {
	var list []string
	if contracted(r.Units[v].Folded) {
		list = append(list, "not")
	}
	for k := v + 1; k < r.clauseEnd(v) && !r.parted(k) && r.PartOf(k) == adverbial; k++ {
		switch w := r.Units[k].Folded; {
		case w == "not" && r.plainAfter(k) != "only", w == "never":
			list = append(list, "not")
		case w == "no", w == "longer":
			list = append(list, "no longer")
		}
	}
	return list
}

// modality is how sure a modal is: what may be, what will be, what must be. Reported speech has "would" for "will".
func modality(modal string) string {
	switch modal {
	case "may", "might", "could", "can":
		return "may"
	case "will", "would", "shall":
		return "will"
	case "must", "should":
		return "must"
	}
	return modal
}

// rareWords deny nearly all.
var rareWords = lexicon.Set(`hardly barely scarcely rarely seldom`)

// governing is the verb that an infinitive's "to" at k depends on; -1 for none.
func (r *Analysis) governing(k int) int {
	for q := k - 1; q >= r.clauseStart(k); q-- {
		if r.PartOf(q) == Verbal {
			return q
		}
	}
	return -1
}

// governor is its key, "" for none.
func (r *Analysis) governor(k int) string {
	if q := r.governing(k); q >= 0 {
		return r.Units[q].Key
	}
	return ""
}

// extent is which units of its sentence belong to the clause of a verb, beside its subject.
func (r *Analysis) extent(v int, subject *phrase) (from, to int) {
	start, end := r.clauseStart(v), r.clauseEnd(v)
	from = start
	for k := v - 1; k >= start; k-- {
		if q := r.PartOf(k); q == Verbal {
			from = k + 1
			break
		}
	}
	if len(subject.units) > 0 && subject.units[0] >= from && subject.units[0] < v {
		// "In October 2021, the captains walked out": the date before the subject belongs to the clause.
		if from > start || !slices.ContainsFunc(r.Units[from:subject.units[0]], func(u Unit) bool { return u.Kind == date }) {
			from = subject.units[0]
		}
	} else if from > start {
		from = v
		for from > start && verbOrHelp(r.PartOf(from-1)) {
			from--
		}
	}
	return from, max(r.extentEnd(v, end), v+1)
}

// extentEnd is where the clause of a verb ends: where the next one begins with its subject.
func (r *Analysis) extentEnd(v, end int) int {
	for k := v + 1; k < end; k++ {
		if r.PartOf(k) != Verbal || r.sharesObject(v, k) {
			continue
		}
		next := r.subjectOf(k, 0)
		if r.plainBefore(k) == "to" {
			return k - 1
		}
		if r.ofNoun(k) || len(next.units) == 0 || next.units[0] <= v || next.missing || r.PartOf(next.units[0]) != nominal {
			return k
		}
		to := next.units[0]
		for to > v+1 && (r.PartOf(to-1) == determiner || r.PartOf(to-1) == subordinator || r.PartOf(to-1) == coordinator) {
			to--
		}
		return to
	}
	return end
}

// ofNoun reports whether the verb at k tells of the noun before it: a relative clause, or a participle.
func (r *Analysis) ofNoun(k int) bool {
	for q := k - 1; q >= r.clauseStart(k); q-- {
		switch r.PartOf(q) {
		case helping, adverbial:
			continue
		case relativizer:
			return true
		}
		return q == k-1 && r.reduced(k)
	}
	return false
}

// sharesObject reports whether the verb at k is an infinitive that belongs to the verb at v: "began to fill".
func (r *Analysis) sharesObject(v, k int) bool { return k == v+2 && r.Units[k-1].Folded == "to" }
