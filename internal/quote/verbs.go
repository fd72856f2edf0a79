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

// Words that may stand between a subject and its verb, or between a verb and its inverted subject.
var (
	auxiliaries = lexicon.List("auxiliaries")
	adverbs     = lexicon.List("reporting-adverbs")
	// calendarWords are the days and months, which have capitals and are no names.
	calendarWords = lexicon.Union(lexicon.English(lexicon.Weekdays(), true), lexicon.English(lexicon.Months(), true))
	timeWords     = lexicon.Set(`day days week weeks weekend month months year years morning afternoon evening night hours hour minutes minute noon
		midnight last next this that same day early late recent the a an few several two three in on at during before after by of from and`)
)

func isAdverb(w string) bool {
	return adverbs[w] || len(w) > 4 && strings.HasSuffix(w, "ly") && w != "reply" && w != "family" && w != "ally" &&
		w != "italy"
}
