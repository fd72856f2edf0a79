package syntax

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// PastVerb reports whether a word is the past tense or the past participle of a verb by its form.
func PastVerb(w string) bool {
	return strings.HasSuffix(w, "ed") && len(w) > 3 && !edNouns[w] && !undone(w) || PastForms[w] || irregularPast[w]
}

// FormsOf is the set of all forms of verbs, folded.
func FormsOf(list string) map[string]bool {
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
var intransitives = FormsOf(`work live die arrive come go stay remain belong happen occur fall rise sleep appear
	become`)

// Intransitive reports whether nothing can be done to anything by the verb.
func (r *Analysis) Intransitive(v int) bool {
	return intransitives[r.Units[v].Folded] && !strings.Contains(r.Of(v), " ")
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
	if u.Kind != Plain && !GetForms[u.Folded] {
		return false
	}
	before, after := r.PlainBefore(i), r.PlainAfter(i)
	listed := BaseForms()[u.Folded] || ThirdForms()[u.Folded] || IngForms()[u.Folded]
	switch {
	case r.nounFollows(i, before):
		return false
	case PastVerb(u.Folded):
		return r.pastHere(i, before, after)
	case !listed:
		return before == "to" && r.unlistedVerb(i)
	case before == "to" || Modals[before] || DoForms[before] || Contracted(before):
		return true
	case BeForms[before] || HaveForms[before]:
		return IngForms()[u.Folded]
	case IngForms()[u.Folded]:
		return false
	case particles[before] && i > 1:
		return true
	}
	return r.presentHere(i, before, after)
}

// nounFollows reports whether what stands before a unit has a noun behind it: a determiner, a possessive, a
// preposition.
func (r *Analysis) nounFollows(i int, before string) bool {
	return Determiners[before] && before != "that" || before != "" && r.Possessive(i-1) ||
		Prepositions[before] && before != "to"
}

// pastHere tells a past form from the adjective of the same form: "the planned sale" has a noun behind it and no noun
// before.
func (r *Analysis) pastHere(i int, before, after string) bool {
	if before == "" {
		return i > r.From[r.Units[i].Sentence] || after == "by" || r.LeadingParticiple(i)
	}
	u := &r.Units[i-1]
	if u.Kind == Plain && u.Op == None && after != "" && r.Units[i+1].Kind == Plain && adjectives[u.Folded] {
		return false
	}
	return true
}

// LeadingParticiple reports whether a participle begins its sentence and tells of the subject behind the comma: "Born
// in Tarn, she".
func (r *Analysis) LeadingParticiple(v int) bool {
	if v != r.From[r.Units[v].Sentence] || !PastVerb(r.Units[v].Folded) || !Prepositions[r.PlainAfter(v)] {
		return false
	}
	for k := v + 1; k < r.ClauseEnd(v); k++ {
		if r.Parted(k) {
			return true
		}
	}
	return false
}

// adjectives stand between a determiner and a noun and are no subject: a short list of what makes the next word no
// verb.
var adjectives = lexicon.List("common-adjectives")

// GetForms are those of get and become, which are no content words.
var GetForms = lexicon.Set("get gets got gotten become becomes became")

// Folded is the folded word of a unit, "" where there is none.
func (r *Analysis) Folded(i int) string {
	if i < 0 || i >= len(r.Units) {
		return ""
	}
	return r.Units[i].Folded
}

// PastForms of irregular verbs that people and states do to each other (Quirk et al., section 3.11 ff).
var PastForms = lexicon.List("past-forms-of-acts")
