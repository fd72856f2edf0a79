package commands

import (
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
)

// AnswerBlocks shows the sentences of an answer. Code that a document has stands as code, and what a sentence with a
// colon announces as a list.
func AnswerBlocks(a ask.Answer) []Block {
	cited := make(map[article.Ref]article.Passage, len(a.Cited))
	for _, p := range a.Cited {
		cited[p.Ref] = p
	}
	var out []Block
	for _, s := range a.Sentences {
		b := Block{Kind: Sentence, Text: s.Text, Cites: s.Citations}
		if p, ok := cited[s.Citations[0]]; ok && len(s.Citations) == 1 {
			switch {
			case p.Kind == article.Code && strings.HasPrefix(p.Text, s.Text):
				b.Kind, b.Language = Code, p.Language()
			case p.Introduced > 0 && p.Text == s.Text:
				b.Kind = Item
			}
		}
		out = append(out, b)
	}
	return out
}

// TextBlock shows a paragraph as it is.
func TextBlock(p article.Passage) Block {
	b := Block{Kind: Quote, Text: p.Text, Cites: []article.Ref{p.Ref}}
	if p.Kind == article.Code {
		b.Kind, b.Language = Code, p.Language()
	}
	return b
}

// InOneLine joins the lines of code, where there is room for one only.
func InOneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
