package check

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// pastVerb reports whether a word is the past tense or the past participle of a verb by its form.
func pastVerb(w string) bool {
	return strings.HasSuffix(w, "ed") && len(w) > 3 && !edNouns[w] && !undone(w) || pastForms[w] || irregularPast[w]
}

// formsOf is the set of all forms of verbs, folded.
func formsOf(list string) map[string]bool {
	all := map[string]bool{}
	for verb := range strings.FieldsSeq(list) {
		all[verb] = true
		for _, form := range lexicon.Inflect(verb) {
			all[form] = true
		}
	}
	return all
}

// intransitives have no passive: "Its author, Lise Moe, worked as a nurse" is not what was done to her.
var intransitives = formsOf(`work live die arrive come go stay remain belong happen occur fall rise sleep appear
	become`)

// intransitive reports whether nothing can be done to anything by the verb.
func (r *Analysis) intransitive(v int) bool {
	return intransitives[r.Units[v].Folded] && !strings.Contains(r.of(v), " ")
}

// undone reports whether a word in -ed denies a participle and is no past form: "undamaged", but not "unveiled".
func undone(w string) bool {
	rest, ok := strings.CutPrefix(w, "un")
	return ok && len(rest) > len("used") && !unVerbs[w]
}

// unVerbs are past forms that begin so.
var unVerbs = lexicon.List("verbs-in-un")

// edNouns end like past forms and are none.
var edNouns = lexicon.List("nouns-in-ed")

// verbHere reports whether a word that may be a verb is one where it stands.
func (r *Analysis) verbHere(i int) bool {
	u := &r.Units[i]
	if u.Kind != plain && !getForms[u.Folded] {
		return false
	}
	before, after := r.plainBefore(i), r.plainAfter(i)
	listed := baseForms[u.Folded] || thirdForms[u.Folded] || ingForms[u.Folded]
	switch {
	case r.nounFollows(i, before):
		return false
	case pastVerb(u.Folded):
		return r.pastHere(i, before, after)
	case !listed:
		return before == "to" && r.unlistedVerb(i)
	case before == "to" || modals[before] || doForms[before] || contracted(before):
		return true
	case beForms[before] || haveForms[before]:
		return ingForms[u.Folded]
	case ingForms[u.Folded]:
		return false
	case particles[before] && i > 1:
		return true
	}
	return r.presentHere(i, before, after)
}

// nounFollows reports whether what stands before a unit has a noun behind it: a determiner, a possessive, a
// preposition.
func (r *Analysis) nounFollows(i int, before string) bool {
	return determiners[before] && before != "that" || before != "" && r.possessive(i-1) ||
		prepositions[before] && before != "to"
}

// pastHere tells a past form from the adjective of the same form: "the planned sale" has a noun behind it and no noun
// before.
func (r *Analysis) pastHere(i int, before, after string) bool {
	if before == "" {
		return i > r.from[r.Units[i].sentence] || after == "by" || r.leadingParticiple(i)
	}
	u := &r.Units[i-1]
	if u.Kind == plain && u.op == None && after != "" && r.Units[i+1].Kind == plain && adjectives[u.Folded] {
		return false
	}
	return true
}

// leadingParticiple reports whether a participle begins its sentence and tells of the subject behind the comma: "Born
// in Tarn, she".
func (r *Analysis) leadingParticiple(v int) bool {
	if v != r.from[r.Units[v].sentence] || !pastVerb(r.Units[v].Folded) || !prepositions[r.plainAfter(v)] {
		return false
	}
	for k := v + 1; k < r.clauseEnd(v); k++ {
		if r.parted(k) {
			return true
		}
	}
	return false
}

// adjectives stand between a determiner and a noun and are no subject: a short list of what makes the next word no
// verb.
var adjectives = lexicon.List("common-adjectives")
