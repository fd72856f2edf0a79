package clause

import (
	"slices"
	"strings"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// PassiveVerb reports whether a verb is the participle of a passive: "was closed", "a petition started by".
func PassiveVerb(r *syntax.Analysis, v int) bool {
	if !syntax.PastVerb(r.Units[v].Folded) || r.Intransitive(v) {
		return false
	}
	for k := v - 1; k >= max(0, v-5) && r.Units[k].Sentence == r.Units[v].Sentence && !r.Parted(k+1); k-- {
		w := r.Units[k].Folded
		switch {
		case syntax.BeForms[strings.TrimSuffix(w, "n't")], syntax.HaveForms[w]:
			return !syntax.HaveForms[w]
		case w == "and" && k > 0 && syntax.PastVerb(r.Units[k-1].Folded) &&
			r.PartOf(k-1) == syntax.Verbal: // "was written and directed by"
			return PassiveVerb(r, k-1)
		case syntax.Coordinators[w] && neverDone(r, k+1, v): // "was planned but never made"
			return joinsPassive(r, k)
		case w == "and" && r.ByFollows(v): // "was recorded in a mill and produced by"
			return joinsPassive(r, k)
		case r.PartOf(k) != syntax.Adverbial:
			return r.ByFollows(v) && r.PartOf(k) == syntax.Nominal
		}
	}
	return r.ByFollows(v) || looseParticiple(r, v)
}

// neverDone reports whether all that stands from k to the past form v denies it, and nothing that it could be done to
// follows.
func neverDone(r *syntax.Analysis, k, v int) bool {
	after := r.PlainAfter(v)
	return k == v-1 && (r.Units[k].Folded == "never" || r.Units[k].Folded == "not") &&
		(after == "" || syntax.Prepositions[after])
}

// looseParticiple reports whether a participle stands without a form of "be": behind a mark, or at the head.
func looseParticiple(r *syntax.Analysis, v int) bool {
	return v > 0 && r.Parted(v) && ParticipleOf(r, v) || r.LeadingParticiple(v)
}

// joinsPassive reports whether the verb before an "and" at k is the participle of a passive.
func joinsPassive(r *syntax.Analysis, k int) bool {
	q := Governing(r, k)
	return q >= 0 && syntax.PastVerb(r.Units[q].Folded) && PassiveVerb(r, q)
}

// agentOf is who does it in a passive: behind "by", before the next verb.
func agentOf(r *syntax.Analysis, v int) syntax.Phrase {
	end := r.ClauseEnd(v)
	for k := v + 1; k < min(end, v+syntax.MaxClauseUnits); k++ {
		if r.PartOf(k) == syntax.Verbal &&
			!(r.PlainBefore(k) == "and" && syntax.PastVerb(r.Units[k].Folded) && r.PartOf(k-2) == syntax.Verbal) {
			break // "was written and directed by" has one agent
		}
		if r.Units[k].Folded == "by" && k+1 < end && !r.AmountAt(k+1) {
			p, _ := r.PhraseFrom(k+1, end)
			return p
		}
	}
	return syntax.Phrase{Missing: true}
}

// objectsOf are the noun phrases right behind a verb: what is done to, or what somebody is.
func objectsOf(r *syntax.Analysis, v int) []syntax.Phrase {
	const most = 3
	end := r.ClauseEnd(v)
	var list []syntax.Phrase
	k := v + 1
	for k < end && len(list) < most {
		for k < end && !r.Parted(k) &&
			(r.PartOf(k) == syntax.Adverbial || r.PartOf(k) == syntax.Helping && r.Units[k].Folded != "to") {
			k++
		}
		if k >= end || r.Parted(k) {
			break
		}
		joined := r.PartOf(k) == syntax.Coordinator && len(list) > 0
		if joined {
			k++
		}
		p, next := r.PhraseFrom(k, end)
		if p.Missing || next < end && ownClause(r, next, joined) {
			break // the subject of a clause of its own: "said the company could not pay"
		}
		if at := timeBehind(r, &p); at > 0 {
			p, next = r.PhraseOf(k, at), at
		}
		list, k = append(list, p), next
	}
	return list
}

// timeBehind is where an adverb of time begins that stands right behind a noun as though it belonged to it: "painted
// the shed last year", "paid the fine three times". 0 for none.
func timeBehind(r *syntax.Analysis, p *syntax.Phrase) int {
	last := len(p.Units) - 1
	if last < 2 || !TimeNouns[r.Units[p.Units[last]].Folded] || p.Units[last]-p.Units[last-2] != 2 {
		return 0
	}
	at := p.Units[last-1]
	if w := r.Units[at].Folded; w != "last" && w != "next" && r.Units[at].Kind != syntax.Number ||
		r.Possessive(p.Units[last-2]) {
		return 0
	}
	return at
}

// ownClause reports whether a verb at k, right behind a noun phrase, makes that the subject of another clause. Behind
// the first phrases, a participle may tell of it, and "to" begin an infinitive.
func ownClause(r *syntax.Analysis, k int, joined bool) bool {
	if r.Parted(k) || !syntax.VerbOrHelp(r.PartOf(k)) {
		return false
	}
	return joined || r.Units[k].Folded != "to" && !r.Reduced(k)
}

// participleBefore finds the participle that governs the noun phrase before a comma, as another one behind it does the
// same noun: -1 for none.
func participleBefore(r *syntax.Analysis, v int) int {
	_, from := NounPhraseEnding(r, v-1)
	q := from - 2
	if q < r.ClauseStart(v) || r.Parted(from) || r.Parted(from-1) || r.PartOf(from-1) != syntax.Preposition ||
		r.PartOf(q) != syntax.Verbal || !r.Reduced(q) {
		return -1
	}
	return q
}

// MoodOf lists what changes whether a verb's clause is so: modals, negations, infinitives, conditions.
func MoodOf(r *syntax.Analysis, v int) []string {
	var list []string
	for k := v - 1; k >= max(r.From[r.Units[v].Sentence], v-6) && !r.Parted(k+1); k-- {
		if q := r.PartOf(k); q != syntax.Helping && q != syntax.Adverbial {
			break
		}
		list = append(list, moodWord(r, k)...)
	}
	if syntax.BeForms[strings.TrimSuffix(r.Units[v].Folded, "n't")] {
		list = append(list, moodBehind(r, v)...)
	}
	slices.Sort(list)
	return list
}

// moodWord is what a helper or an adverb before a verb makes of it.
func moodWord(r *syntax.Analysis, k int) []string {
	switch w := r.Units[k].Folded; {
	case syntax.Contracted(w) || w == "not" || w == "never" || w == "cannot", w == "to" && r.PlainBefore(k) == "yet":
		return []string{"not"}
	case w == "no" || w == "longer":
		return []string{"no longer"}
	case w == "to":
		if implied, ok := impliedMood(r, k); ok {
			return implied
		}
		return []string{"to " + governor(r, k)}
	case syntax.Modals[w]:
		return []string{modality(w)}
	case w == "almost" || w == "nearly" || syntax.Hedges[w] || RareWords[w]:
		return []string{w}
	}
	return nil
}

// moodBehind lists the denials in and right behind a form of be that is the verb of its clause: "is not a model".
func moodBehind(r *syntax.Analysis, v int) []string {
	var list []string
	if syntax.Contracted(r.Units[v].Folded) {
		list = append(list, "not")
	}
	for k := v + 1; k < r.ClauseEnd(v) && !r.Parted(k) && r.PartOf(k) == syntax.Adverbial; k++ {
		switch w := r.Units[k].Folded; {
		case w == "not" && r.PlainAfter(k) != "only", w == "never":
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

// RareWords deny nearly all.
var RareWords = lexicon.Set(`hardly barely scarcely rarely seldom`)

// Governing is the verb that an infinitive's "to" at k depends on; -1 for none.
func Governing(r *syntax.Analysis, k int) int {
	for q := k - 1; q >= r.ClauseStart(k); q-- {
		if r.PartOf(q) == syntax.Verbal {
			return q
		}
	}
	return -1
}

// governor is its key, "" for none.
func governor(r *syntax.Analysis, k int) string {
	if q := Governing(r, k); q >= 0 {
		return r.Units[q].Key
	}
	return ""
}

// extent is which units of its sentence belong to the clause of a verb, beside its subject.
func extent(r *syntax.Analysis, v int, subject *syntax.Phrase) (from, to int) {
	start, end := r.ClauseStart(v), r.ClauseEnd(v)
	from = start
	for k := v - 1; k >= start; k-- {
		if q := r.PartOf(k); q == syntax.Verbal {
			from = k + 1
			break
		}
	}
	if len(subject.Units) > 0 && subject.Units[0] >= from && subject.Units[0] < v {
		// "In October 2021, the captains walked out": the date before the subject belongs to the clause.
		if from > start ||
			!slices.ContainsFunc(r.Units[from:subject.Units[0]], func(u syntax.Unit) bool { return u.Kind == syntax.Date }) {
			from = subject.Units[0]
		}
	} else if from > start {
		from = v
		for from > start && syntax.VerbOrHelp(r.PartOf(from-1)) {
			from--
		}
	}
	return from, max(extentEnd(r, v, end), v+1)
}

// extentEnd is where the clause of a verb ends: where the next one begins with its subject.
func extentEnd(r *syntax.Analysis, v, end int) int {
	for k := v + 1; k < end; k++ {
		if r.PartOf(k) != syntax.Verbal || sharesObject(r, v, k) {
			continue
		}
		next := SubjectOf(r, k, 0)
		if r.PlainBefore(k) == "to" {
			return k - 1
		}
		if r.OfNoun(k) || len(next.Units) == 0 || next.Units[0] <= v || next.Missing ||
			r.PartOf(next.Units[0]) != syntax.Nominal {
			return k
		}
		to := next.Units[0]
		for to > v+1 &&
			(r.PartOf(to-1) == syntax.Determiner || r.PartOf(to-1) == syntax.Subordinator ||
				r.PartOf(to-1) == syntax.Coordinator) {
			to--
		}
		return to
	}
	return end
}

// sharesObject reports whether the verb at k is an infinitive that belongs to the verb at v: "began to fill".
func sharesObject(r *syntax.Analysis, v, k int) bool { return k == v+2 && r.Units[k-1].Folded == "to" }

// ImpliedBy maps the stems of verbs behind which an infinitive is a fact, or is denied as one: who managed to sell
// sold, who refused to sell did not. L. Karttunen, Implicative Verbs, Language 47 (1971).
var ImpliedBy = verbsThat(map[string]bool{
	"manage force compel continue proceed happen cause": true,
	"refuse fail decline forget neglect omit":           false,
})

func verbsThat(groups map[string]bool) map[string]bool {
	all := map[string]bool{}
	for group, so := range groups {
		for verb := range syntax.Stems(group) {
			all[verb] = so
		}
	}
	return all
}

// impliedMood is the mood of an infinitive behind a verb that implies it, or implies that it is not so: the mood of
// that verb, with its own denial. ok is false where nothing is implied.
func impliedMood(r *syntax.Analysis, to int) (mood []string, ok bool) {
	q := Governing(r, to)
	if q < 0 {
		return nil, false
	}
	so, ok := ImpliedBy[r.Units[q].Key]
	if !ok {
		return nil, false
	}
	mood = MoodOf(r, q)
	if so {
		return mood, true
	}
	if k := slices.Index(mood, "not"); k >= 0 { // "did not fail to"
		return slices.Delete(mood, k, k+1), true
	}
	return append(mood, "not"), true
}

// Verb guesses whether a word is a verb with a subject and an object, by its form and what is around it.
func Verb(r *syntax.Analysis, i int) bool {
	w := r.Units[i].Folded
	if strings.HasSuffix(w, "er") && r.Folded(i+1) == "than" {
		return true
	}
	if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || syntax.PastForms[w] {
		return true
	}
	if !strings.HasSuffix(w, "s") || i+1 >= len(r.Units) || i == 0 {
		return false
	}
	return r.Units[i-1].Kind == syntax.Name &&
		(r.Units[i+1].Kind == syntax.Name || syntax.Determiners[r.Units[i+1].Folded])
}

// Passive reports whether a word is the participle of "was … by".
func Passive(r *syntax.Analysis, i int) bool { return ByWithin(r, i, 4) }

// ByWithin reports whether "by" stands less than so many units behind a word in its sentence.
func ByWithin(r *syntax.Analysis, i, reach int) bool {
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].Sentence == r.Units[i].Sentence; k++ {
		if r.Units[k].Folded == "by" {
			return true
		}
	}
	return false
}
