package quote

import "strings"

// A cue is how strongly a verb says that somebody speaks.
type cue uint8

const (
	reports cue = iota + 1 // what follows or stands before is what was said: say, tell, add
	names                  // what follows is what something was called: call, describe, dub
	hints                  // speech or thought is meant, but not always: accuse, praise, promise, cite
)

// verbForms maps every form of the verbs of the lists to what it is.
var verbForms = inflect(map[cue][]string{reports: lists["reporting"], names: lists["naming"], hints: lists["hinting"]})

// A verbForm is one form of a reporting verb.
type verbForm struct {
	lemma string
	cue   cue
	form  form
}

type form uint8

const (
	base       form = iota // say
	present                // says
	past                   // said: also the participle, if it has the same form
	participle             // spoken
	ing                    // saying
)

func inflect(verbs map[cue][]string) map[string]verbForm {
	forms := make(map[string]verbForm, 1500)
	for _, c := range []cue{hints, names, reports} { // the stronger reading overwrites
		for _, entry := range verbs[c] {
			parts := strings.Split(entry, ":")
			lemma := parts[0]
			put := func(f form, s string) { forms[s] = verbForm{lemma, c, f} }
			put(base, lemma)
			put(present, thirdPerson(lemma))
			put(ing, ingForm(lemma))
			switch len(parts) {
			case 1:
				put(past, pastForm(lemma))
			case 2:
				put(past, parts[1])
			default:
				put(participle, parts[2])
				put(past, parts[1])
			}
		}
	}
	for _, f := range []struct{ past, lemma string }{ // other languages of the marks: French, German, Spanish
		{"dit déclaré affirmé expliqué ajouté répondu estimé souligné lancé indiqué précisé assuré confié raconté écrit", "dire"},
		{"sagt sagte meinte erklärte betonte schrieb fragte antwortete warnte forderte kritisierte rief ergänzte versicherte", "sagen"},
		{"dijo afirmó señaló explicó añadió aseguró declaró respondió indicó", "decir"},
	} {
		for w := range strings.FieldsSeq(f.past) {
			forms[w] = verbForm{f.lemma, reports, past}
		}
	}
	return forms
}

// doubled are verbs that double their last letter.
var doubled = wordSet("admit quip blog brag chat sob sum plan submit commit tut refer tip beg begin")

func thirdPerson(v string) string {
	switch {
	case strings.HasSuffix(v, "y") && !strings.HasSuffix(v, "ay") && !strings.HasSuffix(v, "ey"):
		return strings.TrimSuffix(v, "y") + "ies"
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"):
		return v + "es"
	}
	return v + "s"
}

func pastForm(v string) string {
	switch {
	case strings.HasSuffix(v, "e"):
		return v + "d"
	case strings.HasSuffix(v, "y") && !strings.HasSuffix(v, "ay") && !strings.HasSuffix(v, "ey"):
		return strings.TrimSuffix(v, "y") + "ied"
	case doubled[v]:
		return v + v[len(v)-1:] + "ed"
	}
	return v + "ed"
}

func ingForm(v string) string {
	switch {
	case strings.HasSuffix(v, "ie"):
		return strings.TrimSuffix(v, "ie") + "ying"
	case strings.HasSuffix(v, "e") && !strings.HasSuffix(v, "ee"):
		return strings.TrimSuffix(v, "e") + "ing"
	case doubled[v]:
		return v + v[len(v)-1:] + "ing"
	}
	return v + "ing"
}

// Words that may stand between a subject and its verb, or between a verb and its inverted subject.
var (
	auxiliaries = wordSet(`has have had was is were are be been being will would could should may might must can did does do cannot 'd 've 's
		hasn't haven't didn't doesn't won't wouldn't couldn't a ont avait hat haben hatte ha han reportedly`)
	adverbs = wordSet(`also later then again once now still earlier recently previously today yesterday tonight tomorrow never always often
		sometimes simply merely even just only already however though meanwhile instead too himself herself itself themselves once
		first twice ago soon afterward afterwards thus both all each not n't famously flatly so online onstage`)
	weekdays = wordSet(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
		october november december jan feb mar apr jun jul aug sep sept oct nov dec`)
	timeWords = wordSet(`day days week weeks weekend month months year years morning afternoon evening night hours hour minutes minute noon
		midnight last next this that same day early late recent the a an few several two three in on at during before after by of from and`)
)

func isAdverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "reply" && w != "family" && w != "ally" && w != "italy"
}
