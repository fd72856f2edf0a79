package answers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

// What was withheld is not in the answer, so the button that opens it needs the answer: the last ones are remembered.
const (
	MaxAnswers  = 500       // answers of which the withheld sentences are remembered
	KeepAnswers = time.Hour // for so long
	answerBytes = 5         // of an answer's key
)

// left is what an answer left out.
type left struct {
	question  string
	sentences []review.Withheld
	scope     []string // what the asker could see
	room      string
}

// Withheld is the row that shows what was left out of an answer.
func (t *Table) Withheld() commands.Command {
	return commands.Command{
		Name:    "withheld",
		Summary: "Show what an answer left out and why",
		Params: []commands.Param{{Name: feedback.AnswerParam, Summary: "Which answer", Type: commands.Text, Required: true,
			MaxRunes: 2 * answerBytes}},
		Only:    commands.Button,
		Private: true,
		Run:     t.runWithheld,
	}
}

func (t *Table) runWithheld(_ context.Context, in commands.Input) (commands.Reply, error) {
	l, _, ok := t.left.Get(in.Args[feedback.AnswerParam])
	if !ok || l.room != in.Room() || !slices.Equal(l.scope, in.Scope) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I no longer know what that answer left out: I remember the "+
			"last %d answers "+
			"for an hour, "+
			"and none after a restart. Ask again, and I will look again.", MaxAnswers))
	}
	var r commands.Reply
	question := commands.Clip(strings.Join(strings.Fields(l.question), " "), 2*commands.MaxTitleRunes)
	r.Say(commands.Heading, in.Lang.Text("Withheld from the answer to “%s”", question))
	r.Say(commands.Para, in.Lang.Text("The draft said this, and it did not pass the check. Do not rely on it."))
	out := withheldListJSON{Question: l.question, Withheld: []withheldJSON{}}
	for _, s := range l.sentences {
		out.Withheld = append(out.Withheld, withheldJSON{s.Text, s.Why.String(), string(s.Code)})
		r.Say(commands.Quote, s.Text)
		r.Say(commands.Para, in.Lang.Text("Why: %s.", in.Lang.Say(s.Why)))
	}
	r.JSON = commands.Machine(out)
	return r, nil
}

// rememberWithheld keeps what the answer left out, and offers to open it.
func (t *Table) rememberWithheld(r *commands.Reply, a ask.Answer, in commands.Input) {
	if len(a.Withheld) == 0 || in.From != commands.Chat {
		return
	}
	h := sha256.New()
	for _, s := range a.Withheld {
		fmt.Fprintf(h, "%q %q ", s.Text, s.Why)
	}
	fmt.Fprintf(h, "%q %q %q %q", a.Question, a.Edition, in.Scope, in.Room())
	key := hex.EncodeToString(h.Sum(nil)[:answerBytes])
	t.left.Put(key, left{a.Question, a.Withheld, in.Scope, in.Room()})
	r.Actions = append(r.Actions, commands.Action{Label: in.Lang.Text("Withheld (%d)", len(a.Withheld)),
		Command: "withheld",
		Args:    commands.Args{feedback.AnswerParam: key}})
}

type withheldListJSON struct {
	Question string         `json:"question"`
	Withheld []withheldJSON `json:"withheld"`
}
