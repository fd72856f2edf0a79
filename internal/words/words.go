// Package words cuts text into tokens and reduces them to what finding and comparing need: folded case and accents, stems, and
// which words carry no meaning of their own.
//
// Everything here is pure and safe for use by several goroutines.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Token is one word of a text. Start and End are its byte offsets; Text is folded: lower case, compatibility forms and
// accents removed, typographic apostrophes made plain, a possessive 's cut off.
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

// Tokenize cuts the text into words: runs of letters, marks and digits, with apostrophes, points and commas inside them where they
// belong ("don't", "U.S.", "2.5", "1,204"). A hyphen parts two words. Scripts that are written without spaces (Han, Kana,
// Thai and their like) give one token per character.
func Tokenize(text string) []Token { return tokenize(text, Stem) }

// TokenizeUnstemmed is Tokenize without the stems, which take most of its time: Token.Stem is empty but in names such as "U.S.".
func TokenizeUnstemmed(text string) []Token {
	return tokenize(text, func(string) string { return "" })
}

func tokenize(text string, stem func(string) string) []Token {
	tokens := make([]Token, 0, len(text)/6+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			i += size
			continue
		}
		end := wordEnd(text, i)
		tokens = append(tokens, newToken(text, i, end, r, stem))
		i = end
	}
	return tokens
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

func newToken(text string, start, end int, first rune, stem func(string) string) Token {
	raw := text[start:end]
	t := Token{Start: start, End: end, Text: fold(raw), Capital: unicode.IsUpper(first), Digit: unicode.IsDigit(first)}
	if dotted(raw) || len(raw) > 1 && len(raw) <= 3 && t.Capital && t.Text == "us" && raw == "US" {
		// "U.S." and "US" are the same name, and neither is the pronoun.
		t.Text = strings.ReplaceAll(t.Text, ".", "") + "."
		t.Stem = t.Text
		return t
	}
	t.Stop = stopWords[t.Text]
	t.Stem = stem(t.Text)
	return t
}

// wordEnd finds the end of the word that begins at i.
func wordEnd(text string, i int) int {
	start := i
	r, size := utf8.DecodeRuneInString(text[i:])
	if unspaced(r) {
		return i + size
	}
	for i < len(text) && i-start < maxTokenBytes {
		r, size = utf8.DecodeRuneInString(text[i:])
		if unspaced(r) {
			return i
		}
		if inWord(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case (r == '\'' || r == '’') && unicode.IsLetter(next):
		case (r == '.' || r == ',') && i > start && unicode.IsDigit(rune(text[i-1])) && unicode.IsDigit(next):
		case r == '.' && abbreviation(text, start, i) && !unicode.IsLower(next):
			if !unicode.IsUpper(next) { // the last point of "U.S."
				return i + size
			}
		default:
			return i
		}
		i += size
	}
	return i
}

// abbreviation reports whether the point at i follows single upper-case letters with points between: "U" or "U.S".
func abbreviation(text string, start, i int) bool {
	word := text[start:i]
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

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
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
			case unicode.Is(unicode.Mn, r):
				return -1
			}
			return unicode.ToLower(r)
		}, norm.NFKD.String(s))
	}
	return strings.TrimSuffix(s, "'s")
}
