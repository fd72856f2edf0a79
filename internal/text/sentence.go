package text

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxAside is the longest text in brackets, in bytes, that is kept whole inside its sentence.
	maxAside = 300
	// MaxWord bounds, in bytes, how far a word is read when it decides about a full stop. No abbreviation or
	// sentence opener is longer.
	MaxWord = 32
)

// Sentences splits a text into sentences. The spans are trimmed, in order, do not overlap and cover every byte that
// is not white space. Closing quotation marks, brackets and footnote numbers stay with the sentence that they close. A
// quotation of several sentences is split inside, so a span need not hold both of its marks; one that the sentence
// goes on after in lower case, or with "Khan said", is not. A blank line, or a new line with a Bullet, always ends a
// sentence. It takes linear time, whatever the text.
//
// The rules are for languages that part words with spaces and begin sentences with capitals, and for the full stops of
// Chinese, Japanese, Arabic, Urdu and Hindi. Where a full stop may end an abbreviation or a sentence ("the U.S. The"),
// the word that follows decides.
func Sentences(text string) []Span {
	s := splitter{text: text, asides: asides(text)}
	return s.split()
}

// A splitter is the state of one walk through a text.
type splitter struct {
	text   string
	spans  []Span
	start  int    // where the current sentence began, -1 between sentences
	asides []Span // brackets short enough to keep whole, by Start
	quotes int    // straight double quotation marks so far
	tongue string // the language of the text once it was asked for
}

func (s *splitter) split() []Span {
	s.start = -1
	aside, next := 0, 0 // inside brackets up to aside; s.asides[next] is the next pair
	for i := 0; i < len(s.text); {
		if c := s.text[i]; s.start >= 0 && c < utf8.RuneSelf && inside[c] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if s.start < 0 {
			if unicode.IsSpace(r) {
				i += size
				continue
			}
			s.start = i
		}
		for next < len(s.asides) && s.asides[next].Start <= i {
			if i > s.start {
				aside = max(aside, s.asides[next].End)
			}
			next++
		}
		switch {
		case r == '\n' && hardBreak(s.text[i:]):
			s.emit(i)
		case r == '"':
			s.quotes++
		case IsTerminator(r):
			stop := s.stop(i)
			if i >= aside && s.ends(stop) {
				s.emit(stop.end)
			}
			i = stop.end
			continue
		}
		i += size
	}
	if s.start >= 0 {
		s.emit(len(s.text))
	}
	return s.spans
}

// inside are the ASCII characters that, once a sentence has begun, neither end it nor say anything of where it ends:
// most of a text.
var inside = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = !strings.ContainsRune("\n\"([", rune(c)) && !IsTerminator(rune(c))
	}
	return is
}()

func (s *splitter) emit(end int) {
	end = s.start + len(strings.TrimRightFunc(s.text[s.start:end], unicode.IsSpace))
	s.spans = append(s.spans, Span{s.start, end})
	s.start = -1
}

// A stop is a run of terminators with the marks that close what they end.
type stop struct {
	start, end int
	dots       int  // full stops in the run; "…" counts as three
	strong     bool // it has a question or exclamation mark
	uncased    bool // of a script without capitals, which may put no space behind it
	quoted     bool // a closing quotation mark follows
}

// stop reads the run of terminators that begins at i.
func (s *splitter) stop(i int) stop {
	st := stop{start: i, end: i}
	for st.end < len(s.text) {
		size := st.terminator(s.text[st.end:])
		if size == 0 {
			break
		}
		st.end += size
	}
	for st.end < len(s.text) {
		size, mark := s.closes(st.end)
		if size == 0 {
			break
		}
		st.end += size
		st.quoted = st.quoted || mark
	}
	return st
}

// terminator takes the terminator that the text begins with; it returns how long it is, and 0 where there is none.
func (st *stop) terminator(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case r == '.':
		st.dots++
	case r == '…':
		st.dots += 3
	case strings.ContainsRune("!?‼⁇⁈⁉‽", r):
		st.strong = true
	case IsTerminator(r):
		st.uncased = true
	case r == ' ' && st.dots > 0 && spacedDot(text): // an ellipsis printed ". . ."
	default:
		return 0
	}
	return size
}

// closes tells how long what closes a sentence at i behind its terminators is, 0 for nothing, and whether it is a
// quotation mark.
func (s *splitter) closes(i int) (size int, mark bool) {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case r == '"':
		s.quotes++
		return size, true
	case strings.ContainsRune("“‘«‹", r) && beforeWord(s.text[i+size:]):
		return 0, false
	case strings.ContainsRune("'”’»›」』“‘«‹＂", r): // German closes with “ and ‘, and with « where it opens with »
		return size, true
	case strings.ContainsRune(")]}）】〉》〕］", r):
		return size, false
	case r == '[':
		return footnote(s.text[i:]), false
	case !unicode.IsSpace(r):
		return 0, false
	}
	// A mark that stands alone behind the space closes too: French « Oui. » and badly spaced quotations.
	behind := i + size
	q, width := utf8.DecodeRuneInString(s.text[behind:])
	alone := behind+width == len(s.text) || spaceAt(s.text[behind+width:])
	if !alone || q != '»' && q != '›' && (q != '"' || s.quotes%2 == 0) {
		return 0, false
	}
	if q == '"' {
		s.quotes++
	}
	return size + width, true
}

// ends says whether a sentence ends with the stop.
func (s *splitter) ends(st stop) bool {
	rest := s.text[st.end:]
	body := strings.TrimLeftFunc(rest, unicode.IsSpace)
	spaced := len(body) < len(rest)
	if st.uncased {
		return s.endsUncased(st, body, spaced)
	}
	if !spaced {
		return false
	}
	body = strings.TrimLeftFunc(body, OpensSentence)
	r, _ := utf8.DecodeRuneInString(body)
	switch {
	case ClosesClause(r):
		return false
	case unicode.IsLower(r) && !IsCamel(body):
		return false
	case st.strong && st.quoted:
		return !attributed(body)
	case st.strong:
		return !strings.HasSuffix(s.text[s.start:st.start], "Yahoo") || starts(body)
	case st.dots > 1:
		leftOut := st.dots == 3 && st.start > s.start && spaceBefore(s.text[:st.start]) // words in mid-sentence
		return !leftOut || starts(body)
	}
	return !s.abbreviates(st.start, body)
}

// endsUncased is ends for a script without capitals, or without spaces.
func (s *splitter) endsUncased(st stop, body string, spaced bool) bool {
	if s.spelled(st.start, body) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(body)
	return (spaced || !unicode.IsDigit(r)) && !(st.quoted && reported(body)) && !ClosesClause(r)
}

// asides finds the brackets that hold at most maxAside bytes, ordered by where they open. A bracket left open by the
// end is none.
func asides(text string) []Span {
	if strings.IndexByte(text, '(') < 0 && strings.IndexByte(text, '[') < 0 {
		return nil
	}
	var open []int
	ends := map[int]int{}
	for i, r := range text {
		switch r {
		case '(', '[':
			open = append(open, i)
		case ')', ']':
			if len(open) == 0 {
				continue
			}
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if i-start <= maxAside {
				ends[start] = i
			}
		}
	}
	spans := make([]Span, 0, len(ends))
	for _, start := range slices.Sorted(maps.Keys(ends)) {
		spans = append(spans, Span{start, ends[start]})
	}
	return spans
}

// IsTerminator reports the marks that may end a sentence.
func IsTerminator(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '‼', '⁇', '⁈', '⁉', '‽', // Latin and its neighbors
		'。', '！', '？', '｡', '．', // Chinese, Japanese
		'۔', '؟', '।', '॥', '։', '።': // Urdu, Arabic, Hindi, Armenian, Amharic
		return true
	}
	return false
}

// OpensSentence reports the marks that may stand before the first letter of a sentence.
func OpensSentence(r rune) bool {
	return strings.ContainsRune("\"'“”‘’„‚«»‹›「『([{（【¿¡-–—*_•", r) || unicode.IsSpace(r)
}

// ClosesClause reports the marks behind which a sentence goes on.
func ClosesClause(r rune) bool { return strings.ContainsRune(",;:)]}，、；：）」』", r) }

// hardBreak reports whether the line break in front of rest begins a blank line or a Bullet.
func hardBreak(rest string) bool {
	line := strings.TrimLeft(rest[1:min(len(rest), MaxWord)], " \t\r")
	return strings.HasPrefix(line, "\n") || Bullet(line) > 0
}

// Bullet measures the mark of a list item with the space behind it; 0 where there is none.
func Bullet(line string) int {
	for _, mark := range []string{"- ", "* ", "+ ", "• ", "‣ ", "◦ ", "▪ ", "·\t", "-\t", "*\t", "•\t"} {
		if strings.HasPrefix(line, mark) {
			return len(mark)
		}
	}
	return 0
}

// spacedDot reports whether the space in front of rest parts two full stops of one ellipsis.
func spacedDot(rest string) bool {
	if len(rest) < 2 || rest[1] != '.' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[2:])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// footnote measures a footnote number such as "[12]"; 0 where there is none.
func footnote(rest string) int {
	const maxDigits = 4
	i := 1
	for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
		i++
	}
	if i == 1 || i > 1+maxDigits || i == len(rest) || rest[i] != ']' {
		return 0
	}
	return i + 1
}

func spaceAt(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsSpace(r)
}

func spaceBefore(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return unicode.IsSpace(r)
}

func beforeWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// IsCamel reports a name that begins with a small letter, such as iPhone or eBay.
func IsCamel(body string) bool {
	_, size := utf8.DecodeRuneInString(body)
	r, _ := utf8.DecodeRuneInString(body[size:])
	return unicode.IsUpper(r)
}
