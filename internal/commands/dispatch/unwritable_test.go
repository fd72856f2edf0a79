package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// Where nothing can be written any more, each command that writes says so in one sentence, and what was there goes on
// answering.
func TestNothingCanBeWritten(t *testing.T) {
	w := newTown(t)
	question := commands.Args{"question": "Who paints the ferry with zinc?"}
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	admin := as(ann, home)
	admin.Admin = true
	answered := w.run(as(ann, home), "ask", question)
	missing := w.run(as(ann, home), "ask", commands.Args{"question": "Why did the elephant escape?"})
	told := w.click(as(ann, home), missing, "Tell the admins", nil)
	sending := admin
	sending.Files = map[string]commands.Upload{"file": {Name: "oars.md",
		Data: []byte("# Oars\n\nThe oars were carved by Piet " +
			"Vanderhook.")}}
	preview := w.run(sending, "documents add", commands.Args{"file": "oars.md"})
	digest := w.library.Engine(home).Edition().Corpus.Digest()
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	refused := func(in commands.Input, command string, args commands.Args, want string) {
		t.Helper()
		in.Args = args
		r, err := w.Run(t.Context(), command, in)
		if err == nil {
			t.Errorf("%s %v: %s", command, args, text(r))
			return
		}
		said, _ := w.Public(err, in.Lang)
		if !strings.Contains(said, want) || strings.Contains(said, "sql") || strings.Contains(said, "\n") {
			t.Errorf("%s %v: %q", command, args, said)
		}
	}
	press := func(in commands.Input, r commands.Reply, label, want string) {
		t.Helper()
		for _, a := range r.Actions {
			if strings.HasPrefix(a.Label, label) {
				refused(in, a.Command, a.Args, want)
				return
			}
		}
		t.Fatalf("no button %s", label)
	}
	press(as(ann, home), answered, "👍", "Something went wrong")
	press(as(ann, home), missing, "Tell the admins", "Something went wrong")
	press(as(ann, home), told, "Tell me", "Something went wrong")
	press(as(ann, home), told, "Take it back", "Something went wrong")
	const kept = "Nothing was changed, and the documents of before go on answering"
	press(admin, preview, "Confirm", kept)
	press(admin, preview, "Confirm", kept) // the preview is still there
	refused(admin, "documents undo", nil, kept)
	refused(admin, "documents scope", commands.Args{"documents": "paint"}, kept)
	refused(admin, "documents role", commands.Args{"role": "5"}, kept)
	refused(admin, "documents history", nil, "went wrong")
	refused(admin, "language", commands.Args{"language": "Deutsch"}, kept)
	refused(admin, "threads", commands.Args{"rule": "strict"}, kept)
	refused(admin, "gaps", nil, "Something went wrong")
	refused(admin, "gaps", commands.Args{"record": "on"}, "went wrong")
	press(admin, w.run(admin, "documents remove", commands.Args{"document": "paint"}), "Confirm", kept)
	if w.library.Engine(home).Edition().Corpus.Digest() != digest || w.library.Scope(home, admin.Channels) != nil ||
		len(w.library.Managers(home)) > 0 || w.feedback.Records(home) {
		t.Error("something is half done")
	}
	w.want(w.run(as(ann, home), "ask", question), "Marta Olin")
	w.open()
	w.want(w.run(as(ann, home), "ask", question), "Marta Olin")
	if w.library.Engine(home).Edition().Corpus.Digest() != digest {
		t.Error("another edition after a restart")
	}
}
