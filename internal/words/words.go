// Package words cuts text into tokens and reduces them to what finding and comparing need: folded case and accents,
// stems, and which words carry no meaning of their own.
//
// Everything here is pure and safe for use by several goroutines.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	cut "pilcrow/internal/text"
)

// A Token is one word of a text. Start and End are its byte offsets; Text is folded: lower case, compatibility forms
// and accents removed, typographic apostrophes made plain, a possessive 's cut off.
type Token struct {
	Start, End int
	Text       string
	Stem       string
	Stop       bool // a function word
	Capital    bool // printed with an upper-case first letter
	Digit      bool // begins with a digit
}

// maxTokenBytes bounds a token; a longer run of letters is cut into several, so that no text is quadratic to stem.
const maxTokenBytes = 64

// Tokenize cuts the text into words: runs of letters, marks and digits, with apostrophes, points and commas inside them
// where they belong ("don't", "U.S.", "2.5", "1,204"). A hyphen parts two words. Scripts that are written without
// spaces (Han, Kana, Thai and their like) give one token per character.
func Tokenize(text string) []Token { return Append(make([]Token, 0, len(text)/6+1), text) }

// Append appends the tokens of the text to others.
func Append(tokens []Token, text string) []Token { return AppendBy(tokens, text, ofKnown) }

// AppendBy is Append for who keeps what is known of words: of is asked for each in order, and returns what New does.
func AppendBy(tokens []Token, text string, of func(printed string) *Token) []Token {
	s := scan(text)
	for in, ok := s.Next(); ok; in, ok = s.Next() {
		if in.Kind == cut.Sign {
			continue
		}
		t := *of(text[in.Start:in.End])
		t.Start, t.End = in.Start, in.End
		tokens = append(tokens, t)
	}
	return tokens
}

// known is what a word or number is, wherever it stands.
var (
	known   = cut.NewMemo(New)
	ofKnown = known.Of
)

func scan(text string) cut.Scanner {
	s := cut.Scan(text, join)
	s.MaxBytes, s.Unspaced = maxTokenBytes, true
	return s
}

// join keeps apostrophes, points and commas inside a word where they belong to it.
func join(text string, start, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+size:])
	switch {
	case (r == '\'' || r == '’') && unicode.IsLetter(next), cut.InNumber(text, i):
		return i + size
	case r == '.' && abbreviation(text, start, i) && !unicode.IsLower(next): // "U.S.", with its last point
		return i + size
	}
	return i
}

// Stems returns the stems of the text's words that are not function words, in order, repeated as they occur.
func Stems(text string) []string { return StemsOf(Tokenize(text)) }

// StemsOf is Stems for who has the text's tokens already.
func StemsOf(tokens []Token) []string {
	var stems []string
	for _, t := range tokens {
		if !t.Stop {
			stems = append(stems, t.Stem)
		}
	}
	return stems
}

// New is a token by its letters; where it stands is left out.
func New(raw string) Token {
	first, _ := utf8.DecodeRuneInString(raw)
	t := Token{Text: fold(raw), Capital: unicode.IsUpper(first), Digit: unicode.IsDigit(first)}
	if dotted(raw) || len(raw) > 1 && len(raw) <= 3 && t.Capital && t.Text == "us" && raw == "US" {
		// "U.S." and "US" are the same name, and neither is the pronoun.
		t.Text = strings.ReplaceAll(t.Text, ".", "") + "."
		t.Stem = t.Text
		return t
	}
	t.Stop = stopWords[t.Text]
	t.Stem = Stem(t.Text)
	return t
}

// abbreviation reports whether the point at i follows single upper-case letters with points between: "U" or "U.S".
func abbreviation(text string, start, i int) bool {
	word := text[start:i]
	if word[len(word)-1] == '.' {
		return false
	}
	for k := range len(word) {
		if upper := word[k] >= 'A' && word[k] <= 'Z'; upper != (k%2 == 0) || !upper && word[k] != '.' {
			return false
		}
	}
	// One letter and a point is an initial unless another letter and point follow at once.
	return len(word) > 1 || i+2 < len(text) && text[i+1] >= 'A' && text[i+1] <= 'Z' && text[i+2] == '.'
}

func dotted(raw string) bool {
	return len(raw) >= 3 && raw[1] == '.' && raw[0] >= 'A' && raw[0] <= 'Z'
}

// fold makes words that readers take for the same the same bytes.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		s = strings.ToLower(s)
	} else {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '’' || r == 'ʼ':
				return '\''
			case unicode.Is(unicode.Mn, r), r == '\u200c': // the joiner of Persian and Pashto is typed or left out
				return -1
			}
			return unicode.ToLower(r)
		}, norm.NFKD.String(s))
	}
	return strings.TrimSuffix(s, "'s")
}

// Fold makes words that readers take for the same the same bytes, as in Token.Text, but for the possessive; letters
// that Arabic, Persian, Pashto and Urdu keyboards write in different ways are one.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if to, ok := sameLetters[r]; ok {
			return to
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
	return strings.ReplaceAll(s, "’", "'")
}

// sameLetters are letters of the Arabic script that stand for one another: https://www.unicode.org/reports/tr53/ and
// the keyboards of the region.
var sameLetters = map[rune]rune{'ي': 'ی', 'ى': 'ی', 'ې': 'ی', 'ۍ': 'ی', 'ك': 'ک', 'ګ': 'گ', 'ة': 'ه', 'ہ': 'ه',
	'ھ': 'ه', 'ۀ': 'ه', 'ە': 'ه', 'ے': 'ی'}
