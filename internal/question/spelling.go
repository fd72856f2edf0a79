package question

import (
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Frames reports whether a word, folded, only asks, and stands in no answer.
func Frames(word string) bool { return frameWords[word] || interrogatives[word] || politeWords[word] }

var politeWords = lexicon.Set(`please pls plz thanks thx lol hey hi hello btw guys bot`)

// spelledEither are endings and pieces that are spelled in two ways in English: American and British, as the Oxford
// spelling guide lists them.
var spelledEither = [][2]string{
	{"color", "colour"}, {"honor", "honour"}, {"labor", "labour"}, {"favor", "favour"}, {"neighbor", "neighbour"},
	{"harbor", "harbour"}, {"rumor", "rumour"},
	{"humor", "humour"}, {"armor", "armour"}, {"behavior", "behaviour"}, {"flavor", "flavour"}, {"center", "centre"},
	{"meter", "metre"}, {"liter", "litre"},
	{"theater", "theatre"}, {"fiber", "fibre"}, {"caliber", "calibre"}, {"somber", "sombre"}, {"defense", "defence"},
	{"offense", "offence"},
	{"license", "licence"}, {"practice", "practise"}, {"gray", "grey"}, {"tire", "tyre"}, {"curb", "kerb"},
	{"plow", "plough"}, {"program", "programme"},
	{"catalog", "catalogue"}, {"dialog", "dialogue"}, {"analog", "analogue"}, {"check", "cheque"},
	{"jewelry", "jewellery"}, {"aluminum", "aluminium"},
	{"mold", "mould"}, {"skeptic", "sceptic"}, {"airplane", "aeroplane"}, {"pajamas", "pyjamas"}, {"fetus", "foetus"},
	{"anemia", "anaemia"},
	{"encyclopedia", "encyclopaedia"}, {"pediatric", "paediatric"}, {"maneuver", "manoeuvre"}, {"diarrhea", "diarrhoea"},
	{"estrogen", "oestrogen"},
	{"traveled", "travelled"}, {"traveling", "travelling"}, {"traveler", "traveller"}, {"canceled", "cancelled"},
	{"labeled", "labelled"}, {"fueled", "fuelled"},
	{"modeled", "modelled"}, {"fulfill", "fulfil"}, {"enroll", "enrol"}, {"skillful", "skilful"},
	{"judgment", "judgement"}, {"aging", "ageing"},
	{"ize", "ise"}, {"ized", "ised"}, {"izing", "ising"}, {"ization", "isation"}, {"yze", "yse"}, {"yzed", "ysed"},
}

// verbEndings are those of the above that end a word; the others begin one.
var verbEndings = lexicon.Set(`ize ise ized ised izing ising ization isation yze yse yzed ysed`)

// smallNumbers are written in words as often as in digits.
var smallNumbers = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
	"fourteen fifteen sixteen seventeen " +
	"eighteen nineteen twenty")

var smallOrdinals = strings.Fields("zeroth first second third fourth fifth sixth seventh eighth ninth tenth " +
	"eleventh twelfth")

// Spellings are other ways of writing a folded word that mean the same: "colour" for "color", "eight" for "8", "first"
// for "1st".
func Spellings(word string) []string {
	var out []string
	for _, pair := range spelledEither {
		for k := range pair {
			if other, ok := respelled(word, pair[k], pair[1-k]); ok {
				out = append(out, other)
			}
		}
	}
	for n, w := range smallNumbers {
		switch digits := strconv.Itoa(n); word {
		case digits:
			out = append(out, w)
		case w:
			out = append(out, digits)
		}
	}
	for n, w := range smallOrdinals {
		for _, end := range []string{"st", "nd", "rd", "th"} {
			switch short := strconv.Itoa(n) + end; {
			case word == short:
				out = append(out, w)
			case word == w && properEnd(n, end):
				out = append(out, short)
			}
		}
	}
	for _, group := range everydayWords {
		if slices.Contains(group, word) {
			out = append(out, slices.DeleteFunc(slices.Clone(group), func(other string) bool { return other == word })...)
		}
	}
	return out
}

// respelled writes a word that has one spelling of a pair with the other one: endings of verbs at its end, all else at
// its beginning.
func respelled(word, from, to string) (string, bool) {
	if verbEndings[from] {
		rest, ok := strings.CutSuffix(word, from)
		return rest + to, ok && len(rest) >= 3
	}
	rest, ok := strings.CutPrefix(word, from)
	return to + rest, ok && !strings.HasPrefix(word, to)
}

func properEnd(n int, end string) bool {
	switch n {
	case 1:
		return end == "st"
	case 2:
		return end == "nd"
	case 3:
		return end == "rd"
	}
	return end == "th"
}

// everydayWords are groups of words that people use for the same thing, where documents have one of them. They are
// tried in their order, and only where a document lacks the word that was typed.
var everydayWords = lexicon.Rows("everyday-words")

// Slips is the number of letters by which two words differ, as far as it is told: 1, 2 or more.
func Slips(a, b string) int {
	x, y := []rune(words.Fold(a)), []rune(words.Fold(b))
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	x, y = x[head:], y[head:]
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0] {
		return 1
	}
	return max(len(x), len(y))
}
