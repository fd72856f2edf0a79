// Package quantity reads numbers with their units, and says which follows from which.
package quantity

import (
	"math"
	"strconv"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A Bound says how a number is meant.
type Bound uint8

// The bounds. The zero value is none.
const (
	Exactly Bound = iota
	About
	AtLeast
	MoreThan
	AtMost
	LessThan
)

// A Quantity is a number with its unit. Two of them are equal if their values, units and bounds are, however they are
// printed: 2,700-kilometer is 2700 km.
type Quantity struct {
	Value   float64
	Unit    string // "" for none: the number counts something
	Ordinal bool
	Vague   bool // "dozens", "hundreds": more than one times value
	Bound   Bound
	Implied bool // the unit is that of the number before it
}

// smallNumbers and ordinals are the numbers that are one word, below a hundred.
var smallNumbers, ordinals = spelledNumbers()

func spelledNumbers() (cardinals, ordinals map[string]float64) {
	cardinals, ordinals = map[string]float64{}, map[string]float64{}
	for _, n := range lexicon.Numbers() {
		cardinals[n.Cardinal] = float64(n.Value)
		if n.Ordinal != "" {
			ordinals[n.Ordinal] = float64(n.Value)
		}
	}
	return cardinals, ordinals
}

// Magnitudes are words that multiply the number before them.
var Magnitudes = map[string]float64{
	"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6,
	"mn": 1e6,
	"bn": 1e9, "tn": 1e12,
}

var vagueNumbers = map[string]float64{
	"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
}

// UnitNames are units by their printed forms (BIPM, The International System of Units, and NIST Special Publication
// 811 for the customary ones).
var UnitNames = forms(`
percent percent pct percentage
kilometer kilometers kilometre kilometres km
meter meters metre metres
centimeter centimeters centimetre centimetres cm
millimeter millimeters millimetre millimetres mm
mile miles mi
foot feet ft
inch inches
yard yards
acre acres
hectare hectares ha
kilogram kilograms kilo kilos kg kgs
gram grams
ton tons
tonne tonnes
pound pounds lb lbs
ounce ounces oz
liter liters litre litres
gallon gallons
barrel barrels
second seconds
minute minutes
hour hours
day days
week weeks
month months
year years yr yrs
decade decades
century centuries
dollar dollars usd
euro euros eur
rupee rupees
yen
yuan
degree degrees
celsius
fahrenheit
kelvin
volt volts
watt watts
kilowatt kilowatts kw
megawatt megawatts mw
gigawatt gigawatts gw
hertz hz
megahertz mhz
pascal pascals
kilopascal kilopascals kpa
joule joules
knot knots
mph
kph
byte bytes
megabyte megabytes mb
gigabyte gigabytes gb
`)

func forms(list string) map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(list) {
		for i, f := 0, strings.Fields(line); i < len(f); i++ {
			m[f[i]] = f[0]
		}
	}
	return m
}

var currencies = map[string]string{"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}

// At reads the quantity that the tokens begin with. n is how many tokens it takes, 0 for none.
func At(tokens []words.Token, text string) (q *Quantity, n int) {
	t := tokens[0]
	if v, ok := vagueNumbers[t.Text]; ok {
		return &Quantity{Value: v, Vague: true}, 1
	}
	if v, ok := ordinals[t.Text]; ok {
		return &Quantity{Value: v, Ordinal: true}, 1
	}
	var value float64
	if t.Digit {
		if q, n, value = figureAt(tokens, text); q != nil || n == 0 {
			return q, n
		}
	} else if value, n = spelled(tokens, text); n == 0 {
		return nil, 0
	}
	unit := signOf(t, tokens[n-1], text)
	if unit == "" && n < len(tokens) && glued(text, tokens[n-1], tokens[n]) {
		var more int
		unit, more = unitOf(tokens[n:], t.Digit)
		n += more
	}
	if t.Text == "one" && n == 1 {
		return nil, 0 // "one of them": no number that a text would repeat
	}
	return &Quantity{Value: value, Unit: unit}, n
}

// figureAt reads a number in digits with the magnitudes behind it. q is what needs no unit more; n is 0 for none.
func figureAt(tokens []words.Token, text string) (q *Quantity, n int, value float64) {
	v, suffix, ok := Digits(tokens[0].Text)
	if !ok {
		return nil, 0, 0
	}
	switch {
	case suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th":
		return &Quantity{Value: v, Ordinal: true}, 1, v
	case suffix == "":
	case Magnitudes[suffix] > 0:
		v *= Magnitudes[suffix]
	case UnitNames[suffix] != "":
		return &Quantity{Value: v, Unit: UnitNames[suffix]}, 1, v
	default:
		return nil, 0, 0
	}
	n = 1
	for n < len(tokens) && Magnitudes[tokens[n].Text] >= 12 && len(tokens[n].Text) > 2 &&
		glued(text, tokens[n-1], tokens[n]) {
		v *= Magnitudes[tokens[n].Text]
		n++
	}
	return nil, n, v
}

// signOf is the unit of which the sign stands before the first token of a number, or behind the last; "" for none.
func signOf(first, last words.Token, text string) string {
	for sign, name := range currencies {
		if strings.HasSuffix(strings.TrimRight(text[:first.Start], " "), sign) {
			return name
		}
	}
	if rest := strings.TrimLeft(text[last.End:], " "); strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "٪") {
		return "percent"
	}
	return ""
}

// unitOf reads the unit that the tokens begin with. n is how many it takes. An abbreviation of two letters needs
// digits before it.
func unitOf(tokens []words.Token, digits bool) (unit string, n int) {
	next, after := tokens[0].Text, ""
	if len(tokens) > 1 {
		after = tokens[1].Text
	}
	switch {
	case next == "percentage" && (after == "points" || after == "point"):
		return PointUnit, 2
	case next == "per" && after == "cent":
		return "percent", 2
	case next == "square" || next == "cubic":
		if UnitNames[after] != "" {
			return next + " " + UnitNames[after], 2
		}
	case UnitNames[next] != "" && (len(next) > 2 || digits):
		return UnitNames[next], 1
	}
	return "", 0
}

// Digits reads "2,700", "2.5", "17th" or "5km".
func Digits(s string) (value float64, suffix string, ok bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == ',' || s[end] == '.') {
		end++
	}
	if end == 0 || end > 18 {
		return 0, "", false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s[:end], ",", ""), 64)
	return v, s[end:], err == nil
}

// spelled reads "two hundred and five", "twenty-five" or "a dozen".
func spelled(tokens []words.Token, text string) (value float64, n int) {
	if tokens[0].Text == "half" && len(tokens) > 2 && (tokens[1].Text == "a" || tokens[1].Text == "an") &&
		UnitNames[tokens[2].Text] != "" {
		return 0.5, 2 // "half an hour"
	}
	var s spelling
	i := 0
	if tokens[0].Text == "a" && len(tokens) > 1 && Magnitudes[tokens[1].Text] >= 12 && len(tokens[1].Text) > 2 {
		s.part, i = 1, 1
	}
	for ; i < len(tokens) && (i == 0 || glued(text, tokens[i-1], tokens[i])); i++ {
		t := tokens[i].Text
		if t == "and" && s.seen && s.part >= 100 && i+1 < len(tokens) && smallNumbers[tokens[i+1].Text] > 0 {
			continue
		}
		if !s.add(t) {
			break
		}
		n = i + 1
	}
	if !s.seen {
		return 0, 0
	}
	return s.total + s.part, n
}

// A spelling is a number that is read word by word.
type spelling struct {
	total, part float64 // up to the last thousand, and what came behind it
	seen        bool
}

// add takes a word; false where it is no part of a number.
func (s *spelling) add(word string) bool {
	if v, ok := smallNumbers[word]; ok {
		s.part += v
		s.seen = true
		return true
	}
	m, ok := Magnitudes[word]
	if !ok || len(word) <= 2 || !s.seen && s.part <= 0 {
		return false
	}
	if m >= 1e3 {
		s.total += s.part * m
		s.part = 0
	} else {
		s.part *= m
	}
	s.seen = true
	return true
}

// glued reports whether nothing but a space or a hyphen stands between two tokens.
func glued(text string, a, b words.Token) bool {
	between := text[a.End:b.Start]
	return between == " " || between == "-" || between == "" || between == "\u00a0" || between == "\u2011"
}

// upward and downward are comparatives by whether more or less of what is measured makes them true.
var (
	Upward = lexicon.Set(`greater higher larger longer older bigger taller heavier hotter warmer faster wider deeper later
		further farther dearer louder thicker stronger over above`)
	Downward = lexicon.Set(`lower smaller shorter younger lighter colder cooler slower narrower shallower earlier nearer
		closer
		cheaper quieter thinner weaker under below`)
)

// RoundTo is how far a round number may be from the one that it stands for.
const RoundTo = 0.05

// Rounder reports whether a is a rounder number than b: more zeros end it.
func Rounder(a, b float64) bool {
	zeros := func(v float64) int {
		n := 0
		for v != 0 && math.Mod(v, 10) == 0 && n < 18 {
			v /= 10
			n++
		}
		return n
	}
	return zeros(a) > zeros(b)
}
