package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean drops what a reader cannot see and what could make the text read differently from how it is stored: control
// characters, marks that change the direction of writing, characters without width, and tags. Two of them are kept
// where they shape letters: the joiner and the non-joiner inside words of scripts that join (Persian, Urdu, Hindi),
// the joiner and the variation selectors behind a symbol (emoji). Line breaks and tabs stay.
func clean(text string) string {
	if strings.IndexFunc(text, invisible) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	last := rune(0)
	for i, r := range text {
		if invisible(r) {
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if !shapes(last, r, next) {
				continue
			}
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

const (
	nonJoiner = '\u200c'
	joiner    = '\u200d'
)

// invisible reports the characters that clean looks at.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < utf8.RuneSelf:
		return r < ' ' || r == 0x7f
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) // those are visible
	case unicode.Is(unicode.Variation_Selector, r):
		return true
	case r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0': // fillers: letters without ink
		return true
	}
	return unicode.IsControl(r)
}

// shapes says whether the invisible r changes how its neighbors are drawn.
func shapes(last, r, next rune) bool {
	switch {
	case r == nonJoiner || r == joiner && !unicode.IsSymbol(last) && !unicode.Is(unicode.Variation_Selector, last):
		return joins(last) && joins(next)
	case r == joiner:
		return unicode.IsSymbol(next) || unicode.Is(unicode.Variation_Selector, last)
	case r == '\ufe0e' || r == '\ufe0f':
		return unicode.IsSymbol(last) || unicode.IsDigit(last) || unicode.IsPunct(last)
	}
	return false
}

// joins reports a letter or mark of a script in which the joiners shape letters.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari,
		unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
		unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar)
}
