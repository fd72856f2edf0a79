package feedback

import (
	"context"

	"pilcrow/internal/commands"
)

// What is said of a deletion that is not all done yet.
const (
	lingersText = "It is deleted. Another program is reading the database just now, a backup perhaps: as soon as it " +
		"has finished, the last " +
		"copies in the database's log are overwritten, too."
	queuedText = "Your deletion waits behind others. It will be done, although I do not wait for it here any longer: " +
		"in a minute the button " +
		"tells you that nothing is left."
)

func (t *Table) forget() commands.Command {
	return commands.Command{
		Name:    "forget",
		Summary: "Delete what is stored of you",
		Only:    commands.Button,
		Private: true,
		Unread:  true,
		Run:     t.runForget,
	}
}

func (t *Table) runForget(ctx context.Context, in commands.Input) (commands.Reply, error) {
	if t.People == nil || in.From != commands.Chat || in.Person == "" {
		return commands.Reply{}, commands.Refuse(in.Lang.Text("Nothing of yours is stored."))
	}
	f, err := t.People.Forget(ctx, in.Person)
	if ctx.Err() != nil {
		return commands.Reply{}, commands.Refuse(in.Lang.Text(queuedText))
	}
	if err != nil {
		return commands.Reply{}, err
	}
	if t.Library != nil {
		t.Library.Forget(in.Person)
	}
	var r commands.Reply
	if f.Votes+f.Questions+f.Wishes+f.Changes == 0 && !f.Lingers {
		r.Say(commands.Para, in.Lang.Text("There was nothing of yours on disk, and there is nothing now."))
		return r, nil
	}
	r.Say(commands.Para, in.Lang.Text("Deleted for good, in all servers:"))
	for _, line := range []struct {
		n    int
		text string
	}{
		{f.Votes, in.Lang.Text("%d votes", f.Votes)},
		{f.Questions, in.Lang.Text("%d questions told to admins; where others asked the same, the question stays without you",
			f.Questions)},
		{f.Wishes, in.Lang.Text("%d wishes to be told of an answer", f.Wishes)},
		{f.Changes, in.Lang.Text("your name from %d changes of documents and settings", f.Changes)},
	} {
		if line.n > 0 {
			r.Say(commands.Item, line.text)
		}
	}
	if f.Lingers {
		r.Say(commands.Small, in.Lang.Text(lingersText))
	}
	return r, nil
}
