package commands

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
)

// What a button carries besides the number of its paragraph. The text's mark finds the paragraph again after it has moved, and
// tells whether it has changed; the words that bear out a sentence stand by their places.
const (
	textParam = "text"
	boldParam = "bold"
	markBytes = 3 // of the hash: one paragraph in 16 million is taken for another
	maxBold   = 12
)

func receiptParams() []Param {
	return []Param{
		{Name: textParam, Summary: "The mark of the text that was cited", Type: Text, Only: Button, MaxRunes: 2 * markBytes},
		{Name: boldParam, Summary: "The words that were cited", Type: Text, Only: Button, MaxRunes: maxCallRunes},
	}
}

// receipt offers to open a paragraph with the words in bold that bear the sentences out: as many of them as a button can carry.
func receipt(label string, p article.Passage, spans []article.Span) Action {
	a := openAction(label, p.Ref)
	a.Args[textParam] = textMark(p.Text)
	if !a.fits() {
		delete(a.Args, textParam)
		return a
	}
	for n := min(len(spans), maxBold); n > 0; n-- {
		a.Args[boldParam] = writeSpans(spans[:n])
		if a.fits() {
			return a
		}
	}
	delete(a.Args, boldParam)
	return a
}

// textMark is a short hash of a paragraph's text.
func textMark(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:markBytes])
}

// writeSpans writes spans as "0-1c.5k-9": start and end to base 36.
func writeSpans(spans []article.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = strconv.FormatInt(int64(s.Start), 36) + "-" + strconv.FormatInt(int64(s.End), 36)
	}
	return strings.Join(parts, ".")
}

// readSpans reads what writeSpans wrote. What does not fit the text is left out: it comes from outside.
func readSpans(written, text string) []article.Span {
	var spans []article.Span
	for part := range strings.SplitSeq(written, ".") {
		from, to, _ := strings.Cut(part, "-")
		start, err1 := strconv.ParseInt(from, 36, 32)
		end, err2 := strconv.ParseInt(to, 36, 32)
		s := article.Span{Start: int(start), End: int(end)}
		if err1 == nil && err2 == nil && s.Start >= 0 && s.Start < s.End && s.End <= len(text) &&
			utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End])) {
			spans = append(spans, s)
		}
	}
	return merge(spans)
}

// merge orders spans and joins those that overlap.
func merge(spans []article.Span) []article.Span {
	slices.SortFunc(spans, func(a, b article.Span) int { return a.Start - b.Start })
	var out []article.Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// supporting finds the words of a paragraph that bear out the sentences that cite it: the sentence itself where it stands there, else
// what it was verified by.
func supporting(p article.Passage, sentences []rag.Sentence) []article.Span {
	var spans []article.Span
	for _, s := range sentences {
		if !slices.Contains(s.Citations, p.Ref) {
			continue
		}
		found := false
		for _, words := range append([]string{s.Text}, s.Evidence...) {
			if i := strings.Index(p.Text, words); i >= 0 && words != "" {
				spans, found = append(spans, article.Span{Start: i, End: i + len(words)}), true
			}
		}
		if !found {
			spans = append(spans, claim.Check(s.Text, p, nil).Evidence...)
		}
	}
	return merge(spans)
}

// receipts offers to open each of the cited paragraphs.
func receipts(r Reply, a rag.Answer) []Action {
	mark := r.Marks()
	var actions []Action
	for _, p := range a.Cited[:min(len(a.Cited), maxActions)] {
		actions = append(actions, receipt(mark(p.Ref), p, supporting(p, a.Sentences)))
	}
	return actions
}

// cited finds the paragraph that a button means: by its text where it has one, as numbers change when a document does. note says what
// has become of it; ok is false where there is no such paragraph.
func cited(d article.Document, args Args) (p article.Passage, spans []article.Span, note string, ok bool) {
	n, mark := args.integer("number", 0), args[textParam]
	if n >= 1 && n <= len(d.Passages) {
		p, ok = d.Passages[n-1], true
	}
	if mark == "" || ok && textMark(p.Text) == mark {
		return p, readSpans(args[boldParam], p.Text), "", ok
	}
	i := slices.IndexFunc(d.Passages, func(p article.Passage) bool { return textMark(p.Text) == mark })
	if i < 0 {
		return p, nil, "The document has changed since that answer, and no longer has the words that it cited.", ok
	}
	p = d.Passages[i]
	return p, readSpans(args[boldParam], p.Text), "The document has changed since that answer: this was ¶" + strconv.Itoa(n) + ".", true
}
