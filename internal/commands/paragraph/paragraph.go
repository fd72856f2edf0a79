package paragraph

import (
	"context"
	"maps"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// maxNeighborRunes bounds what is shown of the paragraphs before and after; their text in JSON is whole.
const maxNeighborRunes = 280

// Paragraph is the row of paragraph.
func (t *Table) Paragraph() commands.Command {
	return commands.Command{
		Name:    commands.ParagraphCommand,
		Summary: "Show one paragraph with its neighbors",
		Params: append([]commands.Param{
			{Name: "number", Summary: "The paragraph's number, as in ¶4", Type: commands.Integer, Required: true, Rest: true},
			t.DocumentParam(),
		}, receiptParams()...),
		Run: t.runParagraph,
	}
}

func (t *Table) runParagraph(_ context.Context, in commands.Input) (commands.Reply, error) {
	if a, ok := readAnchor(in.Args[commands.TextParam]); ok {
		return t.openCited(in, a)
	}
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	d, err := v.One()
	if err != nil {
		return commands.Reply{}, err
	}
	n := in.Args.Integer("number", 0)
	if n > len(d.Passages) {
		return commands.Reply{
			Nothing: true,
			Blocks: []commands.Block{{Kind: commands.Para, Text: in.Lang.Text("“%s” has no %s: it has %s.", d.Title,
				commands.Pilcrow(n),
				in.Lang.Text("%d paragraphs", len(d.Passages)))}},
			JSON: commands.Machine(paragraphJSON{Document: d.Slug, Title: d.Title, Paragraph: n}),
		}, nil
	}
	return opened(in, d, n, n, ""), nil
}

// openCited opens the paragraph that a button was made for, wherever it stands today. What was removed is not shown.
func (t *Table) openCited(in commands.Input, a anchor) (commands.Reply, error) {
	all := in
	all.Args = maps.Clone(in.Args)
	delete(all.Args, "document") // it may have another name by now
	v, err := t.View(all)
	if err != nil {
		return commands.Reply{}, err
	}
	n := in.Args.Integer("number", 0)
	w := locate(v.Documents, in.Args["document"], n, a)
	was, note := commands.Pilcrow(n), ""
	switch w.fate {
	case gone:
		return lost(in, w, n), nil
	case moved:
		note = in.Lang.Text("The document has changed since that answer: this was %s, and is %s today.", was,
			commands.Pilcrow(w.from))
	case away:
		note = in.Lang.Text("This was cited from another document, as %s; today it stands here.", was)
	case changed:
		note = in.Lang.Text("This paragraph has changed since that answer, which cited it as %s.", was)
	case replaced:
		note = in.Lang.Text("The paragraph that was cited (%s then) is no longer in the document. This stands in its place.",
			was)
	}
	return opened(in, w.document, w.from, w.to, note), nil
}

// opened shows paragraphs with their neighbors, the words that were cited in bold, and what has become of them in small
// print.
func opened(in commands.Input, d article.Document, from, to int, note string) commands.Reply {
	r := paragraphsReply(d, from, to)
	r.Share = true
	if i := slices.IndexFunc(r.Blocks, func(b commands.Block) bool { return b.Kind == commands.Quote }); i >= 0 &&
		from == to {
		r.Blocks[i].Bold = ReadSpans(in.Args[commands.BoldParam], r.Blocks[i].Text)
	}
	r.SayUnsure(in.Lang, d.Passages[from-1:to])
	if in.From == commands.Chat && !d.Published.IsZero() {
		r.Say(commands.Small, in.Lang.Text("Published %s", commands.ISODay(d.Published)))
	}
	if note != "" {
		r.Say(commands.Small, note)
	}
	return r
}

// lost says that the paragraph is gone, and offers what stood around it.
func lost(in commands.Input, w whereabouts, n int) commands.Reply {
	r := commands.Reply{Nothing: true, JSON: commands.Machine(paragraphJSON{Document: w.document.Slug,
		Title:     w.document.Title,
		Paragraph: n})}
	if w.document.Title == "" {
		r.Say(commands.Para, in.Lang.Text("The paragraph that was cited is no longer in the documents."))
		return r
	}
	r.Say(commands.Para, in.Lang.Text("The paragraph that was cited (%s then) is no longer in “%s”.", commands.Pilcrow(n),
		w.document.Title))
	for _, at := range w.beside {
		if at >= 1 && at <= len(w.document.Passages) {
			p := w.document.Passages[at-1]
			r.Actions = append(r.Actions, Receipt(commands.Pilcrow(at), p, nil))
		}
	}
	if len(r.Actions) > 0 {
		r.Say(commands.Small, in.Lang.Text("What stood beside it is still there:"))
	}
	return r
}

// paragraphsReply shows the paragraphs from … to, 1 ≤ from ≤ to ≤ len(d.Passages). It is pure.
func paragraphsReply(d article.Document, from, to int) commands.Reply {
	p := d.Passages[from-1]
	title := d.Title
	if p.Heading != "" {
		title += " · " + p.Heading
	}
	r := commands.Reply{Blocks: []commands.Block{{Kind: commands.Heading, Text: title, Link: p.Link()}}}
	j := paragraphJSON{Document: d.Slug, Title: d.Title, Heading: p.Heading, Paragraph: from, Text: p.Text, Link: p.Link()}
	if from > 1 {
		before := d.Passages[from-2]
		j.Before = &neighborJSON{from - 1, before.Text}
		r.Blocks = append(r.Blocks, neighbor(before))
		r.Actions = append(r.Actions, turned("← "+commands.Pilcrow(from-1), before))
	}
	for _, p := range d.Passages[from-1 : to] {
		r.Blocks = append(r.Blocks, commands.TextBlock(p))
	}
	if to < len(d.Passages) {
		after := d.Passages[to]
		j.After = &neighborJSON{to + 1, after.Text}
		r.Blocks = append(r.Blocks, neighbor(after))
		r.Actions = append(r.Actions, turned(commands.Pilcrow(to+1)+" →", after))
	}
	r.JSON = commands.Machine(j)
	return r
}

// turned offers to put a neighbor in the place of what is shown.
func turned(label string, p article.Passage) commands.Action {
	a := Receipt(label, p, nil)
	a.Turn = true
	return a
}

func neighbor(p article.Passage) commands.Block {
	return commands.Block{Kind: commands.Small, Text: commands.Clip(commands.InOneLine(p.Text), maxNeighborRunes),
		Cites: []article.Ref{p.Ref}}
}

type neighborJSON struct {
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
}

type paragraphJSON struct {
	Document  string        `json:"document"`
	Title     string        `json:"title"`
	Heading   string        `json:"heading"`
	Paragraph int           `json:"paragraph"`
	Link      string        `json:"link,omitempty"`
	Text      string        `json:"text"` // "" where there is no such paragraph
	Before    *neighborJSON `json:"before,omitempty"`
	After     *neighborJSON `json:"after,omitempty"`
}
