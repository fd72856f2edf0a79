package lexicon

import (
	"maps"
	"slices"
)

// A Cue is how strongly a verb says that quoted words beside it were spoken.
type Cue uint8

// The cues, the stronger the lower.
const (
	Reports Cue = iota + 1 // they were said
	Names                  // they are what something was called
	Hints                  // speech or thought is meant, but not always
)

var cues = map[string]Cue{"reports": Reports, "names": Names, "hints": Hints}

// A ReportingVerb is one form of a verb that reports what somebody said, wrote or thought. The traits are those that
// its list explains.
type ReportingVerb struct {
	Lemma string
	Form  Form
	Cue   Cue

	Clause, States, Asserts, Denies, Acts bool
	// Noun says that this form is one of a noun as often: "claims", but not "claimed".
	Noun bool
	// Foreign says that it is a verb of another language than English.
	Foreign bool
}

// reporting holds every form; verbs the lemmas with their traits.
var (
	reportingVerbs = readReporting()
	reportingForms = inflectReporting(reportingVerbs)
)

func readReporting() []ReportingVerb {
	var all []ReportingVerb
	for _, row := range Rows("reporting-verbs") {
		has := func(trait string) bool { return slices.Contains(row[2:], trait) }
		all = append(all, ReportingVerb{Lemma: row[0], Cue: cues[row[1]], Clause: has("clause"), States: has("states"),
			Asserts: has("asserts"), Denies: has("denies"), Acts: has("acts"), Noun: has("noun")})
	}
	return all
}

func inflectReporting(verbs []ReportingVerb) map[string]ReportingVerb {
	all := make(map[string]ReportingVerb, 5*len(verbs))
	for _, cue := range []Cue{Hints, Names, Reports} { // where two verbs share a form, the stronger cue is kept
		for _, v := range verbs {
			if v.Cue != cue {
				continue
			}
			noun := v.Noun
			forms := Inflect(v.Lemma)
			for _, form := range []Form{Base, Present, Ing, Participle, Past} { // "forecast" is the past first
				v.Form, v.Noun = form, noun && (form == Present || forms[form] == v.Lemma)
				all[forms[form]] = v
			}
		}
	}
	for _, row := range Rows("reporting-forms") {
		for _, form := range row[1:] {
			all[form] = ReportingVerb{Lemma: row[0], Form: Past, Cue: Reports, Clause: true, States: true, Foreign: true}
		}
	}
	return all
}

// Reporting returns the reporting verb of which the word, in lower case, is a form.
func Reporting(word string) (v ReportingVerb, ok bool) {
	v, ok = reportingForms[word]
	return v, ok
}

// phrases are the verbs of reporting-phrases by their forms, and the words of which one follows each.
var phrases, particlesOf = readPhrases()

func readPhrases() (map[string]ReportingVerb, map[string][]string) {
	verbs, behind := map[string]ReportingVerb{}, map[string][]string{}
	for _, row := range Rows("reporting-phrases") {
		forms := Inflect(row[0])
		for _, form := range []Form{Base, Present, Ing, Past} { // "put" is the past first
			verbs[forms[form]] = ReportingVerb{Lemma: row[0], Form: form, Cue: Reports}
		}
		behind[row[0]] = row[1:]
	}
	return verbs, behind
}

// ReportingPhrase returns the verb of which a word is a form, where it reports speech together with the word behind
// it: "went on".
func ReportingPhrase(word, behind string) (v ReportingVerb, ok bool) {
	v, ok = phrases[word]
	return v, ok && slices.Contains(particlesOf[v.Lemma], behind)
}

// ReportingWords returns all forms that Reporting and ReportingPhrase know, in no order.
func ReportingWords() []string {
	all := slices.Collect(maps.Keys(reportingForms))
	return slices.AppendSeq(all, maps.Keys(phrases))
}

// ReportingLemmas returns the English verbs that are chosen, in order.
func ReportingLemmas(chosen func(ReportingVerb) bool) []string {
	var all []string
	for _, v := range reportingVerbs {
		if chosen(v) {
			all = append(all, v.Lemma)
		}
	}
	return all
}
