package commands

import (
	"context"
	"slices"
	"strings"

	"pilcrow/internal/article"
)

// BriefParam leaves the list of commands out of the help: for a place where others read along.
const BriefParam = "brief"

func (t *Table) help() Command {
	return Command{
		Name:    "help",
		Summary: "Say what can be asked and how",
		Params: []Param{
			{Name: BriefParam, Summary: "Without the list of commands", Type: Flag, Only: Button},
		},
		Private: true,
		Run:     t.runHelp,
	}
}

// runHelp answers while there are no documents, too.
func (t *Table) runHelp(ctx context.Context, in Input) (Reply, error) {
	about := in.Lang.Text("I answer questions about the documents, and show the paragraph that each sentence came from.")
	var examples []string
	if v, err := t.view(in); err == nil {
		limited, cancel := context.WithTimeout(ctx, examplePatience)
		examples = t.examples(limited, v)
		cancel()
		about = in.Lang.Text("I answer questions about %d documents, among them “%s”, and show the paragraph that each "+
			"sentence came from.",
			len(v.documents), v.documents[0].Title)
		if len(v.documents) == 1 {
			about = in.Lang.Text("I answer questions about “%s”, and show the paragraph that each sentence came from.",
				v.documents[0].Title)
		}
	}
	var r Reply
	r.say(Para, about+" "+in.Lang.Text("What the text does not say, I do not say."))
	out := helpJSON{Commands: []helpCommandJSON{}, Examples: append([]string{}, examples...)}
	if len(examples) > 0 {
		r.say(Para, in.Lang.Text("Ask, for example:"))
		for _, q := range examples {
			r.say(Item, q)
		}
	}
	if in.Args[BriefParam] != "" {
		r.say(Para, in.Lang.Text("Mention me with a question, write to me directly, or use a command: /help lists them."))
		r.JSON = Machine(out)
		return r, nil
	}
	if in.From != Terminal {
		r.say(Para, in.Lang.Text("Mention me with a question, write to me directly, or use a command:"))
	}
	rows := slices.DeleteFunc(slices.Clone(t.commands),
		func(c Command) bool { return c.Admin && !in.Manages || !c.Only.offers(in.From) })
	slices.SortStableFunc(rows, func(a, b Command) int { return order(a) - order(b) })
	for i, c := range rows {
		if c.Admin && in.From == Chat && (i == 0 || !rows[i-1].Admin) {
			r.say(Para, in.Lang.Text("As you manage the documents here, these are for you:"))
		}
		usage := usage(c, in)
		out.Commands = append(out.Commands, helpCommandJSON{c.Name, c.Summary, usage})
		r.Blocks = append(r.Blocks, Block{Kind: Item, Text: in.Lang.Isolate(usage) + " – " + in.Lang.Fixed(c.Summary),
			Bold: []article.Span{{Start: 0, End: len(in.Lang.Isolate(usage))}}})
	}
	r.JSON = Machine(out)
	return r, nil
}

// order puts what few may use behind what everybody may.
func order(c Command) int {
	if c.Admin {
		return 1
	}
	return 0
}

// usage writes a command as it is typed: "/ask question [document]" in a chat, "bot ask QUESTION… [--document SLUG]" in
// a terminal.
func usage(c Command, in Input) string {
	var b strings.Builder
	from := in.From
	if from == Terminal {
		b.WriteString("bot ")
	} else {
		b.WriteString("/")
	}
	b.WriteString(in.Lang.Typed(c.Name))
	for _, p := range c.At(from) {
		b.WriteByte(' ')
		switch {
		case from != Terminal && p.Required:
			b.WriteString(in.Lang.Typed(p.Name))
		case from != Terminal:
			b.WriteString("[" + in.Lang.Typed(p.Name) + "]")
		case p.Rest && p.Type == Text:
			b.WriteString(strings.ToUpper(p.Name) + "…")
		case p.Rest:
			b.WriteString(strings.ToUpper(p.Name))
		case p.Type == Flag:
			b.WriteString("[--" + p.Name + "]")
		default:
			b.WriteString("[--" + p.Name + " " + strings.ToUpper(p.Name) + "]")
		}
	}
	return b.String()
}

type helpCommandJSON struct {
	Command string `json:"command"`
	Summary string `json:"summary"`
	Usage   string `json:"usage"`
}

type helpJSON struct {
	Commands []helpCommandJSON `json:"commands"`
	Examples []string          `json:"examples"`
}
