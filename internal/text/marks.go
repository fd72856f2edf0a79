package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// A glyph is a printed form of a quotation mark.
type glyph uint8

const (
	straight    glyph = iota // " and the '' of typewritten text
	backticks                // ``
	upSix                    // “
	upNine                   // ”
	lowNine                  // „
	leftAngles               // «
	rightAngles              // »
	single                   // '
	singleSix                // ‘
	singleNine               // ’
	singleLow                // ‚
	leftAngle                // ‹
	rightAngle               // ›
	leftCorner               // 「 and 『
	rightCorner              // 」 and 』
	glyphCount               // how many there are
)

// A mark is a glyph at its place, with what stands around it: that is what tells an opening mark from a closing one, an
// apostrophe and an inch.
type mark struct {
	at, size    int // bytes
	glyph       glyph
	first       bool // nothing but space before it in the paragraph
	openBefore  bool // a space, an opening bracket, a dash or the beginning stands before it
	spaceBefore bool // a space stands before it, or the beginning
	shutAfter   bool // a space, punctuation or the end follows
	spaceAfter  bool // a space follows, or the end
	digit       bool // a digit, or a fraction, stands before it
	stop        bool // punctuation stands before it, spaces apart
	letter      rune // the letter before it, 0 for none
	verbAfter   bool // a reporting verb or a pronoun follows at once
	elision     bool // begins a word that is printed with an apostrophe: 'em, '90s
	inches      bool // the second mark of a height: 5'10"
	beyond      bool // of size 0: the end of what is read of a paragraph that has more than MaxMarks
}

// MaxMarks is how many quotation marks of a paragraph are read: a page of nothing but talk has a hundred.
const MaxMarks = 2_000

const marksAndApostrophes = "\"'`“”„«»‘’‚‹›「」『』‟＂‛"

// speakingPronouns are those that may follow a quotation, in the languages of the marks.
var speakingPronouns = lexicon.Set("he she it they er il elle sie él ella")

// marksOf lists the first MaxMarks marks of a paragraph, with its end as a last one of size 0. Apostrophes inside words
// are left out.
func marksOf(text string) []mark {
	plain := func(r rune) bool { return r < utf8.RuneSelf && r != '"' && r != '\'' && r != '`' }
	var marks []mark
	before := rune(0) // 0 at the beginning
	for i := 0; i < len(text); {
		if c := rune(text[i]); plain(c) {
			before = c
			i++
			continue
		}
		r, g, size, ok := glyphAt(text[i:])
		after, _ := utf8.DecodeRuneInString(text[i+size:])
		if i+size == len(text) {
			after = 0
		}
		apostrophe := (g == single || g == singleNine || g == singleSix) && unicode.IsLetter(before) &&
			unicode.IsLetter(after)
		if ok && !apostrophe {
			if len(marks) == MaxMarks {
				return append(marks, mark{at: i, beyond: true})
			}
			marks = append(marks, newMark(text, i, size, g, before, after))
		}
		before = r
		i += size
	}
	return append(marks, mark{at: len(text)})
}

// glyphAt reads the first character of a text, or the two of a typewriter's mark; ok tells that it is a quotation mark.
func glyphAt(text string) (r rune, g glyph, size int, ok bool) {
	r, size = utf8.DecodeRuneInString(text)
	switch {
	case strings.HasPrefix(text, "``"):
		return r, backticks, 2, true
	case strings.HasPrefix(text, "''"):
		return r, straight, 2, true
	}
	g, ok = glyphs[r]
	return r, g, size, ok
}

// glyphs gives the marks of one character. Prime and double prime are not here: they always mean feet, inches, minutes.
var glyphs = map[rune]glyph{
	'"': straight, '＂': straight, '“': upSix, '‟': upSix, '”': upNine, '„': lowNine, '«': leftAngles, '»': rightAngles,
	'\'': single, '‘': singleSix, '‛': singleSix, '’': singleNine, '‚': singleLow, '‹': leftAngle, '›': rightAngle,
	'「': leftCorner, '『': leftCorner, '」': rightCorner, '』': rightCorner,
}

func newMark(text string, at, size int, g glyph, before, after rune) mark {
	m := mark{at: at, size: size, glyph: g}
	head := strings.TrimRightFunc(text[:at], unicode.IsSpace)
	m.first = head == ""
	m.spaceBefore = before == 0 || unicode.IsSpace(before)
	m.openBefore = m.spaceBefore || strings.ContainsRune("([{—–-/", before) || isMark(before)
	m.spaceAfter = after == 0 || unicode.IsSpace(after)
	m.shutAfter = m.spaceAfter || strings.ContainsRune(".,;:!?)]}—–-/…"+arabicStops, after) || isMark(after)
	m.digit = unicode.IsDigit(before) || strings.ContainsRune(fractions, before)
	if unicode.IsLetter(before) {
		m.letter = before
	}
	if last, _ := utf8.DecodeLastRuneInString(head); strings.ContainsRune(".,;:!?…—–-"+arabicStops, last) {
		m.stop = true
	}
	rest := strings.TrimLeft(text[at+size:], " ")
	word := strings.ToLower(FirstWord(rest))
	_, m.verbAfter = lexicon.Reporting(word)
	m.verbAfter = m.verbAfter || speakingPronouns[word]
	m.elision = elided[word] || unicode.IsDigit(after)
	m.inches = m.digit && heightBefore(head)
	m.turn(before, after)
	return m
}

// arabicStops is the punctuation of the languages in Arabic letters.
const arabicStops = "،۔؛؟"

// turn tells by its place which of two marks one beside Arabic letters is: print from right to left has ”…“ and “…”.
func (m *mark) turn(before, after rune) {
	last := unicode.Is(unicode.Arabic, before) || strings.ContainsRune(arabicStops, before)
	switch {
	case m.glyph == upNine && m.openBefore && unicode.Is(unicode.Arabic, after):
		m.glyph = upSix
	case m.glyph == upSix && !m.openBefore && m.shutAfter && last:
		m.glyph = upNine
	}
}

// elided are words that begin with an apostrophe.
var elided = lexicon.Set("em til tis twas cause bout round n tilt neath ere s d ll re ve t")

func isMark(r rune) bool { _, ok := glyphs[r]; return ok }

// fractions may end a number of inches: 6'2½".
const fractions = "½¼¾"

// heightBefore reports whether the text, which ends with a number, ends in feet and inches without their last mark:
// 6'2.
func heightBefore(head string) bool {
	rest := strings.TrimRight(strings.TrimRight(head, "0123456789."+fractions), " ")
	feet := strings.TrimRight(rest, "'’′")
	return len(feet) < len(rest) && feet != "" && digit(feet[len(feet)-1])
}
