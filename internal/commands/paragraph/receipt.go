package paragraph

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/commands"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/steps"
)

// maxBold bounds the stretches of words that a button carries.
const maxBold = 12

func receiptParams() []commands.Param {
	return []commands.Param{
		{Name: commands.TextParam, Summary: "The mark of the text that was cited", Type: commands.Text, Only: commands.Button,
			MaxRunes: anchorChars},
		{Name: commands.BoldParam, Summary: "The words that were cited", Type: commands.Text, Only: commands.Button,
			MaxRunes: commands.MaxCallRunes},
	}
}

// Receipt offers to open a paragraph with the words in bold that bear the sentences out: as many of them as a button
// can carry.
func Receipt(label string, p article.Passage, spans []article.Span) commands.Action {
	a := commands.Action{Label: label, Command: commands.ParagraphCommand,
		Args: commands.Args{"number": strconv.Itoa(p.Ref.N), "document": p.Ref.Slug}}
	Carry(a, commands.TextParam, anchorOf(p.Text).write(a.Room(commands.TextParam)))
	carryBold(a.Args, writeSpans(spans[:min(len(spans), maxBold)]), a)
	return a
}

// AnchorActions gives the buttons that open a paragraph what they can carry of its neighbors; the words in bold give
// way to them. A paragraph that is not in the edition, because that is a newer one, is left as it is.
func (t *Table) AnchorActions(ctx context.Context, actions []commands.Action, e *corpus.Edition) {
	for _, action := range actions {
		if action.Command != commands.ParagraphCommand {
			continue
		}
		d, ok := e.Corpus.Document(action.Args["document"])
		n := action.Args.Integer("number", 0)
		a, read := readAnchor(action.Args[commands.TextParam])
		if !ok || !read || n < 1 || n > len(d.Passages) || !a.is(d.Passages[n-1].Text) {
			continue
		}
		bold := action.Args[commands.BoldParam]
		delete(action.Args, commands.BoldParam)
		delete(action.Args, commands.TextParam)
		sketches, err := t.sketches.Of(ctx, e, d.Slug, func(c *steps.Counter) []uint32 { return sketchesOf(c, d) })
		if err == nil { // else it is found by its own text alone
			a = a.around(d, sketches, n)
		}
		Carry(action, commands.TextParam, a.write(action.Room(commands.TextParam)))
		carryBold(action.Args, bold, action)
	}
}

// Carry adds an argument unless it is empty.
func Carry(a commands.Action, name, value string) {
	if value != "" {
		a.Args[name] = value
	}
}

// carryBold adds the first of the written spans that fit the action's button.
func carryBold(args commands.Args, written string, a commands.Action) {
	for room := a.Room(commands.BoldParam); written != ""; {
		if len(written) <= room {
			args[commands.BoldParam] = written
			return
		}
		written = written[:max(0, strings.LastIndexByte(written, '.'))]
	}
}

// writeSpans writes spans as "0-1c.5k-9": start and end to base 36.
func writeSpans(spans []article.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = strconv.FormatInt(int64(s.Start), 36) + "-" + strconv.FormatInt(int64(s.End), 36)
	}
	return strings.Join(parts, ".")
}

// ReadSpans reads what writeSpans wrote. What does not fit the text is left out: it comes from outside.
func ReadSpans(written, text string) []article.Span {
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

// supporting finds the words of a paragraph that bear out the sentences that cite it: the sentence itself where it
// stands there, else what it was verified by.
func supporting(p article.Passage, sentences []review.Sentence) []article.Span {
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
			spans = append(spans, check.One(s.Text, p, nil).Evidence...)
		}
	}
	return merge(spans)
}

// Receipts offers to open each of the cited paragraphs.
func Receipts(r commands.Reply, a ask.Answer) []commands.Action {
	mark := r.Marks()
	var actions []commands.Action
	for _, p := range a.Cited[:min(len(a.Cited), commands.MaxActions)] {
		actions = append(actions, Receipt(mark(p.Ref), p, supporting(p, a.Sentences)))
	}
	return actions
}

// OpenActions offers to open each of the paragraphs.
func OpenActions(r commands.Reply, passages []article.Passage) []commands.Action {
	mark := r.Marks()
	var actions []commands.Action
	for _, p := range passages[:min(len(passages), commands.MaxActions)] {
		actions = append(actions, Receipt(mark(p.Ref), p, nil))
	}
	return actions
}
