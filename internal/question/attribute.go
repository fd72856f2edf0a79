package question

import (
	"regexp"
	"slices"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// An attribute is a property that is asked for by a word of its own, and that a text can state in a few ways only. A
// passage with none of them does not tell it, whatever else it shares with the question.
type attribute struct {
	asked  map[string]bool // the words that ask for it: "nationality", and not "national", which has its stem
	how    map[string]bool // stems of the adjectives and adverbs that ask for it behind "how", of the nouns behind "what"
	stated *regexp.Regexp  // the ways of stating it
	unit   *regexp.Regexp  // of a measure; nil for none
	of     map[string]bool // stems of the things that have it; nil for any
}

// ofOnly is the attribute where the question names one of these things.
func (a attribute) ofOnly(things string) attribute {
	a.of = map[string]bool{}
	for w := range lexicon.Set(things) {
		a.of[words.Stem(w)] = true
	}
	return a
}

// fits reports whether the question names a thing that has the attribute.
func (a attribute) fits(q Question) bool {
	return a.of == nil || slices.ContainsFunc(q.Stems, func(s string) bool { return a.of[s] })
}

// attributes are the ones that lexicons of question types agree on (Li and Roth, Learning Question Classifiers, 2002:
// the fine classes of number and person), as far as their statements can be told by their words.
var attributes = slices.Concat([]attribute{
	newAttribute("born birth births birthday birthplace birthdate", "",
		`\b(born|birth|native of)\b|\(\s*[^)]{0,40}\b1\d{3}\b`),
	newAttribute("cost costs price prices expensive salary salaries budget budgets", "expensive cheap pricey costly",
		`[$€£¥₹]|\b(`+moneyUnits+`|million|billion|money|paid|pays?|free of charge|(?:is|are|was|were|for) free|price|`+
			`expensive|cheap)\b|\bcosts?\b[^.;:]{0,20}\d|\b\d+\.\d\d\b`),
	newAttribute("population inhabitants", "populous",
		`\b(population|inhabitants|residents|people|citizens|inhabited|populous)\b`),
	newAttribute("percentage percentages percent proportion", "",
		`%|\bper ?cent\b|\b(half|thirds?|quarters?|fifths?|tenths?|majority|most|percentage|share|one in)\b`),
	newAttribute("wife wives husband husbands spouse spouses married marry marries marriage son daughter sons "+
		"daughters mother father brother sister brothers sisters", "",
		`\b(wife|husband|spouse|widow|marri\w+|wed\w*|son|sons|daughters?|child|children|mother|father|parents?|`+
			`brothers?|sisters?|siblings?|family|cousin|nephew|niece|uncle|aunt|heir)\b`),
	newAttribute("tall height weigh", "",
		`\d|\b(hundred|thousand|tall|height|weigh\w*|met(er|re)s?|feet|foot|kilograms?|kg|pounds?|tons?|tonnes?)\b`),
	newAttribute("nationality nationalities", "",
		`\b[A-Z][a-z]+(an|ish|ese|ch|ic)\b|\b(Greek|German|Dutch|Swiss|nationality|citizen)\b`),
	newAttribute("phone phones email emails website websites url telephone", "",
		`@|\bwww\b|https?:|\d{5,}|\b(phone|e-?mail|website)\b`),
}, measures)

func newAttribute(asked, how, stated string) attribute {
	a := attribute{asked: map[string]bool{}, how: map[string]bool{}, stated: regexp.MustCompile(`(?i)` + stated)}
	for w := range lexicon.Set(asked) {
		a.asked[w] = true
	}
	for w := range lexicon.Set(how) {
		a.how[words.Stem(w)] = true
	}
	return a
}

// asks reports whether a stem of the question asks for the attribute.
func (a attribute) asks(q Question, stem string) bool {
	return (a.asked[q.typed[stem]] || stem == q.How && a.how[stem]) && a.fits(q)
}

// States returns the stem by which the question asks for an attribute that the text states; "" where it does neither.
func (q Question) States(text string) string {
	for _, a := range attributes {
		for _, s := range q.Stems {
			if a.asks(q, s) && a.stated.MatchString(text) {
				return s
			}
		}
	}
	return ""
}

// Unstated reports whether the question asks for an attribute of which the text states nothing.
func (q Question) Unstated(text string) bool {
	if q.How != "" {
		return !q.measured(text, digit.MatchString(text))
	}
	for _, a := range attributes {
		for _, s := range q.Stems {
			if a.asked[q.typed[s]] {
				return !a.stated.MatchString(text)
			}
		}
	}
	return false
}
