package text

import (
	"unicode"
	"unicode/utf8"
)

// A Kind is what a token is made of.
type Kind uint8

// The kinds of tokens. What begins with a letter is a word, with a digit a number; digits and letters may follow in
// both: "q3", "1990s".
const (
	Word Kind = iota
	Number
	Sign // one character
)

// A Token is a word, a number or a sign: the bytes from Start up to, not including, End.
type Token struct {
	Start, End int
	Kind       Kind
	Capital    bool // begins with an upper-case letter
	Glued      bool // nothing parts it from the token before
}

// A Joiner says what a reader takes for one token. It is asked at each sign that stands at once behind the token
// text[start:at], and returns where the token goes on behind it: it keeps the sign and what follows. A return of at
// ends the token before the sign.
type Joiner func(text string, start, at int) int

// A Scanner cuts a text into tokens. It is the only one: its readers differ in what they join.
type Scanner struct {
	Text string
	At   int // where the next token is looked for; callers may move it forward
	// Limit is where the text ends for it.
	Limit int
	Join  Joiner // nil for nothing
	// MaxBytes cuts longer words and numbers; 0 for no bound.
	MaxBytes int
	// Unspaced gives each letter of a script that is written without spaces a token of its own.
	Unspaced bool

	last int // where the token before ended
}

// Scan returns a Scanner of the whole text.
func Scan(text string, join Joiner) Scanner {
	return Scanner{Text: text, Limit: len(text), Join: join, last: -1}
}

// Next returns the next token; ok is false at the end.
func (s *Scanner) Next() (t Token, ok bool) {
	for s.At < s.Limit {
		r, size := utf8.DecodeRuneInString(s.Text[s.At:])
		if unicode.IsSpace(r) {
			s.At += size
			continue
		}
		t = Token{Start: s.At, Glued: s.last == s.At}
		switch {
		case unicode.IsDigit(r):
			t.Kind, t.End = Number, s.end(s.At)
		case unicode.IsLetter(r) || unicode.IsMark(r):
			t.Kind, t.Capital, t.End = Word, unicode.IsUpper(r), s.end(s.At)
		default:
			t.Kind, t.End = Sign, s.At+size
		}
		s.At, s.last = t.End, t.End
		return t, true
	}
	return Token{}, false
}

// end finds where the word or number that begins at start ends.
func (s *Scanner) end(start int) int {
	limit := s.Limit
	if s.MaxBytes > 0 {
		limit = min(limit, start+s.MaxBytes)
	}
	i := start
	for i < limit {
		r, size := utf8.DecodeRuneInString(s.Text[i:])
		switch {
		case s.Unspaced && unspaced(r):
			if i == start {
				return i + size
			}
			return i
		case inWord(r):
			i += size
			continue
		case s.Join == nil || unicode.IsSpace(r) && r != ' ':
			return i
		}
		next := s.Join(s.Text[:s.Limit], start, i)
		if next <= i {
			return i
		}
		i = next
	}
	return i
}

// zeroWidthNonJoiner parts letters inside words of Persian, Pashto and Urdu that would join in print.
const zeroWidthNonJoiner = '\u200c'

// inWord reports whether the character continues a word.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == zeroWidthNonJoiner
}

// InWord reports whether the text begins with a letter or a digit.
func InWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar)
}

// InNumber reports whether the point or comma at a place stands between two digits.
func InNumber(text string, at int) bool {
	if at == 0 || text[at] != '.' && text[at] != ',' || !digit(text[at-1]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[at+1:])
	return unicode.IsDigit(next)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
