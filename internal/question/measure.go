package question

import (
	"regexp"
	"slices"

	"pilcrow/internal/words"
)

// measures are the attributes that "how" and an adjective ask for. A text states them by a number and its unit, seldom
// with the adjective: "2,700-kilometer" is how long it is.
var measures = []attribute{
	newMeasure("tall high deep wide thick broad", lengthUnits+`|stor(?:eys|ies)|floors`, ``),
	newMeasure("long far", lengthUnits+`|`+timeUnits+`|pages|words|chapters|episodes`, ``),
	newMeasure("big large", lengthUnits+`|`+areaUnits+`|`+volumeUnits+`|tons?|tonnes?|`+peopleUnits+
		`|percent|times|bytes|[kmg]b`, ``),
	newMeasure("heavy", weightUnits, ``),
	newMeasure("old", `years?|months?|weeks?|decades?|centur(?:y|ies)`,
		`|\b(?:aged?|ages|born|century|centuries)\b|\b1\d{3}\b|\b20\d\d\b|, \d{1,3}, |\(\d{1,3}\)`),
	newMeasure("fast quick quickly slow slowly", speedUnits+`|`+lengthUnits+`|`+timeUnits+`|percent|times`, ``),
	newMeasure("hot cold warm cool", `degrees?|°|[cf]|celsius|fahrenheit|kelvin`, ``),
	newAttribute("", "often frequently frequent", `\b(?:once|twice|thrice|times|every|each|daily|weekly|monthly|yearly|`+
		`annual(?:ly)?|hourly|per|always|never|rarely|seldom|regularly|a (?:day|week|month|year))\b`),
	newMeasure("loud", `decibels?|dba?`, ``),
	newMeasure("powerful", `(?:kilo|mega|giga)?watts?|[kmg]?w|horsepower|hp|volts?`, ``),
}

// Units, as alternatives of an expression that knows no case.
const (
	moneyUnits = `dollars?|euros?|pounds?|rupees?|francs?|yen|cents?|pence|crowns?|kron(?:or|er|e|a)|marks?|pesos?|` +
		`liras?|roubles?|rubles?|shillings?`
	lengthUnits = `(?:kilo|centi|milli)?met(?:er|re)s?|[kcm]?m|miles?|feet|foot|ft|yards?|inch(?:es)?|fathoms?|` +
		`leagues?|light[- ]years?|blocks?`
	timeUnits = `seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|` +
		`centur(?:y|ies)|terms?|seasons?`
	areaUnits   = `square [a-z]+|acres?|hectares?|sq\.? ?[a-z]+|km²|m²`
	volumeUnits = `lit(?:er|re)s?|gallons?|cubic [a-z]+|cups?|barrels?`
	weightUnits = `(?:kilo|milli)?grams?|kilos?|[km]?g|pounds?|lbs?|ounces?|tons?|tonnes?|stones?`
	speedUnits  = `km/h|kph|mph|knots|m/s|mbps`
	peopleUnits = `people|members|inhabitants|residents|students|employees|seats|rooms|workers|soldiers|men`
)

// quantity matches a number with one of the units behind it: "2,700-kilometer", "a hundred and twenty square meters".
func quantity(units string) string {
	return `(?:\d|[½¼¾]|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|` +
		`[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mb]illions?|` +
		`dozens?|half|several|few))` +
		`(?:[ \x{00a0}-](?:hundreds?|thousands?|[mb]illion|and|of|an?|half|dozen|to|or|more|than|\d+|[a-z]+))?` +
		`[ \x{00a0}-]?(?:` + units + `)(?:\b|$)`
}

// newMeasure is for what "how" and one of the adjectives ask for; other are ways of stating it that have no unit.
func newMeasure(how, units, other string) attribute {
	a := newAttribute("", how, quantity(units)+other)
	a.unit = regexp.MustCompile(`(?i)(?:\b|_)(?:` + units + `)(?:\b|_|$)`)
	return a
}

// measure finds the word behind "how" that asks for a measure, and where it stands; "" for none.
func measure(tokens []words.Token) (stem string, at int) {
	for i := 1; i < len(tokens); i++ {
		stem := tokens[i].Stem
		if tokens[i-1].Text == "how" && slices.ContainsFunc(attributes, func(a attribute) bool { return a.how[stem] }) {
			return stem, i
		}
	}
	return "", len(tokens)
}

// measured reports whether the text has the measure that is asked for: a number with its unit or, where the text has a
// number, the unit anywhere. Tables have it in the name of a row.
func (q Question) measured(text string, number bool) bool {
	return slices.ContainsFunc(attributes, func(a attribute) bool {
		return a.how[q.How] && (a.stated.MatchString(text) || number && a.unit != nil && a.unit.MatchString(text))
	})
}

// digit matches a number in digits.
var digit = regexp.MustCompile(`\d`)
