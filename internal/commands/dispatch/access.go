package dispatch

import (
	"context"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/library"
)

// readTimeout ends a command that reads documents, and waits for nobody else: Discord's people have an ending within
// ten seconds.
const (
	readTimeout  = 8 * time.Second
	modelTimeout = 30 * time.Second // at least, where a server of models has to be waited for
)

// keeper is the library, where the caller is on a server that can have documents of its own.
func (t *Table) keeper(in commands.Input) (*library.Library, error) {
	switch {
	case t.library == nil:
		return nil, commands.Refuse(in.Lang.Text("Documents cannot be changed from here: I was started without a place to " +
			"keep them."))
	case in.Server == "":
		return nil, commands.Refuse(in.Lang.Text("Documents belong to a server: use this on the server that they are for."))
	}
	return t.library, nil
}

func caller(in commands.Input) library.Who { return library.Who{ID: in.Person, Name: in.Name} }

// held is what the server has, whatever its channels are tied to: what those who manage it work on.
func (t *Table) held(in commands.Input) (view, error) {
	in.Scope, in.Args = nil, commands.Args{"document": in.Args["document"]}
	return t.view(in)
}

// heldParam names one of the server's documents.
func (t *Table) heldParam(required bool) commands.Param {
	return commands.Param{Name: "document", Summary: "Which document", Type: commands.Document, Required: required,
		Complete: func(ctx context.Context, in commands.Input, typed string) []string {
			in.Scope = nil
			return t.completeDocument(ctx, in, typed)
		}}
}

// unchanged says, to those who manage a server, why a change of the documents was not made. What is not theirs to know
// is logged.
func (t *Table) unchanged(in commands.Input, err error) error {
	if err == nil {
		return nil
	}
	if text := whyNot(in.Lang, err); text != "" {
		return commands.Refuse(text)
	}
	text, ref := t.Public(err, in.Lang)
	if ref == "" {
		return commands.Refuse(text)
	}
	return commands.Refuse(in.Lang.Text("Nothing was changed, and the documents of before go on answering: something "+
		"went wrong. "+
		"Whoever runs me finds the cause in the log (ref %s).", ref))
}

// setting is a small setting of a server, "" for unset.
func (t *Table) setting(server, name string) string {
	if t.library == nil {
		return ""
	}
	return t.library.Setting(server, name)
}

func (t *Table) setSetting(ctx context.Context, in commands.Input, name, value string) error {
	if t.library == nil {
		return commands.Refuse(in.Lang.Text("There is nothing to set here."))
	}
	return t.library.SetSetting(ctx, in.Server, name, value, library.Who{ID: in.Person, Name: in.Name})
}

// sayMissing says that documents of the server are not answered from, for want of memory or because of a fault: "the
// documents do not say", and a list of all that they say, is not the whole truth then.
func (t *Table) sayMissing(r *commands.Reply, in commands.Input) {
	if t.library != nil {
		sayMissing(r, in, t.library.Status(in.Server).Problems)
	}
}

// sayMissing is the Table's. A channel that is tied to some documents hears nothing of the others; nor does who named
// one.
func sayMissing(r *commands.Reply, in commands.Input, problems []string) {
	if n := len(problems); n > 0 && in.Server != "" && in.Scope == nil && in.Args["document"] == "" {
		r.Say(commands.Small, in.Lang.Text("%d documents of this server cannot be answered from just now: /status tells "+
			"the admins "+
			"why.", n))
	}
}

// answerTimeout is how long a command may take that finds by meaning or asks a model: as long where questions are sent
// to one, and no longer than reading takes where all is done here.
func (t *Table) answerTimeout(outside time.Duration) time.Duration {
	if t.outside == "" {
		return readTimeout
	}
	return max(outside, modelTimeout)
}
