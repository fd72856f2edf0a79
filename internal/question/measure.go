package question

import (
	"regexp"
	"slices"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// measures are the attributes that "how" and an adjective ask for. A text states them by a number and its unit, seldom
// with the adjective: "2,700-kilometer" is how long it is.
var measures = []attribute{
	newMeasure("tall high deep wide thick broad", "width depth thickness height", lengthUnits+`|stor(?:eys|ies)|floors`,
		``),
	newMeasure("long far", "length duration distance", lengthUnits+`|`+timeUnits+`|pages|words|chapters|episodes`, `|`+
		span),
	newMeasure("big large", "size",
		lengthUnits+`|`+areaUnits+`|`+volumeUnits+`|tons?|tonnes?|percent|times|bytes|[kmg]b`, ``),
	newMeasure("big large", "size", peopleUnits, ``).ofOnly(groups),
	newMeasure("heavy", "weight", weightUnits, ``),
	newMeasure("old", "age", `years?|months?|weeks?|decades?|centur(?:y|ies)`,
		`|\b(?:aged?|ages|born|century|centuries)\b|\b1\d{3}\b|\b20\d\d\b|, \d{1,3}, |\(\d{1,3}\)`),
	newMeasure("fast quick quickly slow slowly", "speed", speedUnits+`|`+lengthUnits+`|`+timeUnits+`|percent|times`, ``),
	newMeasure("hot cold warm cool", "temperature", `degrees?|°|[cf]|celsius|fahrenheit|kelvin`, ``),
	newAttribute("", "often frequently frequent", `\b(?:once|twice|thrice|times|every|each|daily|weekly|monthly|yearly|`+
		`annual(?:ly)?|hourly|per|always|never|rarely|seldom|regularly|a (?:day|week|month|year))\b`),
	newMeasure("loud", "loudness", `decibels?|dba?`, ``),
	newMeasure("powerful", "wattage voltage horsepower", `(?:kilo|mega|giga)?watts?|[kmg]?w|horsepower|hp|volts?`, ``),
}

// groups are what persons belong to: how big one is, their number says.
const groups = `army team crew staff company firm union party crowd audience family club school class committee
	congregation community group society organization association force workforce parish choir orchestra
	squad fleet market membership population band troop unit gang board delegation town village city parliament council`

// measureNouns are the nouns among the words that ask for a measure.
var measureNouns = lexicon.Set(`width depth thickness height length duration distance size weight age speed temperature
	loudness wattage voltage horsepower`)

// Units, as alternatives of an expression that knows no case.
const (
	moneyUnits = `dollars?|euros?|pounds?|rupees?|francs?|yen|cents?|pence|crowns?|kron(?:or|er|e|a)|marks?|pesos?|` +
		`liras?|roubles?|rubles?|shillings?|florins?|gulden|guilders?|ducats?|forints?|shekels?|dirhams?|dinars?|` +
		`z[lł]ot(?:y|ys|ych)|bucks?|quid`
	lengthUnits = `(?:kilo|centi|milli)?met(?:er|re)s?|[kcm]?m|miles?|feet|foot|ft|yards?|inch(?:es)?|fathoms?|` +
		`leagues?|light[- ]years?|blocks?`
	timeUnits = `seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights?|weeks?|fortnights?|months?|years?|decades?|` +
		`centur(?:y|ies)|terms?|seasons?`
	areaUnits   = `square [a-z]+|acres?|hectares?|sq\.? ?[a-z]+|km²|m²`
	volumeUnits = `lit(?:er|re)s?|gallons?|cubic [a-z]+|cups?|barrels?`
	weightUnits = `(?:kilo|milli)?grams?|kilos?|[km]?g|pounds?|lbs?|ounces?|tons?|tonnes?|stones?`
	speedUnits  = `km/h|kph|mph|knots|m/s|mbps`
	peopleUnits = `people|members|inhabitants|residents|students|pupils|employees|seats|rooms|workers|soldiers|men|` +
		`women|persons|drivers|players|singers|officers|troops|volunteers|passengers|supporters|voters|households`
)

// span matches how long something lasts by where it begins or ends: "since the 1950s", "from 1870 to 1939", "until the
// end of May".
const span = `\b(?:since|until|till)\b[^.;:]{0,30}(?:\d|\b(?:` + months + `|end|morning|noon|evening|night)\b)` +
	`|\b(?:from|between)\b[^.;:]{0,30}\d[^.;:]{0,20}\b(?:to|until|till|and|through)\b[^.;:]{0,20}\d`

const months = `January|February|March|April|May|June|July|August|September|October|November|December`

// quantity matches a number with one of the units behind it: "2,700-kilometer", "a hundred and twenty square meters",
// "40km"; not the end of a word that stands there: of "a storm" no meters.
func quantity(units string) string {
	const figure = `\d|[½¼¾]`
	const gap = `[ \x{00a0}-]`
	return `(?:(?:` + figure + `|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|` +
		`[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mb]illions?|` +
		`dozens?|half|several|few))` +
		`(?:` + gap + `(?:hundreds?|thousands?|[mb]illion|and|of|an?|half|dozen|to|or|more|than|\d+|[a-z]+))?` +
		gap + `|` + figure + `)(?:` + units + `)(?:\b|$)`
}

// newMeasure is for what "how" and one of the adjectives ask for, or "what" and one of the nouns; other are ways of
// stating it that have no unit.
func newMeasure(how, nouns, units, other string) attribute {
	a := newAttribute("", how+" "+nouns, quantity(units)+other)
	a.unit = regexp.MustCompile(`(?i)(?:\b|_)(?:` + units + `)(?:\b|_|$)`)
	return a
}

// measure finds the word that asks for a measure, and where it stands: behind "how", or its noun behind "what", with
// nothing but "is the" between. It is "" for none.
func measure(tokens []words.Token) (stem string, at int) {
	asked := ""
	for i, t := range tokens {
		switch {
		case i > 0 && asked != "" && slices.ContainsFunc(attributes, func(a attribute) bool { return a.how[t.Stem] }):
			if noun := measureNouns[t.Text]; noun == (asked == "what") {
				return t.Stem, i
			}
			asked = ""
		case t.Text == "how" || t.Text == "what":
			asked = t.Text
		case asked == "how" || !t.Stop:
			asked = ""
		}
	}
	return "", len(tokens)
}

// measured reports whether the text has the measure that is asked for: a number with its unit or, where the text has a
// number, the unit anywhere. Tables have it in the name of a row.
func (q Question) measured(text string, number bool) bool {
	return slices.ContainsFunc(attributes, func(a attribute) bool {
		return a.how[q.How] && a.fits(q) &&
			(a.stated.MatchString(text) || number && a.unit != nil && a.unit.MatchString(text))
	})
}

// digit matches a number in digits.
var digit = regexp.MustCompile(`\d`)
