package timeline

import (
	"slices"
	"unicode/utf8"

	cut "pilcrow/internal/text"
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
	s := cut.Scan(text, joinNumber)
	for in, ok := s.Next(); ok; in, ok = s.Next() {
		t := token{start: in.Start, end: in.End, glued: in.Glued, capital: in.Capital}
		switch in.Kind {
		case cut.Word:
			t.kind = kindWord
			if t.end-t.start <= maxWordBytes {
				t.lower = lower(text[t.start:t.end])
				t.lex = dictionary[t.lower]
			}
		case cut.Number:
			t.kind = kindNumber
			t.readNumber(text[t.start:t.end])
		default:
			t.kind = kindPunct
			t.lower = sign(text[t.start:t.end])
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// joinNumber keeps the points and commas between digits.
func joinNumber(text string, _, at int) int {
	if cut.InNumber(text, at) {
		return at + 1
	}
	return at
}

// sign gives a mark its plain form.
func sign(s string) string {
	switch r, _ := utf8.DecodeRuneInString(s); r {
	case '’', '‘', '\'', '`', 'ʼ':
		return "'"
	case '–', '—', '‐', '‑', '−', '-':
		return "-"
	case utf8.RuneError:
		return "" // a byte that is no UTF-8
	}
	return s
}

// readNumber reads the digits, with the commas and points inside them, and the letters that follow at once.
func (t *token) readNumber(s string) {
	i, plain := 0, true
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ',' || s[i] == '.') {
		point := s[i] == ',' || s[i] == '.'
		if plain = plain && !point; plain && i < maxNumberBytes {
			t.value = 10*t.value + int(s[i]-'0')
		}
		i++
	}
	t.digits = i
	if len(s)-i <= maxWordBytes {
		t.lower = lower(s[i:])
	}
	if !plain || t.digits >= maxNumberBytes || t.digits == 0 { // digits of other scripts are not read
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
