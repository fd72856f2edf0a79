package syntax

import (
	_ "embed"
	"strings"
	"sync"

	"pilcrow/internal/lexicon"
)

// A Part is the part of speech of a unit, as far as a shallow clause analysis needs it.
type Part uint8

// The parts of speech.
const (
	Nominal      Part = iota // noun, adjective, name, number, date: what noun phrases are made of
	Determiner               // and possessive pronouns
	Preposition              // before a noun phrase
	Helping                  // be, have, do and the modals, with another verb
	Verbal                   // the verb of a clause
	Adverbial                // negations, particles and adverbs
	Coordinator              // and, or, but
	Subordinator             // that, because; also before a clause that has no subject of its own
	Relativizer              // who, which, that after a noun
	Pronominal               // he, it, they
)

//go:embed verbs.txt
var verbsFile string

// listedVerbs are the forms of the verbs of verbs.txt.
var listedVerbs = sync.OnceValue(func() (all []lexicon.Forms) {
	for line := range strings.Lines(verbsFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			all = append(all, lexicon.Inflect(w))
		}
	}
	return all
})

// listedForms gives one form of all listed verbs, made when the first is asked for.
func listedForms(form lexicon.Form) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := make(map[string]bool, len(listedVerbs()))
		for _, forms := range listedVerbs() {
			all[forms[form]] = true
		}
		return all
	})
}

// BaseForms are the infinitives of the listed verbs.
var BaseForms = listedForms(lexicon.Base)

// ThirdForms are those with an s.
var ThirdForms = listedForms(lexicon.Present)

// IngForms are those in ing.
var IngForms = listedForms(lexicon.Ing)

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
	Prepositions = lexicon.Set(`of in from for with by at on to into onto under over between against near among amongst
		through
		throughout within without about as than like per via upon toward towards despite regarding across behind beyond
		outside inside along during above below beside besides amid off unlike concerning following including around
		opposite starring featuring`)
	// eitherPrepositions stand before noun phrases and clauses.
	eitherPrepositions = lexicon.Set(`after before since until till`)
	subordinators      = lexicon.Set(`because while although though since when where if unless whereas whether why how
		once so`)
	relatives3 = lexicon.Set(`who which whom whose that`)
	HaveForms  = lexicon.Set(`has have had having`)
	DoForms    = lexicon.Set(`do does did`)
	Modals     = lexicon.Set(`will would can could may might must shall should wont wouldn't can't cannot
		couldn't won't`)
	particles = lexicon.Set(`ahead not never no still also already only even just then thus therefore however
		again
		together back away out up down off once nearly almost soon now here there later earlier too very so ever always often
		rarely seldom hardly barely scarcely first longer yet first finally otherwise previously formerly reportedly
		allegedly apparently probably likely possibly perhaps maybe merely solely apart`)
	subjectPronouns = lexicon.Set(`he she it they we i you who this these those him them nobody none everyone everybody
		nothing`)
)

// Contracted reports whether a word is an helping with its "not": "didn't".
func Contracted(w string) bool { return strings.HasSuffix(w, "n't") }

// PlainBefore is the folded word before a unit, "" at the beginning of its sentence and behind a mark that parts
// clauses.
func (r *Analysis) PlainBefore(i int) string {
	if i == 0 || r.Units[i-1].Sentence != r.Units[i].Sentence || r.Parted(i) {
		return ""
	}
	return r.Units[i-1].Folded
}

// PlainAfter is the folded word behind a unit, "" at the end of its sentence and before a mark that parts clauses.
func (r *Analysis) PlainAfter(i int) string {
	if i+1 >= len(r.Units) || r.Units[i+1].Sentence != r.Units[i].Sentence || r.Parted(i+1) {
		return ""
	}
	return r.Units[i+1].Folded
}

// Parted reports whether a mark stands before a unit: a comma, a bracket, a dash.
func (r *Analysis) Parted(i int) bool {
	if i == 0 {
		return false
	}
	between := r.Text[r.Units[i-1].End:r.Units[i].Start]
	if r.Units[i-1].Title || r.Units[i].Title {
		between = withoutMarks.Replace(between)
	}
	return Breaks(between) || strings.ContainsAny(between, "[]")
}

// Bracketed reports whether what ends before the unit i stands in brackets, and where they open: at is the first unit
// in them.
func (r *Analysis) Bracketed(i int) (at int, ok bool) {
	if i == 0 || i > len(r.Units) || i == len(r.Units) ||
		!strings.ContainsAny(r.Text[r.Units[i-1].End:r.Units[i].Start], ")]") {
		return 0, false
	}
	for k := i - 1; k > max(r.From[r.Units[i].Sentence], i-MaxClauseUnits); k-- {
		if strings.ContainsAny(r.Text[r.Units[k-1].End:r.Units[k].Start], "([") {
			return k, true
		}
	}
	return 0, false
}

// Possessive reports whether a unit ends in an apostrophe and an s: "the company's".
func (r *Analysis) Possessive(i int) bool {
	raw := r.Of(i)
	if strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "’s") {
		return true
	}
	after := r.Text[r.Units[i].End:]
	return strings.HasSuffix(raw, "s") && (strings.HasPrefix(after, "' ") || strings.HasPrefix(after, "’ ")) ||
		strings.HasPrefix(after, "'s ") || strings.HasPrefix(after, "’s ")
}

// PartOf tells the part of speech of a unit. All of a text are told when the first is asked for.
func (r *Analysis) PartOf(i int) Part {
	r.speech.once.Do(func() {
		r.speech.parts = make([]Part, len(r.Units))
		for k := range r.Units {
			r.speech.parts[k] = r.tellPart(k)
		}
	})
	return r.speech.parts[i]
}

// partsOfSpeech are those of a text's units.
type partsOfSpeech struct {
	once  sync.Once
	parts []Part
}

// tellPart tells the part of speech of a unit from the word and its neighbors.
func (r *Analysis) tellPart(i int) Part {
	u := &r.Units[i]
	w := u.Folded
	switch {
	case u.Kind == Name || u.Kind == Number || u.Kind == Date, w == "a" && r.letterA(i):
		return Nominal
	case w == "to" && r.infinitive(i):
		return Helping
	case r.boundsNumber(i), w == "no" && r.PlainAfter(i) == "longer":
		return Adverbial
	case relatives3[w]:
		return r.relativePart(i)
	case Determiners[w] || quantifying[w]:
		if Pronouns[w] && !r.nominalAfter(i) {
			return Pronominal
		}
		return Determiner
	case eitherPrepositions[w] || Prepositions[w]:
		return r.prepositionPart(i)
	case Coordinators[w]:
		return Coordinator
	case subordinators[w]:
		return Subordinator
	case subjectPronouns[w]:
		return Pronominal
	}
	return r.verbPart(i)
}

// quantifying words stand before nouns, as determiners do.
var quantifying = lexicon.Set("each both every another no")

// Coordinators join words and clauses.
var Coordinators = lexicon.Set("and or but")

// prepositionPart tells a preposition from a conjunction and an adverb of the same form.
func (r *Analysis) prepositionPart(i int) Part {
	w := r.Units[i].Folded
	switch {
	case eitherPrepositions[w] && r.clauseAfter(i):
		return Subordinator
	case w == "off" || w == "over" && r.PlainAfter(i) == "":
		return Adverbial
	}
	return Preposition
}

// letterA reports whether an "A" is part of a name: "Easy A", "Group A".
func (r *Analysis) letterA(i int) bool {
	return r.Of(i) == "A" && i > r.From[r.Units[i].Sentence] && r.PlainBefore(i) != "" && !r.nominalAfter(i)
}

// boundsNumber reports whether a word bounds the number behind it: "at least 300", "more than 60".
func (r *Analysis) boundsNumber(i int) bool {
	for k := i + 1; k <= i+2 && k < len(r.Units); k++ {
		if q := r.Units[k].Quantity; q != nil {
			return r.BoundFrom(k) <= i
		}
	}
	return false
}

// verbPart tells verbs from adverbs and nouns.
func (r *Analysis) verbPart(i int) Part {
	w := r.Units[i].Folded
	switch {
	case BeForms[w] || HaveForms[w] || DoForms[w] || Modals[w] || Contracted(w):
		if r.mainVerb(i) {
			return Verbal
		}
		return Helping
	case particles[w] || strings.HasSuffix(w, "ly") && len(w) > 5:
		return Adverbial
	case r.verbHere(i):
		return Verbal
	case undone(w) && strings.HasSuffix(w, "ed") && r.nominalBefore(i) &&
		(r.PlainAfter(i) == "" || Prepositions[r.PlainAfter(i)]):
		return Adverbial // "survived both wars undamaged"
	case r.Units[i].Kind == Light && !nominalLight[w]:
		return Adverbial
	}
	return Nominal
}

// nominalBefore reports whether a noun stands before a unit with nothing between.
func (r *Analysis) nominalBefore(i int) bool {
	return r.PlainBefore(i) != "" && (r.Units[i-1].Kind == Plain || r.Units[i-1].Kind == Name) &&
		!PastVerb(r.Units[i-1].Folded) &&
		!BaseForms()[r.Units[i-1].Folded]
}

// nominalLight are words that say little and still stand in noun phrases.
var nominalLight = lexicon.Set(`one ones other others another own such something anything someone somebody anyone
	anybody
	each either both themselves itself himself herself`)

// relativePart tells "who" and "which" after a noun from "that" before a clause.
func (r *Analysis) relativePart(i int) Part {
	w := r.Units[i].Folded
	if w != "that" {
		return Relativizer
	}
	if i+1 < len(r.Units) && r.Units[i+1].Sentence == r.Units[i].Sentence {
		next := r.Units[i+1].Folded
		if BeForms[next] || HaveForms[next] || DoForms[next] || Modals[next] || Contracted(next) || PastVerb(next) ||
			ThirdForms()[next] && r.objectAt(i+2) {
			return Relativizer
		}
	}
	return Subordinator
}

// objectAt reports whether what stands at a unit begins an object: "that calls for a limit", "that bears a name".
func (r *Analysis) objectAt(i int) bool {
	if i >= len(r.Units) || r.Units[i].Sentence != r.Units[i-2].Sentence || r.Parted(i) {
		return false
	}
	w := r.Units[i].Folded
	return Determiners[w] || Prepositions[w] || r.Units[i].Kind == Number
}

// infinitive reports whether "to" stands before the base form of a verb.
func (r *Analysis) infinitive(i int) bool {
	if i+1 >= len(r.Units) || r.Units[i+1].Sentence != r.Units[i].Sentence {
		return false
	}
	v := &r.Units[i+1]
	return v.Kind != Name && (v.Folded == "be" || v.Folded == "have" || v.Folded == "do" ||
		v.Kind == Plain && (BaseForms()[v.Folded] || r.unlistedVerb(i+1)))
}

// unlistedVerb reports whether a word behind "to" is a verb by what follows: "to shorten the stage". A noun would have
// its own determiner before it.
func (r *Analysis) unlistedVerb(i int) bool {
	w, after := r.Units[i].Folded, r.PlainAfter(i)
	return r.PlainBefore(i) == "to" && r.Units[i].Op == None &&
		!strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ing") &&
		(Determiners[after] && after != "that" && after != "this" || objectPronouns[after])
}

var objectPronouns = lexicon.Set("him them her it me us")

// nominalAfter reports whether a word that a determiner may stand before follows.
func (r *Analysis) nominalAfter(i int) bool {
	w := r.PlainAfter(i)
	return w != "" && (r.Units[i+1].Kind != Light || w == "own" || w == "other") && !PastVerb(w)
}

// clauseAfter reports whether a clause follows with its own verb, not a noun phrase: "after the board cut wages".
func (r *Analysis) clauseAfter(i int) bool {
	const reach = 7
	if subjectPronouns[r.PlainAfter(i)] && r.PlainAfter(i) != "this" {
		return true
	}
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].Sentence == r.Units[i].Sentence && !r.Parted(k); k++ {
		w := r.Units[k].Folded
		if r.Units[k].Kind == Plain && PastVerb(w) && k > i+1 && !Determiners[r.Units[k-1].Folded] || k > i+1 && BeForms[w] {
			return true
		}
	}
	return false
}

// mainVerb reports whether a form of be, have or do is the verb of its clause: no other verb follows that it helps.
func (r *Analysis) mainVerb(i int) bool {
	w := r.Units[i].Folded
	if Modals[w] || Contracted(w) && !BeForms[strings.TrimSuffix(w, "n't")] {
		return false
	}
	if DoForms[w] {
		next := r.PlainAfter(i)
		return next == "so" || Determiners[next]
	}
	for k := i + 1; k < min(len(r.Units), i+4) && r.Units[k].Sentence == r.Units[i].Sentence && !r.Parted(k); k++ {
		v := &r.Units[k]
		switch {
		case particles[v.Folded] || strings.HasSuffix(v.Folded, "ly") && v.Kind == Plain:
			continue
		case v.Kind == Plain && PastVerb(v.Folded), BeForms[v.Folded], HaveForms[v.Folded] && BeForms[w]:
			return false
		case v.Kind == Plain && IngForms()[v.Folded] && BeForms[w]:
			return false
		case v.Folded == "to" && r.infinitive(k): // "is to be", "has to"
			return false
		}
		return true
	}
	return true
}
