package timeline

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

type kind uint8

const (
	kindNone   kind = iota
	kindWord        // letters; digits may follow them: "q3"
	kindNumber      // digits; letters may follow them: "1990s", "3rd", "9pm"
	kindPunct       // one sign
)

// A token is one word, number or sign of the text.
type token struct {
	start, end int
	kind       kind
	glued      bool   // nothing parts it from the token before
	capital    bool   // begins with an upper-case letter
	lower      string // folded; for a number only the letters that follow its digits
	lex        lexeme
	value      int // of a number that is plain digits, else -1
	digits     int
}

const (
	maxWordBytes   = 40 // longer words are in no lexicon: they are cut, so that folding stays cheap
	maxNumberBytes = 9  // of the digits that are read: a date has at most 8
)

// scan cuts the text into tokens in one pass.
func scan(text string) []token {
	tokens := make([]token, 0, len(text)/4+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		t := token{start: i, glued: len(tokens) > 0 && tokens[len(tokens)-1].end == i}
		switch {
		case unicode.IsLetter(r):
			t.kind, t.capital = kindWord, unicode.IsUpper(r)
			t.end = wordEnd(text, i)
			if t.end-i <= maxWordBytes {
				t.lower = lower(text[i:t.end])
				t.lex = dictionary[t.lower]
			}
		case '0' <= r && r <= '9':
			t.kind = kindNumber
			scanNumber(text, &t)
		case unicode.IsSpace(r):
			i += size
			continue
		default:
			t.kind, t.end = kindPunct, i+size
			t.lower = sign(text, i, r)
		}
		tokens = append(tokens, t)
		i = t.end
	}
	return tokens
}

// sign gives a mark its plain form.
func sign(text string, i int, r rune) string {
	switch r {
	case '’', '‘', '\'', '`', 'ʼ':
		return "'"
	case '–', '—', '‐', '‑', '−', '-':
		return "-"
	}
	if r == utf8.RuneError {
		return "" // a byte that is no UTF-8
	}
	return text[i : i+utf8.RuneLen(r)]
}

func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && (r < '0' || r > '9') {
			break
		}
		i += size
	}
	return i
}

// scanNumber reads digits with the commas and points inside them, and the letters that follow at once.
func scanNumber(text string, t *token) {
	i, plain := t.start, true
	for i < len(text) {
		c := text[i]
		point := c == ',' || c == '.'
		if point && (i+1 >= len(text) || text[i+1] < '0' || text[i+1] > '9') || !point && (c < '0' || c > '9') {
			break
		}
		if plain = plain && !point; plain && i-t.start < maxNumberBytes {
			t.value = 10*t.value + int(c-'0')
		}
		i++
	}
	t.digits = i - t.start
	t.end = wordEnd(text, i)
	if t.end-i <= maxWordBytes {
		t.lower = lower(text[i:t.end])
	}
	if !plain || t.digits >= maxNumberBytes {
		t.value = -1
	}
}

// none stands before the first token and behind the last. It is never written to.
var none token

// at returns the i-th token, or the zero token outside the text. The token must not be written to.
func at(tokens []token, i int) *token {
	if i < 0 || i >= len(tokens) {
		return &none
	}
	return &tokens[i]
}

func (t *token) has(c class) bool { return t.lex.class&c != 0 }

// is tells whether the token is one of the words or signs.
func (t *token) is(words ...string) bool {
	return t.kind != kindNumber && slices.Contains(words, t.lower)
}

// plain tells that the token is a number of digits alone.
func (t *token) plain() bool { return t.kind == kindNumber && t.value >= 0 && t.lower == "" }
