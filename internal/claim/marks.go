package claim

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/article"
)

// quoted finds what stands between quotation marks: straight and curly, German and French ones, and single ones around
// several words. A mark without its pair, as in a quotation of several sentences, opens or closes what stands on its
// side.
func quoted(text string) []article.Span {
	var spans []article.Span
	open, closing := -1, rune(0)
	prev := rune(' ')
	single := singlePairs{text: text, mark: -1, space: -1, second: -1}
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(max(r, 0)):])
		switch {
		case open == i && isMark(r) && (r != closing || r == '"'): // a mark inside a mark
		case open >= 0 && closes(r, closing, prev, next):
			if s := trim(text, open, i); closing != '’' || strings.Count(s.Of(text), " ") >= minSingle {
				spans = append(spans, s)
			}
			open = -1
		case open >= 0:
		case r == '"' && unicode.IsDigit(prev): // inches
		case r == '"' && !unicode.IsSpace(prev) && (unicode.IsSpace(next) || next == utf8.RuneError) && len(spans) == 0 && i > 0 && prev != '(':
			spans = append(spans, trim(text, 0, i))
		case r == '”' && len(spans) == 0:
			spans = append(spans, trim(text, 0, i))
		case r == '"':
			open, closing = i+1, '"'
		case r == '“':
			open, closing = i+len("“"), '”'
		case r == '„':
			open, closing = i+len("„"), '“'
		case r == '«':
			open, closing = i+len("«"), '»'
		case (r == '\'' || r == '‘') && !unicode.IsLetter(prev) && !unicode.IsDigit(prev) && unicode.IsLetter(next) && single.closeFrom(i+utf8.RuneLen(r)):
			open, closing = i+utf8.RuneLen(r), '’'
		}
		prev = r
	}
	if open >= 0 && closing != '’' {
		spans = append(spans, trim(text, open, len(text)))
	}
	return spans
}

func isMark(r rune) bool { return strings.ContainsRune("\"“”„«»", r) }

// minSingle is the least number of spaces inside single quotation marks: fewer words are a nickname, a term or two
// apostrophes.
const minSingle = 2

func closes(r, closing, prev, next rune) bool {
	switch closing {
	case '"', '”':
		return r == '"' || r == '”'
	case '“':
		return r == '“' || r == '”' || r == '"'
	case '’':
		return (r == '\'' || r == '’') && !unicode.IsSpace(prev) && !unicode.IsLetter(next) && !unicode.IsDigit(next)
	}
	return r == closing
}

// singlePairs tells of one place after the other whether a single mark that opens there closes again. It keeps what it has seen ahead, so
// that a text of nothing but single marks is looked through once and not once for each of them.
type singlePairs struct {
	text          string
	mark          int // where the next one closes, or the text ends
	space, second int // where the next two spaces stand, or the text ends
}

// closeFrom reports whether a single mark before the byte at closes again with several words between. Places are asked for in order.
func (s *singlePairs) closeFrom(at int) bool {
	if s.mark <= at {
		s.mark = len(s.text)
		prev := rune(' ')
		for i, r := range s.text[at:] {
			next, _ := utf8.DecodeRuneInString(s.text[at+i+utf8.RuneLen(max(r, 0)):])
			if closes(r, '’', prev, next) {
				s.mark = at + i
				break
			}
			prev = r
		}
	}
	if s.mark == len(s.text) {
		return false
	}
	if s.space < at {
		if s.space = s.second; s.space < at {
			s.space = s.spaceFrom(at)
		}
		s.second = s.spaceFrom(s.space + 1)
	}
	return s.second < s.mark // minSingle of them
}

func (s *singlePairs) spaceFrom(at int) int {
	if at >= len(s.text) {
		return len(s.text)
	}
	if i := strings.IndexByte(s.text[at:], ' '); i >= 0 {
		return at + i
	}
	return len(s.text)
}

// A foldedText is a text with quotation marks and space made plain, and the way back.
type foldedText struct {
	text string
	from []int // for each byte of text, and one past its end: the byte offset in the stored text
}

// foldMarks makes typographic quotation marks straight, and every run of space one space. Nothing else changes.
func foldMarks(text string) foldedText {
	var b strings.Builder
	from := make([]int, 0, len(text)+1)
	space := false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if space {
				continue
			}
			space = true
			r = ' '
		case r == '‘' || r == '’' || r == 'ʼ' || r == '‚':
			r, space = '\'', false
		case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
			r, space = '"', false
		default:
			space = false
		}
		n, _ := b.WriteRune(r)
		for range n {
			from = append(from, i)
		}
	}
	return foldedText{b.String(), append(from, len(text))}
}
