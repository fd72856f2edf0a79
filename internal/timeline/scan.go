package timeline

import (
	"slices"
	"strings"
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
func scan(text string) []token { return scanInto(make([]token, 0, len(text)/4+1), text) }

// scanInto appends the tokens to a slice that nobody else uses.
func scanInto(tokens []token, text string) []token {
	s := cut.Scan(text, joinNumber)
	for in, ok := s.Next(); ok; in, ok = s.Next() {
		t := token{start: in.Start, end: in.End, glued: in.Glued, capital: in.Capital}
		switch in.Kind {
		case cut.Word:
			t.kind = kindWord
			if t.end-t.start <= maxWordBytes {
				t.lower = lower(text[t.start:t.end])
				t.lex = dictionary[t.lower]
				if strings.HasPrefix(t.lower, "fy") && t.end-t.start > len("fy") {
					t.lex = dictionary["fy"] // FY2018
				}
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

// readNumber reads the digits, with the commas and points inside them, and the letters that follow at once. Digits are
// those of ASCII and the two sets of the Arabic script.
func (t *token) readNumber(s string) {
	i, plain := 0, true
	for i < len(s) {
		digit, size := digitAt(s[i:])
		if size == 0 && s[i] != ',' && s[i] != '.' {
			break
		}
		if plain = plain && size > 0; plain && t.digits < maxNumberBytes {
			t.value = 10*t.value + digit
		}
		t.digits++
		i += max(size, 1)
	}
	if len(s)-i <= maxWordBytes {
		t.lower = lower(s[i:])
	}
	if !plain || t.digits >= maxNumberBytes || t.digits == 0 { // digits of other scripts are not read
		t.value = -1
	}
	if !plain && t.lower == "" && t.digits <= len("31.12.2022") {
		t.readDotted(s)
	}
}

// digitAt reads one digit; its size is 0 where there is none.
func digitAt(s string) (digit, size int) {
	if c := s[0]; c < utf8.RuneSelf {
		if c >= '0' && c <= '9' {
			return int(c - '0'), 1
		}
		return 0, 0
	}
	switch r, size := utf8.DecodeRuneInString(s); {
	case r >= '٠' && r <= '٩':
		return int(r - '٠'), size
	case r >= '۰' && r <= '۹':
		return int(r - '۰'), size
	}
	return 0, 0
}

// readDotted reads 16.4.2022: the day is first wherever points are written.
func (t *token) readDotted(s string) {
	var part [3]int
	k, digits := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			part[k] = 10*part[k] + int(c-'0')
			digits++
		case c == '.' && k < 2 && digits > 0 && digits <= 2:
			k, digits = k+1, 0
		default:
			return
		}
	}
	if k == 2 && digits == 4 {
		t.lex = lexeme{class: cDotted, n: part[2]*10_000 + part[1]*100 + part[0]}
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
