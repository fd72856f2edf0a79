package commands

import (
	"context"
	"maps"
	"slices"

	"pilcrow/internal/article"
)

// maxNeighborRunes bounds what is shown of the paragraphs before and after; their text in JSON is whole.
const maxNeighborRunes = 280

func (t *Table) paragraph() Command {
	return Command{
		Name:    paragraphCommand,
		Summary: "Show one paragraph with its neighbors",
		Params: append([]Param{
			{Name: "number", Summary: "The paragraph's number, as in ¶4", Type: Integer, Required: true, Rest: true},
			t.documentParam(),
		}, receiptParams()...),
		Run: t.runParagraph,
	}
}

func (t *Table) runParagraph(_ context.Context, in Input) (Reply, error) {
	if a, ok := readAnchor(in.Args[textParam]); ok {
		return t.openCited(in, a)
	}
	v, err := t.view(in)
	if err != nil {
		return Reply{}, err
	}
	d, err := v.one()
	if err != nil {
		return Reply{}, err
	}
	n := in.Args.integer("number", 0)
	if n > len(d.Passages) {
		return Reply{
			Nothing: true,
			Blocks: []Block{{Kind: Para, Text: in.Lang.Text("“%s” has no %s: it has %s.", d.Title, pilcrow(n),
				in.Lang.Text("%d paragraphs", len(d.Passages)))}},
			JSON: Machine(paragraphJSON{Document: d.Slug, Title: d.Title, Paragraph: n}),
		}, nil
	}
	return opened(in, d, n, n, ""), nil
}

// openCited opens the paragraph that a button was made for, wherever it stands today. What was removed is not shown.
func (t *Table) openCited(in Input, a anchor) (Reply, error) {
	all := in
	all.Args = maps.Clone(in.Args)
	delete(all.Args, "document") // it may have another name by now
	v, err := t.view(all)
	if err != nil {
		return Reply{}, err
	}
	n := in.Args.integer("number", 0)
	w := locate(v.documents, in.Args["document"], n, a)
	was, note := pilcrow(n), ""
	switch w.fate {
	case gone:
		return lost(in, w, n), nil
	case moved:
		note = in.Lang.Text("The document has changed since that answer: this was %s, and is %s today.", was, pilcrow(w.from))
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
func opened(in Input, d article.Document, from, to int, note string) Reply {
	r := paragraphsReply(d, from, to)
	r.Share = true
	if i := slices.IndexFunc(r.Blocks, func(b Block) bool { return b.Kind == Quote }); i >= 0 && from == to {
		r.Blocks[i].Bold = ReadSpans(in.Args[boldParam], r.Blocks[i].Text)
	}
	r.sayUnsure(in.Lang, d.Passages[from-1:to])
	if in.From == Chat && !d.Published.IsZero() {
		r.say(Small, in.Lang.Text("Published %s", isoDay(d.Published)))
	}
	if note != "" {
		r.say(Small, note)
	}
	return r
}

// lost says that the paragraph is gone, and offers what stood around it.
func lost(in Input, w whereabouts, n int) Reply {
	r := Reply{Nothing: true, JSON: Machine(paragraphJSON{Document: w.document.Slug, Title: w.document.Title,
		Paragraph: n})}
	if w.document.Title == "" {
		r.say(Para, in.Lang.Text("The paragraph that was cited is no longer in the documents."))
		return r
	}
	r.say(Para, in.Lang.Text("The paragraph that was cited (%s then) is no longer in “%s”.", pilcrow(n), w.document.Title))
	for _, at := range w.beside {
		if at >= 1 && at <= len(w.document.Passages) {
			p := w.document.Passages[at-1]
			r.Actions = append(r.Actions, receipt(pilcrow(at), p, nil))
		}
	}
	if len(r.Actions) > 0 {
		r.say(Small, in.Lang.Text("What stood beside it is still there:"))
	}
	return r
}

// paragraphsReply shows the paragraphs from … to, 1 ≤ from ≤ to ≤ len(d.Passages). It is pure.
func paragraphsReply(d article.Document, from, to int) Reply {
	p := d.Passages[from-1]
	title := d.Title
	if p.Heading != "" {
		title += " · " + p.Heading
	}
	r := Reply{Blocks: []Block{{Kind: Heading, Text: title, Link: p.Link()}}}
	j := paragraphJSON{Document: d.Slug, Title: d.Title, Heading: p.Heading, Paragraph: from, Text: p.Text, Link: p.Link()}
	if from > 1 {
		before := d.Passages[from-2]
		j.Before = &neighborJSON{from - 1, before.Text}
		r.Blocks = append(r.Blocks, neighbor(before))
		r.Actions = append(r.Actions, turned("← "+pilcrow(from-1), before))
	}
	for _, p := range d.Passages[from-1 : to] {
		r.Blocks = append(r.Blocks, textBlock(p))
	}
	if to < len(d.Passages) {
		after := d.Passages[to]
		j.After = &neighborJSON{to + 1, after.Text}
		r.Blocks = append(r.Blocks, neighbor(after))
		r.Actions = append(r.Actions, turned(pilcrow(to+1)+" →", after))
	}
	r.JSON = Machine(j)
	return r
}

// turned offers to put a neighbor in the place of what is shown.
func turned(label string, p article.Passage) Action {
	a := receipt(label, p, nil)
	a.Turn = true
	return a
}

func neighbor(p article.Passage) Block {
	return Block{Kind: Small, Text: clip(inOneLine(p.Text), maxNeighborRunes), Cites: []article.Ref{p.Ref}}
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
