package question

import (
	"regexp"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A measure is what "how" and an adjective ask for. A text states it by a number and its unit, seldom with the
// adjective: "2,700-kilometer" is how long it is.
type measure struct {
	how    map[string]bool // the stems of the adjectives
	stated *regexp.Regexp
}

var measures = []measure{
	newMeasure("long far", lengthUnits+`|`+timeUnits),
	newMeasure("tall high deep wide thick broad", lengthUnits),
	newMeasure("heavy", `(?:kilo|milli)?grams?|kilos?|kg|pounds?|lbs?|ounces?|tons?|tonnes?`),
	newMeasure("old", `years?|months?|weeks?|decades?|centur(?:y|ies)`),
	newMeasure("fast", `km/h|kph|mph|knots|m/s|mbps|`+lengthUnits),
	newMeasure("hot cold warm", `degrees?|°|celsius|fahrenheit|kelvin`),
}

// Units, as alternatives of an expression that knows no case.
const (
	lengthUnits = `(?:kilo|centi|milli)?met(?:er|re)s?|km|cm|mm|miles?|feet|foot|yards?|inch(?:es)?`
	timeUnits   = `seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)`
)

// numerals are those that stand before a unit in letters.
const numerals = `an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|` +
	`fifty|sixty|seventy|eighty|ninety|hundred|thousand|half`

// newMeasure is for what "how" and one of the adjectives ask for: "2,700-kilometer", "a hundred meters".
func newMeasure(how, units string) measure {
	m := measure{map[string]bool{}, regexp.MustCompile(`(?i)(?:\d|\b(?:` + numerals + `))[ \x{00a0}-]?(?:` + units + `)\b`)}
	for w := range lexicon.Set(how) {
		m.how[words.Stem(w)] = true
	}
	return m
}

// Measured is the stem of the word behind "how" if the text states what it asks for; "" where it does not, or nothing
// is asked so.
func (q Question) Measured(text string) string {
	if q.How == "" {
		return ""
	}
	for _, m := range measures {
		if m.how[q.How] && m.stated.MatchString(text) {
			return q.How
		}
	}
	return ""
}

// askedMeasure is the stem of the word behind "how" that asks for a measure; "" for none.
func askedMeasure(tokens []words.Token) string {
	for i := 1; i < len(tokens); i++ {
		for _, m := range measures {
			if tokens[i-1].Text == "how" && m.how[tokens[i].Stem] {
				return tokens[i].Stem
			}
		}
	}
	return ""
}
