package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// A token is a word, a punctuation mark or a whole piece between quotation marks. Unlike the tokens of package words
// it keeps punctuation, points of abbreviations and hyphens: that is where subjects, appositions and sentences end.
type token struct {
	start, end int32 // a book has millions of them, and a paragraph 64 KiB
	piece      int32 // for quoted: the index of the piece
	kind       tokenKind
	capital    bool
	traits     traits // of words
	lower      string // words: in lower case; punctuation: as it is, dashes and typographic forms made plain
}

// tokenize cuts s[from:to] into tokens, which it appends; pieces, which lie inside, become one token each.
func tokenize(tokens []token, s string, from, to int, pieces []text.QuotedSpan, firstPiece int) []token {
	scanner := text.Scan(s, joinWord)
	scanner.At = from
	for {
		if scanner.Limit = to; len(pieces) > 0 {
			scanner.Limit = pieces[0].From
		}
		for in, ok := scanner.Next(); ok; in, ok = scanner.Next() {
			t := token{start: int32(in.Start), end: int32(in.End), capital: in.Capital}
			switch in.Kind {
			case text.Word:
				known := spellings.Of(s[t.start:t.end])
				t.lower, t.traits = known.lower, known.traits
			case text.Number:
				t.kind, t.lower = number, lower(s[t.start:t.end])
			case text.Sign:
				t.kind, t.lower = punct, lower(s[t.start:t.end])
				t.sign(s)
				scanner.At = int(t.end)
			}
			if pronoun, n := invertedPronoun(t.lower); n > 0 {
				cut := t.end - int32(n)
				verb := token{start: t.start, end: cut - 1, capital: t.capital}
				verb.lower = strings.TrimSuffix(t.lower[:len(t.lower)-n-1], "-t")
				verb.traits = traitsIn(verb.lower)
				tokens = append(tokens, verb)
				t = token{start: cut, end: t.end, lower: pronoun, traits: traitsOf[pronoun]}
			}
			tokens = append(tokens, t)
			if n := genitiveAt(s[t.end:scanner.Limit]); n > 0 && t.kind != punct {
				tokens = append(tokens, token{start: t.end, end: t.end + int32(n), kind: genitive, lower: "'s"})
				scanner.At += n
			}
		}
		if len(pieces) == 0 {
			return tokens
		}
		p := pieces[0]
		tokens = append(tokens, token{start: int32(p.From), end: int32(p.To), kind: quoted, piece: int32(firstPiece)})
		scanner.At = max(p.To, scanner.At)
		pieces, firstPiece = pieces[1:], firstPiece+1
	}
}

// invertedPronoun returns the French pronoun that is joined to its verb, with its length: "dit-elle", "a-t-il". 0 for
// none.
func invertedPronoun(w string) (string, int) {
	i := strings.LastIndexByte(w, '-')
	if i < 1 {
		return "", 0
	}
	switch p := w[i+1:]; p {
	case "il", "elle", "ils", "elles":
		return p, len(p)
	}
	return "", 0
}

// sign makes dashes and typographic forms plain.
func (t *token) sign(s string) {
	switch t.lower {
	case "—", "–":
		t.lower = "—"
	case "-":
		if strings.HasPrefix(s[t.start:], "--") {
			t.lower, t.end = "—", t.start+2
		}
	case "‘", "`":
		t.lower = "'"
	case "…":
		t.lower = "."
	}
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
	if len(rest) > 0 && (rest[0] == 's' || rest[0] == 'S') && (len(rest) == 1 || !text.InWord(rest[1:])) {
		return n + 1
	}
	if rest == "" || rest[0] == ' ' {
		return n
	}
	return 0
}

// joinWord keeps hyphens, apostrophes and points inside a word where they belong to it, and the point of an
// abbreviation. The text ends where the words do: before the next quotation.
func joinWord(s string, start, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	rest, word := s[i+size:], s[start:i]
	if strings.HasSuffix(word, ".") {
		return i // behind an abbreviation nothing is joined: "U.S.-led"
	}
	switch r {
	case '-', '\u2011', '&':
		if text.InWord(rest) {
			return i + size
		}
	case '\'', '’':
		if text.InWord(rest) && genitiveAt(s[i:]) == 0 {
			return i + size
		}
		if word == "O" && strings.HasPrefix(rest, " ") && text.InWord(rest[1:]) {
			return i + size + 1 // O' Leary, as some agencies' systems print it
		}
	case '.', ',':
		next, _ := utf8.DecodeRuneInString(rest)
		switch {
		case text.InNumber(s, i), r == '.' && unicode.IsLetter(next) && pointed(word):
			return i + size
		case r == '.' && !text.InWord(rest) && (pointed(word) || text.IsAbbreviation(word)):
			return i + size
		}
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

// A spelling is what is known of a word by itself.
type spelling struct {
	lower  string
	traits traits
}

var spellings = text.NewMemo(func(printed string) spelling {
	w := lower(printed)
	return spelling{w, traitsIn(w)}
})

// lower makes a word plain: in small letters, with the apostrophe of typewriters.
func lower(s string) string {
	s = strings.ToLower(s)
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	return s
}

// maxSentence bounds a sentence, in tokens, so that no text takes more than linear time. The longest of English prose
// have some 200 words.
const maxSentence = 300

// sentencesOf returns where the sentences of a paragraph begin, as indices into some of its tokens, and last the number
// of these. A piece between marks is one unit, so that what is quoted never parts its own sentence from "he said".
func sentencesOf(spans []text.Span, tokens []token, pieces []text.QuotedSpan) []int {
	starts := []int{0}
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
