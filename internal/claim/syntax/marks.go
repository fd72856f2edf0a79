package syntax

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

// A FoldedText is a text with quotation marks and space made plain, and the way back.
type FoldedText struct {
	Text string
	From []int // for each byte of text, and one past its end: the byte offset in the stored text
}

// FoldMarks makes typographic quotation marks straight, and every run of space one space. Nothing else changes.
func FoldMarks(text string) FoldedText {
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
	return FoldedText{b.String(), append(from, len(text))}
}

// withoutMarks leaves the quotation marks out.
var withoutMarks = strings.NewReplacer(`"`, "", "“", "", "”", "")

// titleWords is how many words a title in quotation marks has at most.
const titleWords = 8

// MarkTitles marks the units of what stands between quotation marks as the title of a song or a book does: each of its
// words has a capital but function words, and no mark ends it.
func (r *Analysis) MarkTitles() {
	k := 0
	for _, span := range r.Marks {
		for k < len(r.Units) && r.Units[k].Start < span.Start {
			k++
		}
		from := k
		for k < len(r.Units) && r.Units[k].End <= span.End {
			k++
		}
		if from == k || k-from > titleWords || !r.Units[from].Capital || strings.ContainsAny(span.Of(r.Text), ",.;!?") ||
			slices.ContainsFunc(r.Units[from:k], func(u Unit) bool { return !u.Capital && u.Kind == Plain }) {
			continue
		}
		for i := from; i < k; i++ {
			r.Units[i].Title = true
		}
	}
}

// LifeMarks reports whether two dates stand between brackets with a dash between them, and the later ends there.
func LifeMarks(text string, start, end, next, last int) bool {
	between := strings.TrimSpace(text[end:next])
	if between != "–" && between != "-" && between != "−" && between != "—" {
		return false
	}
	const most = 400 // bytes to either bracket: what stands between is two days with their places
	before, after := text[max(0, start-most):start], text[last:min(len(text), last+most)]
	open, shut := strings.LastIndexAny(before, "()"), strings.IndexAny(after, "()")
	return open >= 0 && before[open] == '(' && shut >= 0 && after[shut] == ')'
}
