package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// What a verb says of quoted words beside it, and its forms, in short.
const (
	reports = lexicon.Reports
	names   = lexicon.Names
	hints   = lexicon.Hints

	base    = lexicon.Base
	present = lexicon.Present
	past    = lexicon.Past
	ing     = lexicon.Ing
)

// verbOf returns the reporting verb of which the word is a form; the zero one for any other word.
func verbOf(word string) lexicon.ReportingVerb {
	v, _ := lexicon.Reporting(word)
	return v
}

// reportingAt returns the reporting verb at a token, with how many words it has: "said", or beside a quotation "went
// on".
func reportingAt(tokens []token, v, a, b int) (f lexicon.ReportingVerb, words int, ok bool) {
	if v+1 < b {
		if f, ok := lexicon.ReportingPhrase(tokens[v].lower, tokens[v+1].lower); ok && besideQuotation(tokens, v, a, b) {
			return f, 2, true
		}
	}
	f, ok = lexicon.Reporting(tokens[v].lower)
	return f, 1, ok
}

// besideQuotation reports whether a quotation stands close to the phrase at v, on either side.
func besideQuotation(tokens []token, v, a, b int) bool {
	const most = 7 // words between: "as the oldest of the millers put it"
	for k := v - 1; k >= a && k >= v-most; k-- {
		if tokens[k].kind == quoted {
			return true
		}
	}
	for k := v + 2; k < b && k <= v+most; k++ {
		if tokens[k].kind == quoted {
			return true
		}
	}
	return false
}

// Words that may stand between a subject and its verb, or between a verb and its inverted subject.
var (
	auxiliaries = lexicon.List("auxiliaries")
	adverbs     = lexicon.List("reporting-adverbs")
	// calendarWords are the days and months, which have capitals and are no names.
	calendarWords = lexicon.Union(lexicon.English(lexicon.Weekdays(), true), lexicon.English(lexicon.Months(), true))
	timeWords     = lexicon.Set(`day days week weeks weekend month months year years morning afternoon evening
		night hours hour minutes minute noon midnight last next this that same day early late recent the a an few several
		two three in on at during before after by of from and`)
)

func isAdverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "reply" && w != "family" && w != "ally" &&
		w != "italy"
}

// verbForms are the past forms of irregular verbs.
var verbForms = func() map[string]bool {
	set := map[string]bool{}
	for _, v := range lexicon.IrregularVerbs() {
		set[v.Past] = true
	}
	return set
}()

// maybeVerb reports whether no noun group goes on at k: a verb is there, or what else ends one.
func (c *chunker) maybeVerb(k int) bool {
	t := c.at(k)
	f := verbOf(t.lower)
	ends := relatives[t.lower] || auxiliaries[t.lower] || prepositions[t.lower]
	verb := verbForms[t.lower] || f.Lemma != "" && f.Form == past || strings.HasSuffix(t.lower, "ed")
	return (ends || verb)
}
