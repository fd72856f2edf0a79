package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// A stopRule says when a full stop behind an abbreviation ends a sentence too.
type stopRule int

const (
	never      stopRule = iota + 1 // something always follows: "Mr."
	atOpener                       // before a word that opens sentences: "Inc. The"
	unlessNum                      // unless a number follows: "No. 5"
	unlessMark                     // unless a number, a letter or a Roman numeral follows: "Fig. A"
	unlessDay                      // unless a number or a month follows: "Sat. 5"
	atCapital                      // before any capital: "etc. Then"
)

var stopRules = map[string]stopRule{"never": never, "atOpener": atOpener, "unlessNum": unlessNum,
	"unlessMark": unlessMark,
	"unlessDay":  unlessDay, "atCapital": atCapital}

// An abbreviation is a word that is printed with a full stop.
type abbreviation struct {
	rule      stopRule
	languages []string // in which alone it is one; nil for all
}

// abbreviations are the words of the list, in the case in which they are abbreviations.
var abbreviations = readAbbreviations()

func readAbbreviations() map[string]abbreviation {
	all := map[string]abbreviation{}
	for _, row := range lexicon.Rows("abbreviations") {
		a := abbreviation{rule: stopRules[row[1]]}
		for _, languages := range row[2:] {
			a.languages = append(a.languages, strings.Split(languages, ",")...)
		}
		all[row[0]] = a
	}
	return all
}

// IsAbbreviation reports whether the word, without its full stop, is an abbreviation in some language.
func IsAbbreviation(word string) bool { return abbreviations[word].rule != 0 }

// dotted holds the abbreviations with inner full stops that nothing ends with.
var dotted = lexicon.Set(`e.g i.e p.ex z.b d.h u.a s.o s.u o.ä v.a i.d.r p.ej j.-c`)

// openers are words that begin a sentence far more often than they follow an abbreviation as a name.
var openers = lexicon.List("sentence-openers")

// IsOpener reports whether the word, as printed, begins a sentence far more often than it stands inside one with a
// capital.
func IsOpener(word string) bool { return openers[word] }

// months are the names that follow a day, as printed: "am 3. Oktober"; weekdays may follow an hour.
var (
	months   = lexicon.Printed(lexicon.Months(), "en", "de")
	weekdays = lexicon.Printed(lexicon.Weekdays(), "en")
)

// zones are the time zones that follow "a.m." within a sentence, unless they are told by "time" behind them.
var zones = lexicon.Set(`EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC CET CEST BST IST PKT`)

// lettered are words before a letter that is no initial: "plan B", "vitamin C", "World War I".
var lettered = lexicon.Set(`plan vitamin hepatitis group category class type grade section appendix point option
	team annex war part act am and than do`)

// abbreviates says whether the single full stop at dot belongs to an abbreviation within its sentence. body is what
// follows, from its first letter or digit.
func (s *splitter) abbreviates(dot int, body string) bool {
	word := lastWord(s.text[max(s.start, dot-MaxWord):dot])
	if word == "" {
		return false
	}
	before := s.text[s.start : dot-len(word)]
	switch {
	case strings.Trim(word, "0123456789") == "":
		return s.ordinal(word, before, body)
	case strings.Trim(word, "0123456789.") == "":
		return s.figure(before, body)
	case strings.Contains(word, "."):
		return s.initials(word, before, body)
	case utf8.RuneCountInString(word) == 1:
		return s.letter(word, before, body)
	}
	rule := s.rule(word)
	switch {
	case rule != 0:
	case len(word) == 2 && word[0] == word[1] && word[0] <= 'Z': // the Spanish plural of initials: EE. UU.
		rule = atOpener
	case strings.HasSuffix(word, "str"): // "Hauptstr. 12"
		rule = unlessNum
	}
	return rule.abbreviates(body)
}

// rule is what the list says of a word in the language of the text; 0 for no abbreviation.
func (s *splitter) rule(word string) stopRule {
	a, ok := abbreviations[word]
	if !ok && strings.HasPrefix(s.text[s.start:], word) { // with the capital of its sentence: "Env. 300 personnes"
		a, ok = abbreviations[strings.ToLower(word)]
	}
	if !ok {
		first, size := utf8.DecodeRuneInString(word)
		a = abbreviations[string(first)+strings.ToLower(word[size:])]
	}
	if len(a.languages) > 0 && !slices.Contains(a.languages, s.language()) {
		return 0
	}
	return a.rule
}

// abbreviates says whether the sentence goes on with the body behind a word of the rule.
func (r stopRule) abbreviates(body string) bool {
	follows, _ := utf8.DecodeRuneInString(body)
	number := unicode.IsDigit(follows)
	switch r {
	case never:
		return true
	case atOpener:
		return !starts(body)
	case unlessNum:
		return number
	case unlessMark:
		return number || numeral(FirstWord(body))
	case unlessDay:
		return number || months[FirstWord(body)]
	}
	return false // no abbreviation, or one before a capital
}

// ordinal decides about a number with a full stop: an item's, or a German ordinal's, "im 19. Jahrhundert".
func (s *splitter) ordinal(word, before, body string) bool {
	const maxOrdinal, maxItem = 2, 3 // digits
	if len(word) <= maxItem && before == "" {
		return true
	}
	if len(word) > maxOrdinal {
		return false
	}
	return months[FirstWord(body)] || s.language() == "de" && !starts(body)
}

// figure decides about a number with a point inside, and a full stop: the number of a heading, "4.2. Restoring", or a
// German day, "am 3.4. abends". Behind any other, "upgrade to 4.0.", the sentence ends.
func (s *splitter) figure(before, body string) bool {
	return before == "" || s.language() == "de" && !starts(body)
}

// initials decides about "U.S.", "a.m." and "J.K.": letters with a full stop each.
func (s *splitter) initials(word, before, body string) bool {
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) > 2 { // an address or a file name; "Ph.D." has two
			return false
		}
	}
	switch low := strings.ToLower(word); low {
	case "a.m", "p.m":
		next := FirstWord(body)
		behind := FirstWord(strings.TrimLeft(body[len(next):], " "))
		return weekdays[next] || months[next] || zones[next] || strings.EqualFold(behind, "time")
	case "b.c", "b.c.e", "c.e":
		return false
	case "a.d": // A.D. 43
		next, _ := utf8.DecodeRuneInString(body)
		return unicode.IsDigit(next)
	default:
		return dotted[low] || !starts(body)
	}
}

// letter decides about a single letter with a full stop.
func (s *splitter) letter(word, before, body string) bool {
	follows, _ := utf8.DecodeRuneInString(body)
	r, _ := utf8.DecodeRuneInString(word)
	last := wordBefore(before)
	switch {
	case s.rule(word) == never: // "M. Le Brun" in French
		return true
	case word == "m" && (last == "a." || last == "p."): // "5 p. m."
		return false
	case len(last) == 2 && last[1] == '.' && unicode.IsLower(rune(last[0])): // the second half of "z. B.", "d. h."
		return true
	case unicode.IsUpper(r):
		return !lettered[strings.ToLower(last)] && !starts(body)
	case !unicode.IsLower(r): // of a script without capitals: Persian and Pashto print eras and initials so, "۱۳۹۹ ه. ش."
		return unicode.Is(unicode.Arabic, r)
	case unicode.IsDigit(follows), numeral(FirstWord(body)): // p. 5, c. 1893, s. XIX
		return true
	case word == "v": // Roe v. Wade
		return true
	}
	next := FirstWord(body) // z. B., d. h., Karl d. Gr.
	return strings.HasPrefix(body[len(next):], ".") && (utf8.RuneCountInString(next) == 1 || s.rule(next) == atOpener)
}

// letterNames are the names of the Latin letters as Urdu spells initials: "ایم۔ اے۔", "پی۔ٹی۔آئی".
var letterNames = lexicon.Set(`اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس
	وائی زیڈ`)

// spelled says whether the Urdu full stop at dot stands behind an initial with another one beside it, or behind a
// single letter, as in "ص۔".
func (s *splitter) spelled(dot int, body string) bool {
	word := lastWord(s.text[max(s.start, dot-MaxWord):dot])
	if utf8.RuneCountInString(word) == 1 && unicode.Is(unicode.Arabic, []rune(word)[0]) {
		return true
	}
	if !letterNames[word] {
		return false
	}
	next, before := FirstWord(body), strings.TrimRight(s.text[s.start:dot-len(word)], " ")
	return letterNames[next] && strings.HasPrefix(body[len(next):], "۔") || strings.HasSuffix(before, "۔")
}

// starts says whether the text begins with a word that opens sentences. A letter with a full stop is an initial.
func starts(body string) bool {
	word := FirstWord(body)
	return openers[word] && !strings.HasPrefix(body[len(word):], ".")
}

// attributed says whether the text goes on like "Khan said", "the minister told".
func attributed(body string) bool {
	const maxSpeaker = 5 // words
	for range maxSpeaker {
		word := FirstWord(body)
		if v, _ := lexicon.Reporting(word); v.Cue == lexicon.Reports && (v.Form != lexicon.Base || v.Lemma == "say") {
			return true
		}
		body = body[len(word):]
		if IsAbbreviation(word) {
			body = strings.TrimPrefix(body, ".")
		}
		if !strings.HasPrefix(body, " ") && !strings.HasPrefix(body, "-") {
			return false
		}
		body = body[1:]
	}
	return false
}

// reported says whether the text goes on as reported speech in Japanese or Chinese.
func reported(body string) bool {
	for _, p := range []string{"と", "って", "他说", "她说", "他問", "他问", "她问", "他說", "她說", "我说", "我說"} {
		if strings.HasPrefix(body, p) {
			return true
		}
	}
	return false
}

// FirstWord cuts the letters at the front of the text, at most MaxWord bytes of it.
func FirstWord(text string) string {
	text = text[:min(len(text), MaxWord)]
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return text[:i]
		}
	}
	return text
}

// lastWord cuts the letters, digits and inner full stops at the end of the text.
func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool { return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func wordBefore(text string) string {
	text = text[max(0, len(text)-MaxWord):]
	return lastWord(strings.TrimRightFunc(text, unicode.IsSpace))
}

func numeral(word string) bool {
	return len(word) == 1 || word != "" && strings.Trim(word, "IVXLC") == ""
}
