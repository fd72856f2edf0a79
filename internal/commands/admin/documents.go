package admin

import (
	"context"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// MaxListed bounds the documents that a reply shows, and maxListedOfSource those of one source; JSON has them all.
const (
	MaxListed         = 50
	maxListedOfSource = 10
)

// Documents is the row of documents, for a terminal.
func (t *Table) Documents() commands.Command {
	only := t.DocumentParam()
	only.Only = commands.Terminal
	return commands.Command{
		Name:    "documents",
		Summary: "List the documents that questions are answered from",
		Params:  []commands.Param{only},
		Only:    commands.Terminal, // a chat has "documents list" and more below this name
		Run:     t.runDocuments,
	}
}

func (t *Table) runDocuments(_ context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	var r commands.Reply
	out := documentsJSON{Documents: []documentJSON{}}
	for _, g := range grouped(v.Documents, t.knownSources()) {
		name, most := "", MaxListed
		if g.source != nil {
			name, most = g.source.Name, maxListedOfSource
			out.Sources = append(out.Sources, newSourceJSON(g))
			r.Blocks = append(r.Blocks, t.sourceLine(in.Lang, g, true))
		}
		for i, d := range g.documents {
			out.Documents = append(out.Documents, documentJSON{d.Slug, d.Title, commands.ISODay(d.Published), len(d.Passages),
				d.Path,
				name})
			if i < most {
				r.Blocks = append(r.Blocks, DocumentItem(in.Lang, d))
			}
		}
		if more := len(g.documents) - most; more > 0 {
			r.Say(commands.Small, in.Lang.Text("and %d more", more))
		}
	}
	for _, f := range t.failing() {
		r.Say(commands.Item, addressFailed(in.Lang, f))
	}
	r.JSON = commands.Machine(out)
	return r, nil
}

// DocumentItem names a document with what tells it from others.
func DocumentItem(p lang.Printer, d article.Document) commands.Block {
	title := p.Isolate(commands.ShownTitle(d.Title))
	return commands.Block{Kind: commands.Item, Text: title + " (" + strings.Join(documentFacts(p, d), ", ") + ")",
		Bold: []article.Span{{Start: 0, End: len(title)}}}
}

// documentRow is the same as a row of a list that has room for two lines.
func documentRow(p lang.Printer, d article.Document) []commands.Block {
	title := commands.ShownTitle(d.Title)
	return []commands.Block{{Kind: commands.Para, Text: title, Bold: []article.Span{{Start: 0, End: len(title)}}},
		{Kind: commands.Small, Text: strings.Join(documentFacts(p, d), " · ")}}
}

// documentFacts tell a document from others, a phrase each.
func documentFacts(p lang.Printer, d article.Document) []string {
	facts := []string{p.Isolate(d.Slug)}
	if !d.Published.IsZero() {
		facts = append(facts, p.Text("published %s", commands.ISODay(d.Published)))
	}
	return append(facts, p.Text("%d paragraphs", len(d.Passages)))
}

type documentJSON struct {
	Document   string `json:"document"`
	Title      string `json:"title"`
	Published  string `json:"published"`
	Paragraphs int    `json:"paragraphs"`
	Path       string `json:"path"`
	Source     string `json:"source,omitempty"` // the name of the source that it is kept from
}

type documentsJSON struct {
	Documents []documentJSON `json:"documents"`
	Sources   []sourceJSON   `json:"sources,omitempty"`
}
