package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// A vocabulary counts the words of a document as they stand between spaces and punctuation.
type vocabulary struct {
	blocks []block
	counts map[string]int // nil until somebody asks
	labels int            // looked up inside paragraphs so far
	seams  int            // looked for so far
}

// count says how often the word occurs by itself.
func (v *vocabulary) count(word string) int {
	if v.counts == nil {
		v.counts = map[string]int{}
		for _, b := range v.blocks {
			for w := range strings.FieldsFuncSeq(b.text, notWord) {
				v.counts[w]++
			}
		}
	}
	return v.counts[word]
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// glue finds where a headline at the front of the text ends and a paragraph begins without a space between: at a
// quotation mark ('Victory"It will'), behind a closing mark ('Next?Pakistan'), at a capital ('KhorasanPakistan
// recorded'). Names like YouTube and McDonald have a capital inside too, so the places are weighed: the one counts
// most whose next word opens sentences or stands elsewhere in the document by itself, and where title case turns into
// prose. What follows must be a sentence to its end.
func (l label) glue(text string, v *vocabulary) (at int, ok bool) {
	const (
		maxSentence  = 600 // bytes; of what follows
		least        = 1   // the score of a place that is taken
		leastCapital = 0   // the same behind a label in capitals
	)
	if v.seams++; v.seams > maxLabels {
		return 0, false
	}
	limit := min(len(text), maxHeadline)
	best := least
	if l.capitals {
		best = leastCapital
	}
	best-- // so that an equal score does not replace an earlier place
	for i := 1; i < limit; i++ {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		score, seam := seamAt(text, i, v)
		if !seam {
			continue
		}
		next, headline := text[i:min(len(text), i+maxSentence)], text[:i]
		if !prose(next) || !l.capitals && !l.several && !titleCase(headline) {
			continue
		}
		if titleCase(headline) {
			score += contrast(next)
		}
		if !strings.ContainsFunc(strings.TrimSpace(headline), unicode.IsSpace) { // a single word is hardly a headline
			score -= 2
		}
		if score > best {
			best, at, ok = score, i, true
		}
	}
	return at, ok
}

// What a seam weighs.
const (
	seamSure     = 5
	seamLikely   = 3
	seamPossible = 2
)

// seamAt weighs whether a paragraph begins at byte i of the text, directly behind a headline.
func seamAt(text string, i int, v *vocabulary) (score int, seam bool) {
	last, width := utf8.DecodeLastRuneInString(text[:i])
	r, size := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	if unicode.IsSpace(last) {
		return seamPossible, unicode.IsUpper(next) && seamAtQuotation(text, i, r)
	}
	if strings.ContainsRune("([{“‘«„-–—/&@#", last) {
		return 0, false
	}
	if unicode.IsUpper(r) && unicode.IsUpper(next) {
		if l, ok := labelAt(text[i:]); ok && l.capitals && l.several && l.colon { // the next insert
			return seamSure + seamLikely, true
		}
	}
	switch {
	case strings.ContainsRune("“«„「\"‘'[(", r):
		return seamAtMark(text, i, last, r, next)
	case unicode.IsDigit(r) && unicode.IsLower(last):
		return 0, counts(text[i:]) && len(firstWordBack(text[:i])) > 3 && !named(text, i, v)
	case !unicode.IsUpper(r):
		return 0, false
	case unicode.IsLetter(last) || unicode.IsDigit(last):
		return seamInWord(text, i, last, next, v)
	}
	return seamBehindMark(text, i, last, width, next, v)
}

// seamBehindMark is seamAt before a capital that stands behind a mark, of so many bytes.
func seamBehindMark(text string, i int, mark rune, width int, next rune, v *vocabulary) (score int, seam bool) {
	switch mark {
	case '"':
		return seamSure, strings.Count(text[:i], `"`)%2 == 0
	case '”', '»':
		return seamSure, true
	case '’', '\'':
		return seamLikely, openSingle(text[:i-width])
	case '?', '!', '…', ')', ']', '。':
		return seamLikely + capitalScore(text, i, v), true
	case '.':
		return capitalScore(text, i, v), unicode.IsLower(next)
	}
	return 0, false
}

// seamInWord is seamAt before a capital that stands directly behind a letter or a digit.
func seamInWord(text string, i int, last, next rune, v *vocabulary) (score int, seam bool) {
	var fits bool
	switch {
	case unicode.IsDigit(last):
		fits = unicode.IsLower(next) || alone(text[i:])
	case unicode.IsLower(last):
		fits = !unicode.IsUpper(next) || acronym(text[i:])
	case unicode.IsUpper(last): // "TTPPakistan", "VICTORYPakistan"
		fits = unicode.IsLower(next) && len(firstWord(text[i:])) > 2
	default:
		return 0, false
	}
	return capitalScore(text, i, v), fits && !named(text, i, v)
}

// seamAtQuotation reports whether the mark at byte i opens a quotation in words that are no headline, behind one.
func seamAtQuotation(text string, i int, mark rune) bool {
	opens := mark == '“' || mark == '"' && strings.Count(text[:i], `"`)%2 == 0
	return opens && titleCase(text[:i]) && contrast(text[i:min(len(text), i+maxHeadline)]) > 0
}

// seamAtMark is seamAt before a quotation mark or a bracket.
func seamAtMark(text string, i int, last, mark, next rune) (score int, seam bool) {
	wordNext := unicode.IsUpper(next) || unicode.IsDigit(next) || next == '[' || next == '…'
	switch mark {
	case '"':
		return seamSure, strings.Count(text[:i], `"`)%2 == 0 && (wordNext || unicode.IsLetter(next))
	case '‘', '\'':
		return seamLikely, wordNext && len(firstWordBack(text[:i])) > 2 && !openSingle(text[:i])
	case '[', '(':
		return seamLikely, unicode.IsLower(last) && unicode.IsUpper(next)
	}
	return seamSure, wordNext || unicode.IsLetter(next)
}

// capitalScore weighs the words on both sides of a seam.
func capitalScore(text string, i int, v *vocabulary) int {
	const opener, known, knownSmall, knownBefore = 3, 3, 2, 1
	score := 0
	next, last := firstWord(text[i:]), firstWordBack(text[:i])
	switch {
	case isOpener(next):
		score += opener
	case v.count(next) > 0:
		score += known
	case v.count(strings.ToLower(next)) > 0:
		score += knownSmall
	}
	if v.count(last) > 0 {
		score += knownBefore
	}
	return score
}

// named reports whether the capital at byte i is inside a name.
func named(text string, i int, v *vocabulary) bool {
	const minFirst = 3 // letters before the capital; fewer are a prefix: iPhone, McCain, LeBron
	last := firstWordBack(text[:i])
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	before, _ := utf8.DecodeLastRuneInString(text[:i-len(last)])
	if unicode.IsLower(r) && !unicode.IsDigit(before) && (len(last) < minFirst || prefixes[last]) { // not "F-16s"
		return true
	}
	first, second := text[max(0, i-maxWord):i], text[i:min(len(text), i+maxWord)] // of the whole token
	if j := strings.LastIndexFunc(first, notWord); j >= 0 {
		_, size := utf8.DecodeRuneInString(first[j:])
		first = first[j+size:]
	}
	if j := strings.IndexFunc(second, notWord); j >= 0 {
		second = second[:j]
	}
	token := first + second
	if v.count(token) > 1 {
		return true
	}
	for name := range camels {
		if at := strings.Index(token, name); at >= 0 && at < len(first) && len(first) < at+len(name) {
			return true
		}
	}
	return false
}

// prose reports whether the text begins with a whole sentence of at least two words.
func prose(text string) bool {
	sentences := Sentences(text)
	if len(sentences) == 0 {
		return false
	}
	first := sentences[0].Of(text)
	words := len(strings.Fields(first))
	const few = 4 // in a short sentence title case says nothing
	return closed(first) && words >= 2 && (words <= few || !titleCase(first))
}

// contrast weighs whether what follows a headline in title case is prose: its next words are mostly small.
func contrast(next string) int {
	const looked = 6 // words behind the first
	small, capital := 0, 0
	n := 0
	for w := range strings.FieldsSeq(next) {
		if n++; n == 1 {
			continue
		}
		if n > looked+1 {
			break
		}
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsLower(r) && !minor[firstWord(w)]:
			small++
		case unicode.IsUpper(r):
			capital++
		}
	}
	switch {
	case small >= capital:
		return 2
	case small == 0:
		return -2
	}
	return 0
}

// openSingle reports whether a single quotation mark is open at the end of the text.
func openSingle(text string) bool {
	open := false
	for i, r := range text {
		last, _ := utf8.DecodeLastRuneInString(text[:i])
		switch {
		case r == '‘', r == '\'' && (i == 0 || unicode.IsSpace(last)):
			open = true
		case r == '’' || r == '\'':
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if !unicode.IsLetter(next) {
				open = false
			}
		}
	}
	return open
}

// alone reports "A" or "I" as a word.
func alone(text string) bool {
	for _, word := range []string{"A ", "I ", "I'", "I’"} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// counts reports a number and a small word: "36 people".
func counts(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(rest, " "))
	return strings.HasPrefix(rest, " ") && unicode.IsLower(r)
}

// acronym reports a word in capitals, with or without full stops, of two to six letters.
func acronym(text string) bool {
	const maxLetters = 6
	word := strings.TrimRight(firstToken(text), ",")
	letters := strings.ReplaceAll(word, ".", "")
	return len(letters) >= 2 && len(letters) <= maxLetters && allCapitals(letters)
}

func firstToken(text string) string {
	token, _, _ := strings.Cut(text[:min(len(text), maxWord)], " ")
	return token
}

// firstWordBack cuts the letters at the end of the text that begin with its last capital: "Tube" of "YouTube".
func firstWordBack(text string) string {
	text = text[max(0, len(text)-maxWord):]
	i := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	_, size := utf8.DecodeRuneInString(text[max(i, 0):])
	if i >= 0 {
		text = text[i+size:]
	}
	if j := strings.LastIndexFunc(text, unicode.IsUpper); j > 0 && !allCapitals(text) {
		return text[j:]
	}
	return text
}

// prefixes are the first halves of family names with two capitals.
var prefixes = lexicon.List("name-prefixes")

// camels are well-known names with a capital inside whose halves might pass for words.
var camels = lexicon.List("inner-capitals")
