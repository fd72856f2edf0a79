package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/text"
)

// A tokenKind tells words from the rest.
type tokenKind uint8

const (
	word     tokenKind = iota
	number             // begins with a digit
	punct              // one character
	genitive           // 's and ' after a name
	quoted             // a whole piece between quotation marks
)

// A token is a word, a punctuation mark or a whole piece between quotation marks. Unlike the tokens of package words it keeps
// punctuation, points of abbreviations and hyphens: that is where subjects, appositions and sentences end.
type token struct {
	start, end int32 // a book has millions of them, and a paragraph 64 KiB
	piece      int32 // for quoted: the index of the piece
	kind       tokenKind
	capital    bool
	lower      string // words: in lower case; punctuation: as it is, dashes and typographic forms made plain
}

// tokenize cuts text[from:to] into tokens, which it appends; pieces, which lie inside, become one token each.
func tokenize(tokens []token, text string, from, to int, pieces []text.QuotedSpan, firstPiece int) []token {
	at := func(start, end int) token { return token{start: int32(start), end: int32(end)} }
	for i := from; i < to; {
		if len(pieces) > 0 && i >= pieces[0].From {
			p := pieces[0]
			t := at(p.From, p.To)
			t.kind, t.piece = quoted, int32(firstPiece)
			tokens = append(tokens, t)
			i = max(p.To, i)
			pieces, firstPiece = pieces[1:], firstPiece+1
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r):
			i += size
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			limit := to
			if len(pieces) > 0 {
				limit = pieces[0].From
			}
			end := wordLimit(text, i, limit)
			t := at(i, end)
			t.lower, t.capital = lower(text[i:end]), unicode.IsUpper(r)
			if unicode.IsDigit(r) {
				t.kind = number
			}
			tokens = append(tokens, t)
			i = end
			if n := genitiveAt(text[i:limit]); n > 0 {
				t := at(i, i+n)
				t.kind, t.lower = genitive, "'s"
				tokens = append(tokens, t)
				i += n
			}
		default:
			t := at(i, i+size)
			t.kind, t.lower = punct, text[i:i+size]
			switch r {
			case '—', '–':
				t.lower = "—"
			case '-':
				if strings.HasPrefix(text[i:], "--") {
					t.lower, t.end = "—", t.start+2
				}
			case '’', '‘', '`':
				t.lower = "'"
			case '…':
				t.lower = "."
			}
			tokens = append(tokens, t)
			i = int(t.end)
		}
	}
	return tokens
}

// genitiveAt returns the length of a genitive ending at the beginning of s.
func genitiveAt(s string) int {
	var n int
	switch {
	case strings.HasPrefix(s, "'"):
		n = 1
	case strings.HasPrefix(s, "’"):
		n = len("’")
	default:
		return 0
	}
	rest := s[n:]
	if len(rest) > 0 && (rest[0] == 's' || rest[0] == 'S') && (len(rest) == 1 || !isWordByte(rest[1:])) {
		return n + 1
	}
	if rest == "" || rest[0] == ' ' {
		return n
	}
	return 0
}

func isWordByte(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wordLimit returns where the word that begins at i ends: letters and digits, with hyphens, apostrophes and points inside it where they
// belong to it, and the point of an abbreviation.
func wordLimit(text string, i, limit int) int {
	start := i
	for i < limit {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u200c':
			i += size
			continue
		case r == '-' || r == '\u2011' || r == '&':
			if i+size < limit && isWordByte(text[i+size:]) {
				i += size
				continue
			}
		case r == '\'' || r == '’':
			if i+size < limit && isWordByte(text[i+size:]) && genitiveAt(text[i:limit]) == 0 {
				i += size
				continue
			}
			if text[start:i] == "O" && strings.HasPrefix(text[i+size:limit], " ") && i+size+1 < limit && isWordByte(text[i+size+1:]) {
				i += size + 1 // O' Leary, as some agencies' systems print it
				continue
			}
		case r == '.' || r == ',':
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			digits := i > start && text[i-1] >= '0' && text[i-1] <= '9' && unicode.IsDigit(next)
			if digits || r == '.' && i+size < limit && unicode.IsLetter(next) && pointed(text[start:i]) {
				i += size
				continue
			}
			if r == '.' && (pointed(text[start:i]) || abbreviations[lower(text[start:i])]) {
				return i + size
			}
		}
		return i
	}
	return i
}

// pointed reports whether the word so far is an initial or initials with points: U, U.S, J.R.R.
func pointed(s string) bool {
	const most = 40 // bytes: no text abbreviates more, and a word is looked at again at each of its points
	if len(s) > most {
		return false
	}
	run := 0
	for _, r := range s {
		if r == '.' {
			run = 0
			continue
		}
		if run++; run > 1 || !unicode.IsLetter(r) {
			return false
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return run == 1 && (unicode.IsUpper(first) || strings.Contains(s, "."))
}

// abbreviations keep their point, and do not end a sentence by it.
var abbreviations = lexicon.Set(`mr mrs ms dr prof gen sen rep gov lt col sgt capt maj adm cmdr brig cpl st jr sr rev hon pres vs messrs mme mlle
	inc co corp ltd bros ph d m.d supt insp det fr sec asst ft mt no jan feb aug sept oct nov dec`)

func lower(s string) string { return strings.ToLower(s) }

// maxSentence bounds a sentence, in tokens, so that no text takes more than linear time. The longest of English prose have some 200 words.
const maxSentence = 300

// sentencesOf returns where sentences begin, as indices into tokens, and last the number of tokens. A piece between marks
// is one unit, so that what is quoted never parts its own sentence from "he said".
func sentencesOf(text string, tokens []token, pieces []text.QuotedSpan) []int {
	starts := []int{0}
	spans := article.Sentences(text)
	for i := range tokens {
		for len(spans) > 0 && spans[0].Start < int(tokens[i].start) {
			spans = spans[1:]
		}
		begins := len(spans) > 0 && spans[0].Start == int(tokens[i].start) && i > 0 && !unfinished(tokens[i-1], pieces)
		if begins || i-starts[len(starts)-1] >= maxSentence {
			starts = append(starts, i)
		}
	}
	return append(starts, len(tokens))
}

// unfinished reports whether the token is a piece that has no end in its paragraph.
func unfinished(t token, pieces []text.QuotedSpan) bool {
	return t.kind == quoted && (pieces[t.piece].RunsOn || pieces[t.piece].Open)
}

// stops end a sentence.
var stops = lexicon.Set(". ! ?")

// endsLike reports whether words end as a sentence does.
func endsLike(words string) bool {
	words = strings.TrimRight(words, "\"'”’»)] ")
	r, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!?…", r)
}
