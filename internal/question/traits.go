package question

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// Traits say what kinds of answer a sentence holds.
type Traits struct {
	Number, Time, Name, Reason, Quotation bool
}

// Bits packs them; TraitsOfBits takes them out again.
func (tr Traits) Bits() (bits uint8) {
	for i, has := range []bool{tr.Number, tr.Time, tr.Name, tr.Reason, tr.Quotation} {
		if has {
			bits |= 1 << i
		}
	}
	return bits
}

// TraitsOfBits returns what Bits packed.
func TraitsOfBits(bits uint8) Traits {
	has := func(i int) bool { return bits&(1<<i) != 0 }
	return Traits{Number: has(0), Time: has(1), Name: has(2), Reason: has(3), Quotation: has(4)}
}

// TraitsOf reads them from the words alone. It is generous: a trait that is missing rules an answer out.
func TraitsOf(text string) Traits { return TraitsOfTokens(text, words.Tokenize(text)) }

// TraitsOfTokens is TraitsOf for who has the text's tokens already.
func TraitsOfTokens(text string, tokens []words.Token) Traits {
	var tr Traits
	for i, t := range tokens {
		switch {
		case t.Digit:
			tr.Number = true
			if isYear(t.Text) || strings.HasSuffix(t.Text, "0s") || ordinal(t.Text) {
				tr.Time = true
			}
		case !traitWords[t.Text]: // most
		case numberWords[t.Text]:
			tr.Number = true
		case timeWords[t.Text]:
			tr.Time = tr.Time || t.Capital || !calendarNames[t.Text]
		case reasonWords[t.Text]:
			tr.Reason = true
		}
		if t.Capital && i > 0 && !t.Stop {
			tr.Name = true
		}
	}
	tr.Quotation = strings.IndexByte(text, '"') >= 0 || !isASCII(text) && strings.ContainsAny(text, "“”«»„")
	tr.Reason = tr.Reason || strings.Contains(text, " to ")
	return tr
}

// traitWords are those of any trait.
var traitWords = lexicon.Union(numberWords, timeWords, reasonWords)

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Fits reports whether a sentence with these Traits can answer a question of the kind.
func (tr Traits) Fits(kind Kind) bool {
	switch kind {
	case Number:
		return tr.Number
	case Time:
		return tr.Time
	case Person, Place:
		return tr.Name
	case Reason:
		return tr.Reason
	case Quotation:
		return tr.Quotation
	}
	return false
}

// Holds reports whether the text holds the kind of thing that the question asks for, and one that the question does not
// itself name: a sentence about the year of the question does not tell when.
func (q Question) Holds(text string) bool { return q.HoldsTokens(text, words.Tokenize(text)) }

// HoldsTokens is Holds for who has the text's tokens already.
func (q Question) HoldsTokens(text string, tokens []words.Token) bool {
	switch q.Kind {
	case Reason, Quotation:
		return TraitsOfTokens(text, tokens).Fits(q.Kind)
	case Number:
		if q.How != "" {
			return q.measured(text, TraitsOfTokens(text, tokens).Number)
		}
	case Time:
		if q.timed(text) {
			return true
		}
	case Person, Place:
	default:
		return false
	}
	counted := q.countedIn(tokens)
	for i, t := range tokens {
		if slices.Contains(q.Stems, t.Stem) {
			continue
		}
		holds := false
		switch q.Kind {
		case Number:
			near := func(k int) bool { return k > i-countReach && k < i+countReach }
			holds = isNumber(t) && (counted == nil || slices.ContainsFunc(counted, near))
		case Time:
			holds = isTime(t)
		case Person, Place:
			holds = t.Capital && i > 0 && !t.Stop
		}
		if holds {
			return true
		}
	}
	return false
}

// isNumber reports whether a token says how many there are: a year does not.
func isNumber(t words.Token) bool {
	return t.Digit && !isYear(t.Text) || numberWords[t.Text] && t.Text != "one"
}

// isTime reports whether a token is of a date: a year, the day of a month, a month.
func isTime(t words.Token) bool {
	return t.Digit && (len(t.Text) >= 3 && t.Text >= "1" && t.Text < "3" || ordinal(t.Text)) ||
		calendarNames[t.Text] && t.Capital
}

// countReach is how many words may stand between a number and what it counts: "294 militant attacks".
const countReach = 6

// countedIn returns where the tokens name what the question counts, by its own word or a synonym; nil where they do
// not.
func (q Question) countedIn(tokens []words.Token) []int {
	if q.Of == "" {
		return nil
	}
	var at []int
	for i, t := range tokens {
		if q.Of == people && person(t) || t.Stem == q.Of || slices.Contains(words.Synonyms(q.Of), t.Stem) ||
			slices.Contains(words.Answering(q.Of), t.Stem) {
			at = append(at, i)
		}
	}
	return at
}

// people is the stem of the word that counts persons of any kind: "how many people" is answered by "340 deckhands".
var people = words.Stem("people")

// personStems are those of words for persons by what they do.
var personStems = func() map[string]bool {
	m := map[string]bool{}
	for _, list := range []string{"roles", "human-plurals"} {
		for w := range lexicon.List(list) {
			if !words.IsStop(w) {
				m[words.Stem(w)] = true
			}
		}
	}
	return m
}()

// personEndings are how plurals of words for persons end that are formed at will.
var personEndings = []string{"hands", "men", "women", "workers", "makers", "goers", "holders", "owners", "mates",
	"children", "players"}

// person reports whether a word is for persons.
func person(t words.Token) bool {
	return personStems[t.Stem] ||
		slices.ContainsFunc(personEndings, func(e string) bool { return strings.HasSuffix(t.Text, e) })
}

// CountsPersons reports whether the question counts persons of any kind and the text, which holds what is asked for,
// names some with a word of theirs: the word that counts them need not stand there then.
func (q Question) CountsPersons(tokens []words.Token) bool {
	return q.Of == people && slices.ContainsFunc(tokens, person)
}

func ordinal(s string) bool {
	return len(s) > 2 && (strings.HasSuffix(s, "st") || strings.HasSuffix(s, "nd") || strings.HasSuffix(s, "rd") ||
		strings.HasSuffix(s, "th"))
}

var (
	numberWords = lexicon.Union(cardinals(), lexicon.Set(
		`hundred thousand million billion trillion dozen dozens hundreds thousands millions
		half third quarter twice double triple several single both pair`))
	calendarNames = lexicon.Union(lexicon.English(lexicon.Months(), false), lexicon.English(lexicon.Weekdays(), false),
		lexicon.Set("spring summer autumn winter"))
	timeWords = lexicon.Union(calendarNames, lexicon.Set(
		`century centuries decade decades today yesterday tomorrow year years month months
		week weeks ago morning afternoon evening night noon midnight during since until`))
	reasonWords = lexicon.Set(`because since due owing reason reasons cause caused causes therefore thus hence so
		therefor thanks order aim aimed purpose prompted led leads explains explain explained result resulted stems blamed
		blames over fear feared fears goal`)
)

// cardinals are the number words that a count may begin with.
func cardinals() map[string]bool {
	set := map[string]bool{}
	for _, n := range lexicon.Numbers()[1:] { // none is no number of things
		set[n.Cardinal] = true
	}
	return set
}
