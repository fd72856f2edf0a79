package answers

import (
	"context"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/followup"
	"pilcrow/internal/rag/ask"
)

// askSeveral answers the questions of one message one after the other, each below itself. A later one may lean on those
// before it: "how big is it and how deep?"
func (t *Table) askSeveral(ctx context.Context, in commands.Input, v access.View, parts []string,
	more int) (commands.Reply,
	error) {
	all := commands.Reply{Share: true, Nothing: true}
	whole := askJSON{Question: in.Args["question"], Outcome: ask.NotCovered.String(), Sentences: []commands.SentenceJSON{},
		Citations: []commands.PassageJSON{},
		Withheld:  []withheldJSON{}, Nearest: []commands.RefJSON{}, Route: "several"}
	show := in.Show
	in.Show = nil // a stage of one would take the place of the others
	defer func() { in.Show = show }()
	for _, part := range parts {
		r, err := t.askOne(ctx, in, v, part, part)
		if err != nil {
			return commands.Reply{}, err
		}
		j, _ := r.JSON.(commands.Form[askJSON]) // askOne makes no other
		all.Blocks = append(all.Blocks, commands.Block{Kind: commands.Para, Text: part,
			Bold: []article.Span{{Start: 0, End: len(part)}}})
		for i, b := range r.Blocks {
			if i == 0 && b.Kind == commands.Sentence {
				b.Kind = commands.Para
			}
			all.Blocks = append(all.Blocks, b)
		}
		for _, s := range r.Sources {
			all.Source(s)
		}
		whole.add(j.Value)
		all.Nothing = all.Nothing && r.Nothing
		turn := followup.Turn{Question: part}
		if !r.Nothing {
			turn.Answer = j.Value.Text
		}
		for _, s := range r.Sources {
			turn.Cited = append(turn.Cited, s.Ref)
		}
		in.Turns = append(slices.Clip(in.Turns), turn)
	}
	if more > 0 {
		all.Say(commands.Small, in.Lang.Text("%d more questions were left out: ask them in a message of their own.", more))
	}
	all.Actions = paragraph.OpenActions(all, all.Sources)
	all.JSON = commands.Machine(whole)
	return all, nil
}

// add puts the answer of one more question behind.
func (j *askJSON) add(next askJSON) {
	if next.Outcome == ask.Answered.String() {
		j.Outcome = next.Outcome
	}
	if j.Text != "" {
		j.Text += " "
	}
	j.Text += next.Text
	j.By, j.Edition = next.By, next.Edition
	j.Sentences = append(j.Sentences, next.Sentences...)
	j.Citations = append(j.Citations, next.Citations...)
	j.Withheld = append(j.Withheld, next.Withheld...)
	j.Nearest = append(j.Nearest, next.Nearest...)
	j.Closest = append(j.Closest, next.Closest...)
}
