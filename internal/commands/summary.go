package commands

import (
	"context"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag"
	"pilcrow/internal/steps"
	"pilcrow/internal/summary"
)

const summarySentences = 5

func (t *Table) summary() Command {
	return Command{
		Name:    "summary",
		Summary: "Sum a document up in five of its sentences",
		Params:  []Param{t.documentParam()},
		Timeout: readTimeout,
		Run:     t.runSummary,
	}
}

func (t *Table) runSummary(ctx context.Context, in Input) (Reply, error) {
	v, err := t.view(in)
	if err != nil {
		return Reply{}, err
	}
	d, err := v.one()
	if err != nil {
		return Reply{}, err
	}
	kept, err := t.picks(ctx, v, d)
	if err != nil {
		return Reply{}, err
	}
	picks, said := slices.Clone(kept), v.edition.Said(d.Slug)
	for i, x := range picks {
		picks[i].Text = inItsVoice(x.Text, d.Passages[x.Ref.N-1], said)
	}
	return summaryReply(in.Lang, d, picks), nil
}

// picks are the sentences that stand for a document of the view, made once.
func (t *Table) picks(ctx context.Context, v view, d article.Document) ([]summary.Pick, error) {
	return t.summaries.of(ctx, v.edition, d.Slug, func(c *steps.Counter) []summary.Pick {
		return summary.Of(c, d,
			summarySentences)
	})
}

// summaryReply shows the sentences, each with its paragraph. It is pure.
func summaryReply(say lang.Printer, d article.Document, picks []summary.Pick) Reply {
	r := Reply{Share: true, Listed: true, Nothing: len(picks) == 0}
	out := summaryJSON{Document: d.Slug, Title: d.Title, Sentences: []sentenceJSON{}}
	a := rag.Answer{}
	r.say(Heading, d.Title)
	for _, p := range picks {
		ref := []article.Ref{p.Ref}
		out.Sentences = append(out.Sentences, sentenceJSON{p.Text, refsJSON(ref)})
		r.Blocks = append(r.Blocks, Block{Kind: Item, Text: p.Text, Cites: ref})
		a.Sentences = append(a.Sentences, rag.Sentence{Text: p.Text, Citations: ref})
		r.source(d.Passages[p.Ref.N-1])
	}
	a.Cited = r.Sources
	r.Actions = receipts(r, a)
	if r.Nothing {
		r.say(Para, say.Text("There is no sentence in it that could stand for the rest."))
	} else {
		r.say(Small, say.Text("The document's own sentences, in its order: those that say most of what it says."))
	}
	r.JSON = Machine(out)
	return r
}

type summaryJSON struct {
	Document  string         `json:"document"`
	Title     string         `json:"title"`
	Sentences []sentenceJSON `json:"sentences"`
}
