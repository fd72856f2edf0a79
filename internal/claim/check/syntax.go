package check

import (
	_ "embed"
	"strings"
	"sync"

	"pilcrow/internal/lexicon"
)

// A part is the part of speech of a unit, as far as a shallow clause analysis needs it.
type part uint8

// The parts of speech.
const (
	nominal      part = iota // noun, adjective, name, number, date: what noun phrases are made of
	determiner               // and possessive pronouns
	preposition              // before a noun phrase
	helping                  // be, have, do and the modals, with another verb
	Verbal                   // the verb of a clause
	adverbial                // negations, particles and adverbs
	coordinator              // and, or, but
	subordinator             // that, because; also before a clause that has no subject of its own
	relativizer              // who, which, that after a noun
	pronominal               // he, it, they
)

//go:embed verbs.txt
var verbsFile string

// listedVerbs are the forms of the verbs of verbs.txt.
var listedVerbs = inflectListed()

func inflectListed() (all []lexicon.Forms) {
	for line := range strings.Lines(verbsFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			all = append(all, lexicon.Inflect(w))
		}
	}
	return all
}

func listedForms(form lexicon.Form) map[string]bool {
	all := make(map[string]bool, len(listedVerbs))
	for k := range listedVerbs {
		all[listedVerbs[k][form]] = true
	}
	return all
}

// baseForms are the infinitives of the listed verbs.
var baseForms = listedForms(lexicon.Base)

// thirdForms are those with an s.
var thirdForms = listedForms(lexicon.Present)

// ingForms are those in ing.
var ingForms = listedForms(lexicon.Ing)

// irregularPast are the past forms and participles of all irregular verbs.
var irregularPast = func() map[string]bool {
	past := lexicon.Set("born")
	for _, v := range lexicon.IrregularVerbs() {
		past[v.Past], past[v.Participle] = true, true
	}
	return past
}()

// Closed classes of words.
var (
	prepositions = lexicon.Set(`of in from for with by at on to into onto under over between against near among amongst
		through
		throughout within without about as than like per via upon toward towards despite regarding across behind beyond
		outside inside along during above below beside besides amid off unlike concerning following including around
		opposite starring featuring`)
	// eitherPrepositions stand before noun phrases and clauses.
	eitherPrepositions = lexicon.Set(`after before since until till`)
	subordinators      = lexicon.Set(`because while although though since when where if unless whereas whether why how
		once so`)
	relatives3 = lexicon.Set(`who which whom whose that`)
	haveForms  = lexicon.Set(`has have had having`)
	doForms    = lexicon.Set(`do does did`)
	modals     = lexicon.Set(`will would can could may might must shall should wont wouldn't can't cannot
		couldn't won't`)
	particles = lexicon.Set(`ahead not never no still also already only even just then thus therefore however
		again
		together back away out up down off once nearly almost soon now here there later earlier too very so ever always often
		rarely seldom hardly barely scarcely first longer yet first finally otherwise previously formerly reportedly
		allegedly apparently probably likely possibly perhaps maybe merely solely apart`)
	subjectPronouns = lexicon.Set(`he she it they we i you who this these those him them nobody none everyone everybody
		nothing`)
)

// contracted reports whether a word is an helping with its "not": "didn't".
func contracted(w string) bool { return strings.HasSuffix(w, "n't") }

// plainBefore is the folded word before a unit, "" at the beginning of its sentence and behind a mark that parts
// clauses.
func (r *Analysis) plainBefore(i int) string {
	if i == 0 || r.Units[i-1].sentence != r.Units[i].sentence || r.parted(i) {
		return ""
	}
	return r.Units[i-1].Folded
}

// plainAfter is the folded word behind a unit, "" at the end of its sentence and before a mark that parts clauses.
func (r *Analysis) plainAfter(i int) string {
	if i+1 >= len(r.Units) || r.Units[i+1].sentence != r.Units[i].sentence || r.parted(i+1) {
		return ""
	}
	return r.Units[i+1].Folded
}

// parted reports whether a mark stands before a unit: a comma, a bracket, a dash.
func (r *Analysis) parted(i int) bool {
	if i == 0 {
		return false
	}
	between := r.Text[r.Units[i-1].End:r.Units[i].Start]
	if r.Units[i-1].title || r.Units[i].title {
		between = withoutMarks.Replace(between)
	}
	return breaks(between) || strings.ContainsAny(between, "[]")
}

// bracketed reports whether what ends before the unit i stands in brackets, and where they open: at is the first unit
// in them.
func (r *Analysis) bracketed(i int) (at int, ok bool) {
	if i == 0 || i > len(r.Units) || i == len(r.Units) ||
		!strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ")]") {
		return 0, false
	}
	for k := i - 1; k > max(r.from[r.Units[i].sentence], i-maxClauseUnits); k-- {
		if strings.ContainsAny(r.Text[r.Units[k-1].End:r.Units[k].Start], "([") {
			return k, true
		}
	}
	return 0, false
}

// possessive reports whether a unit ends in an apostrophe and an s: "the company's".
func (r *Analysis) possessive(i int) bool {
	raw := r.of(i)
	if strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "’s") {
		return true
	}
	after := r.Text[r.Units[i].End:]
	return strings.HasSuffix(raw, "s") && (strings.HasPrefix(after, "' ") || strings.HasPrefix(after, "’ ")) ||
		strings.HasPrefix(after, "'s ") || strings.HasPrefix(after, "’s ")
}

// PartOf tells the part of speech of a unit. All of a text are told when the first is asked for.
func (r *Analysis) PartOf(i int) part {
	r.speech.once.Do(func() {
		r.speech.parts = make([]part, len(r.Units))
		for k := range r.Units {
			r.speech.parts[k] = r.tellPart(k)
		}
	})
	return r.speech.parts[i]
}

// partsOfSpeech are those of a text's units.
type partsOfSpeech struct {
	once  sync.Once
	parts []part
}

// tellPart tells the part of speech of a unit from the word and its neighbors.
func (r *Analysis) tellPart(i int) part {
	u := &r.Units[i]
	w := u.Folded
	switch {
	case u.Kind == Name || u.Kind == number || u.Kind == date, w == "a" && r.letterA(i):
		return nominal
	case w == "to" && r.infinitive(i):
		return helping
	case r.boundsNumber(i), w == "no" && r.plainAfter(i) == "longer":
		return adverbial
	case relatives3[w]:
		return r.relativePart(i)
	case determiners[w] || quantifying[w]:
		if pronouns[w] && !r.nominalAfter(i) {
			return pronominal
		}
		return determiner
	case eitherPrepositions[w] || prepositions[w]:
		return r.prepositionPart(i)
	case coordinators[w]:
		return coordinator
	case subordinators[w]:
		return subordinator
	case subjectPronouns[w]:
		return pronominal
	}
	return r.verbPart(i)
}

// quantifying words stand before nouns, as determiners do.
var quantifying = lexicon.Set("each both every another no")

// coordinators join words and clauses.
var coordinators = lexicon.Set("and or but")

// prepositionPart tells a preposition from a conjunction and an adverb of the same form.
func (r *Analysis) prepositionPart(i int) part {
	w := r.Units[i].Folded
	switch {
	case eitherPrepositions[w] && r.clauseAfter(i):
		return subordinator
	case w == "off" || w == "over" && r.plainAfter(i) == "":
		return adverbial
	}
	return preposition
}

// letterA reports whether an "A" is part of a name: "Easy A", "Group A".
func (r *Analysis) letterA(i int) bool {
	return r.of(i) == "A" && i > r.from[r.Units[i].sentence] && r.plainBefore(i) != "" && !r.nominalAfter(i)
}

// boundsNumber reports whether a word bounds the number behind it: "at least 300", "more than 60".
func (r *Analysis) boundsNumber(i int) bool {
	for k := i + 1; k <= i+2 && k < len(r.Units); k++ {
		if q := r.Units[k].quantity; q != nil {
			return r.boundFrom(k) <= i
		}
	}
	return false
}

// verbPart tells verbs from adverbs and nouns.
func (r *Analysis) verbPart(i int) part {
	w := r.Units[i].Folded
	switch {
	case beForms[w] || haveForms[w] || doForms[w] || modals[w] || contracted(w):
		if r.mainVerb(i) {
			return Verbal
		}
		return helping
	case particles[w] || strings.HasSuffix(w, "ly") && len(w) > 5:
		return adverbial
	case r.verbHere(i):
		return Verbal
	case undone(w) && strings.HasSuffix(w, "ed") && r.nominalBefore(i) &&
		(r.plainAfter(i) == "" || prepositions[r.plainAfter(i)]):
		return adverbial // "survived both wars undamaged"
	case r.Units[i].Kind == light && !nominalLight[w]:
		return adverbial
	}
	return nominal
}

// nominalBefore reports whether a noun stands before a unit with nothing between.
func (r *Analysis) nominalBefore(i int) bool {
	return r.plainBefore(i) != "" && (r.Units[i-1].Kind == plain || r.Units[i-1].Kind == Name) &&
		!pastVerb(r.Units[i-1].Folded) &&
		!baseForms[r.Units[i-1].Folded]
}

// nominalLight are words that say little and still stand in noun phrases.
var nominalLight = lexicon.Set(`one ones other others another own such something anything someone somebody anyone
	anybody
	each either both themselves itself himself herself`)

// relativePart tells "who" and "which" after a noun from "that" before a clause.
func (r *Analysis) relativePart(i int) part {
	w := r.Units[i].Folded
	if w != "that" {
		return relativizer
	}
	if i+1 < len(r.Units) && r.Units[i+1].sentence == r.Units[i].sentence {
		next := r.Units[i+1].Folded
		if beForms[next] || haveForms[next] || doForms[next] || modals[next] || contracted(next) || pastVerb(next) ||
			thirdForms[next] && r.objectAt(i+2) {
			return relativizer
		}
	}
	return subordinator
}

// objectAt reports whether what stands at a unit begins an object: "that calls for a limit", "that bears a name".
func (r *Analysis) objectAt(i int) bool {
	if i >= len(r.Units) || r.Units[i].sentence != r.Units[i-2].sentence || r.parted(i) {
		return false
	}
	w := r.Units[i].Folded
	return determiners[w] || prepositions[w] || r.Units[i].Kind == number
}

// infinitive reports whether "to" stands before the base form of a verb.
func (r *Analysis) infinitive(i int) bool {
	if i+1 >= len(r.Units) || r.Units[i+1].sentence != r.Units[i].sentence {
		return false
	}
	v := &r.Units[i+1]
	return v.Kind != Name && (v.Folded == "be" || v.Folded == "have" || v.Folded == "do" ||
		v.Kind == plain && (baseForms[v.Folded] || r.unlistedVerb(i+1)))
}

// unlistedVerb reports whether a word behind "to" is a verb by what follows: "to shorten the stage". A noun would have
// its own determiner before it.
func (r *Analysis) unlistedVerb(i int) bool {
	w, after := r.Units[i].Folded, r.plainAfter(i)
	return r.plainBefore(i) == "to" && r.Units[i].op == None &&
		!strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ing") &&
		(determiners[after] && after != "that" && after != "this" || objectPronouns[after])
}

var objectPronouns = lexicon.Set("him them her it me us")

// nominalAfter reports whether a word that a determiner may stand before follows.
func (r *Analysis) nominalAfter(i int) bool {
	w := r.plainAfter(i)
	return w != "" && (r.Units[i+1].Kind != light || w == "own" || w == "other") && !pastVerb(w)
}

// clauseAfter reports whether a clause follows with its own verb, not a noun phrase: "after the board cut wages".
func (r *Analysis) clauseAfter(i int) bool {
	const reach = 7
	if subjectPronouns[r.plainAfter(i)] && r.plainAfter(i) != "this" {
		return true
	}
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].sentence == r.Units[i].sentence && !r.parted(k); k++ {
		w := r.Units[k].Folded
		if r.Units[k].Kind == plain && pastVerb(w) && k > i+1 && !determiners[r.Units[k-1].Folded] || k > i+1 && beForms[w] {
			return true
		}
	}
	return false
}

// mainVerb reports whether a form of be, have or do is the verb of its clause: no other verb follows that it helps.
func (r *Analysis) mainVerb(i int) bool {
	w := r.Units[i].Folded
	if modals[w] || contracted(w) && !beForms[strings.TrimSuffix(w, "n't")] {
		return false
	}
	if doForms[w] {
		next := r.plainAfter(i)
		return next == "so" || determiners[next]
	}
	for k := i + 1; k < min(len(r.Units), i+4) && r.Units[k].sentence == r.Units[i].sentence && !r.parted(k); k++ {
		v := &r.Units[k]
		switch {
		case particles[v.Folded] || strings.HasSuffix(v.Folded, "ly") && v.Kind == plain:
			continue
		case v.Kind == plain && pastVerb(v.Folded), beForms[v.Folded], haveForms[v.Folded] && beForms[w]:
			return false
		case v.Kind == plain && ingForms[v.Folded] && beForms[w]:
			return false
		case v.Folded == "to" && r.infinitive(k): // "is to be", "has to"
			return false
		}
		return true
	}
	return true
}
