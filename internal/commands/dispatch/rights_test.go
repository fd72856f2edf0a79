package dispatch

import (
	"errors"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/library"
)

// Nobody without the right uses a row that needs one: by its name, by a button's call, or by what is offered while
// typing; whatever else the call claims. The transport says Admin; all else is settled here.
func TestRights(t *testing.T) {
	w := newTown(t)
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	const role, foreign = "610000000000000001", "610000000000000002"
	by := library.Who{ID: ann, Name: "Ann"}
	for server, id := range map[string]string{home: role, away2: foreign} {
		if err := w.library.SetManagers(t.Context(), server, []string{id}, by); err != nil {
			t.Fatal(err)
		}
	}
	someone := func(change func(*commands.Input)) commands.Input {
		in := as(bob, home)
		in.Manages = true // what a transport has no business to say
		change(&in)
		return in
	}
	callers := map[string]commands.Input{
		"a member":                     someone(func(*commands.Input) {}),
		"a manager of another server":  someone(func(in *commands.Input) { in.Roles = []string{foreign} }),
		"a name of a role":             someone(func(in *commands.Input) { in.Roles = []string{"managers", "", role + " "} }),
		"nobody":                       someone(func(in *commands.Input) { in.Person = "" }),
		"in private":                   someone(func(in *commands.Input) { in.Server, in.Roles = "", []string{role} }),
		"where only they have the bot": someone(func(in *commands.Input) { in.Server, in.Channels = "", []string{"1", "2"} }),
	}
	args := commands.Args{"document": "paint", "proposal": "x", "question": "1", "questions": "1", "answer": "1",
		"change": "1",
		"sure":   "x", "record": "on",
		"documents": "paint", "role": role, "rule": "strict", "language": "Deutsch", "address": "https://example.org/a",
		"page": "1"}
	before, _ := w.library.History(t.Context(), home, 0, 100)
	rows := 0
	for _, c := range w.Commands() {
		if !c.Admin {
			continue
		}
		rows++
		for who, in := range callers {
			own := commands.Args{}
			for _, p := range c.Params {
				if v, ok := args[p.Name]; ok {
					own[p.Name] = v
				}
				if got := w.Complete(t.Context(), c.Name, p.Name, in, ""); len(got) > 0 {
					t.Errorf("%s is offered %v for %s of %s", who, got, p.Name, c.Name)
				}
			}
			for _, a := range []commands.Args{nil, own} {
				_, err := w.try(in, c.Name, a)
				refusal, ok := errors.AsType[*commands.Refusal](err)
				if !ok || !strings.HasPrefix(refusal.Text, "Only those who manage the server") || w.May(c.Name, in) {
					t.Errorf("%s, %s: %v", c.Name, who, err)
				}
			}
		}
	}
	if after, _ := w.library.History(t.Context(), home, 0, 100); len(after) != len(before) || rows < 12 {
		t.Errorf("%d changes were made, by %d rows", len(after)-len(before), rows)
	}
	in := someone(func(in *commands.Input) { in.Roles = []string{role} })
	if r := w.run(in, "documents history", nil); !strings.Contains(text(r), "Paint") {
		t.Errorf("a manager does not see the history: %s", text(r))
	}
	_, err := w.try(in, "documents role", commands.Args{"role": foreign})
	w.refused(err, "Manage Server")
	if err := w.library.SetManagers(t.Context(), home, nil, by); err != nil {
		t.Fatal(err)
	}
	_, err = w.try(in, "documents history", nil) // the role was taken away since
	w.refused(err, "Only those who manage the server")
}
