package answers

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/rag/ask"
)

// A text file can come with a question. It says what the question is about; it is not a source.

// The file that belongs to a question, and what is read of it.
const (
	AttachedParam    = "attached"
	maxFileSentences = 30       // of a file without a question, that are held against the documents
	maxFileRead      = 64 << 10 // bytes of it in which they are looked for
)

// WithAttached lets ask do without a typed question where a file came with it.
func WithAttached(c commands.Command, in commands.Input) commands.Command {
	if _, sent := in.Files[AttachedParam]; !sent {
		return c
	}
	c.Params = slices.Clone(c.Params)
	for i := range c.Params {
		c.Params[i].Required = c.Params[i].Required && c.Params[i].Name != "question"
	}
	return c
}

// attachedText is the text of the file that came with the question; "" for none.
func attachedText(in commands.Input) string {
	return strings.TrimSpace(strings.ToValidUTF8(string(in.Files[AttachedParam].Data), "\uFFFD"))
}

// checkFile holds the first sentences of a file against the documents.
func (t *Table) checkFile(ctx context.Context, v access.View, in commands.Input, text string) (commands.Reply, error) {
	begin, n, more := firstSentences(text)
	checked, _, err := v.Engine.Check(ctx, v.Query(begin))
	if err != nil {
		return commands.Reply{}, err
	}
	r := checkReply(in.Lang, checked, 0)
	r.Share = true
	name := commands.Clip(commands.OneLine(in.Files[AttachedParam].Name), commands.MaxTitleRunes)
	note := in.Lang.Text("%s is too long for a question, so its sentences were held against the documents.", name)
	if more {
		note = in.Lang.Text("%s is too long for a question, so its sentences were held against the documents: the first %d.",
			name, n)
	}
	r.Blocks = slices.Insert(r.Blocks, 0, commands.Block{Kind: commands.Small, Text: note})
	return r, nil
}

// firstSentences returns the first sentences of a text, each on its own line, at most 30 and as many as are checked at
// once. more tells that there are others. It is pure.
func firstSentences(text string) (begin string, n int, more bool) {
	room := ask.MaxCheckRunes
	var b strings.Builder
	read := strings.ToValidUTF8(text[:min(len(text), maxFileRead)], "")
	for line := range strings.Lines(read) {
		for _, span := range article.Sentences(line) {
			sentence := commands.Clip(strings.TrimSpace(span.Of(line)), ask.MaxCheckRunes-1)
			size := utf8.RuneCountInString(sentence) + 1
			if sentence == "" {
				continue
			}
			if n == maxFileSentences || size > room {
				return b.String(), n, true
			}
			b.WriteString(sentence + "\n")
			room -= size
			n++
		}
	}
	return b.String(), n, len(read) < len(text)
}
