package check

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/article"
	"pilcrow/internal/text"
)

// Quoted finds what stands between quotation marks. Single ones count around several words.
func Quoted(s string) []article.Span {
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

// withoutMarks leaves the quotation marks out.
var withoutMarks = strings.NewReplacer(`"`, "", "“", "", "”", "")

// titleWords is how many words a title in quotation marks has at most.
const titleWords = 8

// markTitles marks the units of what stands between quotation marks as the title of a song or a book does: each of its
// words has a capital but function words, and no mark ends it.
func (r *Analysis) markTitles() {
	k := 0
	for _, span := range r.marks {
		for k < len(r.Units) && r.Units[k].Start < span.Start {
			k++
		}
		from := k
		for k < len(r.Units) && r.Units[k].End <= span.End {
			k++
		}
		if from == k || k-from > titleWords || !r.Units[from].Capital || strings.ContainsAny(span.Of(r.Text), ",.;!?") ||
			slices.ContainsFunc(r.Units[from:k], func(u Unit) bool { return !u.Capital && u.Kind == plain }) {
			continue
		}
		for i := from; i < k; i++ {
			r.Units[i].title = true
		}
	}
}
