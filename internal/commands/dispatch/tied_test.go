package dispatch

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/library"
)

// In a channel that is tied to some documents no word of the others is shown: by no command, no button that was made
// elsewhere, nothing that is remembered, and nothing that is offered while typing.
func TestTiedChannel(t *testing.T) {
	for _, model := range []bool{false, true} {
		t.Run(fmt.Sprintf("model %t", model), func(t *testing.T) { tiedChannel(t, model) })
	}
}

func tiedChannel(t *testing.T, model bool) {
	const elsewhere, thread = "900000000000000077", "900000000000000078"
	w := newTown(t)
	if model {
		w.model = teller{}
		w.restart()
	}
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each "+
		"spring.\n\nThe ferry has oars.")
	w.put(home, "oars.md", "# Oarlocks\n\nThe oars of the ferry were carved by Piet Vanderhook in 1911.\n\n“Oars want "+
		"ash,” said Piet Vanderhook in May 1912.\n\n"+
		"The ferry has oars.\n\nHe was paid in zinc.")
	secret := regexp.MustCompile(`(?i)vanderhook|oarlocks|oars want|oars\.md|paid in zinc`)
	if err := w.library.SetScope(t.Context(), home, plaza, []string{"paint"},
		library.Who{ID: ann, Name: "Ann"}); err != nil {
		t.Fatal(err)
	}
	free := as(bob, home)
	free.Channels = []string{elsewhere}
	tied := []commands.Input{as(bob, home), as(bob, home)}
	tied[1].Channels = []string{thread, plaza}

	calls := []commands.Action{{Command: "help"}, {Command: "documents list"}, {Command: "privacy"}, {Command: "who"},
		{Command: "quote"}, {Command: "timeline"}, {Command: "summary"}}
	questions := []string{"Who carved the oars of the ferry?", "What did Piet Vanderhook say?", "Who paints the ferry?",
		"Was he paid in zinc?", "What do oars want?",
		"Why did the elephant escape?", "When were the oars carved by Piet Vanderhook in 1911?"}
	for _, q := range questions {
		for _, c := range []string{"ask", "find"} {
			calls = append(calls, commands.Action{Command: c, Args: commands.Args{"question": q}},
				commands.Action{Command: c, Args: commands.Args{"question": q, "document": "oars"}})
		}
		calls = append(calls, commands.Action{Command: "check", Args: commands.Args{"text": q}},
			commands.Action{Command: "quote", Args: commands.Args{"about": q}},
			commands.Action{Command: "timeline", Args: commands.Args{"about": q}},
			commands.Action{Command: "who", Args: commands.Args{"name": q}})
	}
	for _, name := range []string{"oars", "Oarlocks", "oar", "paint"} {
		for n := range 5 {
			calls = append(calls, commands.Action{Command: "paragraph",
				Args: commands.Args{"number": fmt.Sprint(n + 1), "document": name}})
		}
		calls = append(calls, commands.Action{Command: "summary", Args: commands.Args{"document": name}},
			commands.Action{Command: "documents show", Args: commands.Args{"document": name}},
			commands.Action{Command: "quote", Args: commands.Args{"speaker": "Piet Vanderhook", "document": name}})
	}
	seen, leaked := map[string]bool{}, 0
	for depth, next := 0, calls; depth < 4 && len(next) > 0; depth++ {
		var found []commands.Action
		for _, a := range next {
			key := fmt.Sprint(a.Command, a.Args)
			if seen[key] {
				continue
			}
			seen[key] = true
			if r, err := w.try(free, a.Command, a.Args); err == nil {
				found = append(found, r.Actions...)
				if secret.MatchString(text(r)) {
					leaked++
				}
			}
			asked := append(slices.Collect(maps.Values(a.Args)), questions...) // is repeated
			for _, in := range tied {
				r, err := w.try(in, a.Command, a.Args)
				shown := text(r)
				if err != nil {
					shown, _ = w.Public(err, in.Lang)
				}
				for _, action := range r.Actions {
					shown += " " + action.Label + fmt.Sprint(action.Args)
				}
				for _, p := range r.Sources {
					shown += " " + p.Text + p.Ref.Slug + " "
				}
				for _, part := range asked {
					shown = strings.ReplaceAll(shown, part, "")
				}
				if m := secret.FindString(shown); m != "" {
					t.Errorf("%s %v shows %q:\n%s", a.Command, a.Args, m, shown)
				}
				found = append(found, r.Actions...)
			}
		}
		next = found
	}
	for _, c := range w.Commands() {
		for _, p := range c.Params {
			for _, typed := range []string{"", "o", "oar", "Piet", "V"} {
				if got := fmt.Sprint(w.Complete(t.Context(), c.Name, p.Name, tied[0], typed)); regexp.MustCompile(
					`(?i)oars|piet`).MatchString(got) {
					t.Errorf("%s %s offers %s", c.Name, p.Name, got)
				}
			}
		}
	}
	if leaked < 20 || len(seen) < 100 {
		t.Errorf("only %d calls, of which %d show it where they may", len(seen), leaked)
	}
}
