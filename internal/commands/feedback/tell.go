package feedback

import (
	"context"
	"errors"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// An unanswered question may be told to the admins by who asked it.
type unanswered struct {
	gap     store.Gap
	edition string
}

// OfferTell lets who asked in vain tell the admins, and keeps the question without who asked where the server wants
// that. again tells that the answer is from memory: the question was counted when it was first asked.
func (t *Table) OfferTell(ctx context.Context, r *commands.Reply, v access.View, a ask.Answer, in commands.Input,
	again bool) {
	if !t.listens(in) {
		return
	}
	gap := store.Gap{Server: in.Server, Channels: in.Channels, Question: a.Question, Nearest: commands.Refs(a.Nearest)}
	if t.Records(in.Server) {
		if !again {
			gap.Known = t.extracted(ctx, v, a.Question)
			if _, err := t.People.Report(ctx, gap, "", t.Now()); err != nil {
				t.Logger.Error("a question that was not answered is not kept", "error", err)
			}
		}
		r.Say(commands.Small, in.Lang.Text("The question is kept for the admins of this server, without your name."))
	}
	key := t.askerKey(in, a.Edition, a.Question)
	t.unanswered.Put(key, unanswered{gap, a.Edition})
	r.Actions = append(r.Actions, commands.Action{Label: in.Lang.Text("Tell the admins"), Command: "tell",
		Args: commands.Args{AnswerParam: key}, Apart: true})
}

// extracted are marks of the paragraphs that would be cited without a model: they are known not to answer.
func (t *Table) extracted(ctx context.Context, v access.View, question string) []string {
	query := v.Query(question)
	query.Extract = true
	a, err := v.Engine.Ask(ctx, query)
	if err != nil {
		return nil
	}
	return marksOf(a.Cited)
}

func (t *Table) tell() commands.Command {
	return commands.Command{
		Name:    "tell",
		Summary: "Tell the admins what the documents do not answer",
		Params: []commands.Param{{Name: AnswerParam, Summary: "Which question", Type: commands.Text, Required: true,
			MaxRunes: maxAnswerRunes}},
		Only:    commands.Button,
		Private: true,
		Run:     t.runTell,
	}
}

func (t *Table) runTell(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("There are admins to tell in servers alone."))
	}
	u, _, ok := t.unanswered.Get(in.Args[AnswerParam])
	if !ok {
		u, ok = t.askedThere(ctx, in)
	}
	if !ok || u.gap.Server != in.Server {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("I no longer know that question, or the documents have " +
			"changed since. " +
			"Please ask it again, and tell the admins then."))
	}
	if t.askerKey(in, u.edition, u.gap.Question) != in.Args[AnswerParam] {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Only who asked a question may have it kept. Ask it " +
			"yourself, and you may, too."))
	}
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	u.gap.Known = t.extracted(ctx, v, u.gap.Question)
	id, err := t.People.Report(ctx, u.gap, in.Person, t.Now())
	switch {
	case errors.Is(err, store.ErrTooMany):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("You have told the admins of many questions today. Please " +
			"come back tomorrow."))
	case err != nil:
		return commands.Reply{}, err
	}
	var r commands.Reply
	r.Say(commands.Para, in.Lang.Text("This is kept for the admins of this server:"))
	r.Say(commands.Quote, u.gap.Question)
	r.Say(commands.Small, in.Lang.Text("The question, this channel and the day are stored, without your name, until an "+
		"admin is "+
		"done with it or you take it "+
		"back, and for %s days at most.", commands.Days(KeepDays)))
	r.Actions = []commands.Action{
		idAction(in.Lang.Text("Tell me when it is answered"), "wish", id),
		idAction(in.Lang.Text("Take it back"), "untell", id),
	}
	return r, nil
}

// askedThere reads an unanswered question from the message that has the button: it is the caller's if the button's key
// is made of it.
func (t *Table) askedThere(ctx context.Context, in commands.Input) (unanswered, bool) {
	if in.Asked == "" {
		return unanswered{}, false
	}
	v, err := t.View(in)
	if err != nil {
		return unanswered{}, false
	}
	query := v.Query(in.Asked)
	query.Extract = true
	a, err := v.Engine.Ask(ctx, query)
	if err != nil || t.askerKey(in, a.Edition, a.Question) != in.Args[AnswerParam] {
		return unanswered{}, false
	}
	gap := store.Gap{Server: in.Server, Channels: in.Channels, Question: a.Question, Nearest: commands.Refs(a.Nearest)}
	return unanswered{gap, a.Edition}, true
}

func (t *Table) wish() commands.Command {
	return commands.Command{
		Name:    "wish",
		Summary: "Be told when a question is answered",
		Params:  []commands.Param{idParam()},
		Only:    commands.Button,
		Private: true,
		Run:     t.runWish,
	}
}

func (t *Table) runWish(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("There are admins to tell in servers alone."))
	}
	id := oneID(in.Args)
	err := t.People.Wish(ctx, in.Server, id, store.Wish{Person: in.Person, Locale: in.Lang.Locale()}, t.Now())
	switch {
	case errors.Is(err, store.ErrNoGap):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("That question is no longer kept. Please ask it again: it " +
			"may be answered " +
			"by now."))
	case errors.Is(err, store.ErrTooMany):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("You are waiting for many answers already. Please wait for " +
			"some of them."))
	case err != nil:
		return commands.Reply{}, err
	}
	var r commands.Reply
	r.Say(commands.Para, in.Lang.Text("I will write to you privately when the documents answer it."))
	r.Say(commands.Small, in.Lang.Text("For that your user id is stored until then, for %s days at most.",
		commands.Days(KeepDays)))
	r.Actions = []commands.Action{idAction(in.Lang.Text("Take it back"), "untell", id)}
	return r, nil
}

func (t *Table) untell() commands.Command {
	return commands.Command{
		Name:    "untell",
		Summary: "Take a question back",
		Params:  []commands.Param{idParam()},
		Only:    commands.Button,
		Private: true,
		Run:     t.runUntell,
	}
}

func (t *Table) runUntell(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if !t.listens(in) {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("There are admins to tell in servers alone."))
	}
	err := t.People.TakeBack(ctx, in.Server, oneID(in.Args), in.Person)
	switch {
	case errors.Is(err, store.ErrNoGap):
		return commands.Reply{}, commands.Refuse(in.Lang.Text("There is nothing left to take back."))
	case err != nil:
		return commands.Reply{}, err
	}
	var r commands.Reply
	r.Say(commands.Para, in.Lang.Text("It is taken back: nothing of yours is kept of it."))
	return r, nil
}
