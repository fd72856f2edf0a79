package claim

import (
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/text"
)

// quoted finds what stands between quotation marks. Single ones count around several words.
func quoted(s string) []article.Span {
	var spans []article.Span
	for _, q := range text.Quoted(s) {
		if !q.Single || strings.Count(q.Of(s), " ") >= minSingle {
			spans = append(spans, q.Span)
		}
	}
	return spans
}

// minSingle is the least number of spaces inside single quotation marks: fewer words are a nickname, a term or two
// apostrophes.
const minSingle = 2

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
