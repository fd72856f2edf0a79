package dispatch

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// allParam lists all commands, each with what it takes.
const allParam = "all"

func (t *Table) help() commands.Command {
	return commands.Command{
		Name:    "help",
		Summary: "Say what can be asked and how",
		Params: []commands.Param{
			{Name: commands.BriefParam, Summary: "Without the list of commands", Type: commands.Flag, Only: commands.Button},
			{Name: allParam, Summary: "With all commands", Type: commands.Flag, Only: commands.Button},
		},
		Private: true,
		Run:     t.runHelp,
	}
}

// runHelp answers while there are no documents, too. In a chat it is short: three questions to press, and the commands
// that most people use; a terminal is told everything.
func (t *Table) runHelp(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if in.From == commands.Chat && in.Args[allParam] != "" {
		r, listed := t.allCommands(in)
		r.JSON = commands.Machine(helpJSON{Commands: listed, Examples: []string{}})
		return r, nil
	}
	about, examples := t.aboutDocuments(ctx, in)
	var r commands.Reply
	r.Say(commands.Para, about+" "+in.Lang.Text("What the text does not say, I do not say."))
	out := helpJSON{Commands: []helpCommandJSON{}, Examples: append([]string{}, examples...)}
	switch {
	case in.From != commands.Chat:
		sayExamples(&r, in, examples)
		all, listed := t.allCommands(in)
		r.Blocks, out.Commands = append(r.Blocks, all.Blocks...), listed
	case in.Args[commands.BriefParam] != "": // what is said where it is talked stays text
		r.Say(commands.Para, in.Lang.Text("Mention me with a question, write to me directly, or use a command: /help lists "+
			"them."))
		sayExamples(&r, in, examples)
	default:
		t.pressed(&r, in, examples)
	}
	r.JSON = commands.Machine(out)
	return r, nil
}

// pressed makes the help of a chat of what has been said so far: below it stand questions to press, and the commands
// that most people use, with a button that lists them all.
func (t *Table) pressed(r *commands.Reply, in commands.Input, examples []string) {
	r.Row(1, 0, 0)
	blocks := len(r.Blocks)
	sayExamples(r, in, examples)
	r.Row(2, blocks, 0)
	blocks, actions := len(r.Blocks), len(r.Actions)
	r.Say(commands.Para, in.Lang.Text("Mention me with a question, write to me directly, or use a command:"))
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Byline, Commands: t.mostUsed()})
	r.Actions = append(r.Actions, commands.Action{Label: in.Lang.Text("All commands"), Command: "help",
		Args: commands.Args{allParam: "true"}, Apart: true})
	r.Row(3, blocks, actions)
}

// sayExamples shows questions, in a chat as buttons that ask them, where a button can carry them.
func sayExamples(r *commands.Reply, in commands.Input, questions []string) {
	if len(questions) > 0 {
		r.Say(commands.Para, in.Lang.Text("Ask, for example:"))
	}
	for _, q := range questions {
		ask := commands.Action{Label: q, Command: "ask", Args: commands.Args{"question": q}}
		if in.From == commands.Chat && ask.Fits() && utf8.RuneCountInString(q) <= maxAskLabel {
			r.Actions = append(r.Actions, ask)
		} else {
			r.Say(commands.Item, q)
		}
	}
}

// maxAskLabel is how many characters a button shows whole (Discord: 80).
const maxAskLabel = 80

// aboutDocuments says what can be asked about, and finds questions that the documents answer.
func (t *Table) aboutDocuments(ctx context.Context, in commands.Input) (about string, examples []string) {
	v, err := t.View(in)
	if err != nil {
		return in.Lang.Text("I answer questions about the documents, and show the paragraph that each sentence came from."),
			nil
	}
	limited, cancel := context.WithTimeout(ctx, examplePatience)
	defer cancel()
	examples = t.examples(limited, v)
	if len(v.Documents) == 1 {
		return in.Lang.Text("I answer questions about “%s”, and show the paragraph that each sentence came from.",
			v.Documents[0].Title), examples
	}
	return in.Lang.Text("I answer questions about %d documents, among them “%s”, and show the paragraph that each "+
		"sentence came from.", len(v.Documents), v.Documents[0].Title), examples
}

// mostUsed are the commands that a reader is told of first, those of them that there are.
func (t *Table) mostUsed() []string {
	var names []string
	for _, name := range []string{"ask", "quote", "timeline", "who", "summary", "check", "documents list"} {
		if c, ok := t.Lookup(name); ok && c.Only.Offers(commands.Chat) {
			names = append(names, name)
		}
	}
	return names
}

// allCommands lists what the caller may use.
func (t *Table) allCommands(in commands.Input) (r commands.Reply, listed []helpCommandJSON) {
	listed = []helpCommandJSON{}
	rows := slices.DeleteFunc(slices.Clone(t.commands), func(c commands.Command) bool {
		return c.Admin && !in.Manages || !c.Only.Offers(in.From)
	})
	slices.SortStableFunc(rows, func(a, b commands.Command) int { return order(a) - order(b) })
	part := 1
	for i, c := range rows {
		if c.Admin && in.From == commands.Chat && (i == 0 || !rows[i-1].Admin) {
			part = 2
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Row: part,
				Text: in.Lang.Text("As you manage the documents here, these are for you:")})
		}
		usage := usage(c, in)
		listed = append(listed, helpCommandJSON{c.Name, c.Summary, usage})
		if in.From == commands.Chat {
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item, Text: "– " + in.Lang.Fixed(c.Summary),
				Commands: []string{c.Name},
				Row:      part})
			continue
		}
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item, Text: in.Lang.Isolate(usage) + " – " +
			in.Lang.Fixed(c.Summary),
			Bold: []article.Span{{Start: 0, End: len(in.Lang.Isolate(usage))}}})
	}
	return r, listed
}

// order puts what few may use behind what everybody may.
func order(c commands.Command) int {
	if c.Admin {
		return 1
	}
	return 0
}

// usage writes a command as it is typed: "/ask question [document]" in a chat, "bot ask QUESTION… [--document SLUG]" in
// a terminal.
func usage(c commands.Command, in commands.Input) string {
	var b strings.Builder
	from := in.From
	if from == commands.Terminal {
		b.WriteString("bot ")
	} else {
		b.WriteString("/")
	}
	b.WriteString(in.Lang.Typed(c.Name))
	for _, p := range c.At(from) {
		b.WriteByte(' ')
		switch {
		case from != commands.Terminal && p.Required:
			b.WriteString(in.Lang.Typed(p.Name))
		case from != commands.Terminal:
			b.WriteString("[" + in.Lang.Typed(p.Name) + "]")
		case p.Rest && p.Type == commands.Text:
			b.WriteString(strings.ToUpper(p.Name) + "…")
		case p.Rest:
			b.WriteString(strings.ToUpper(p.Name))
		case p.Type == commands.Flag:
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
