package access

import (
	"context"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/library"
)

// ReadTimeout ends a command that reads documents, and waits for nobody else: Discord's people have an ending within
// ten seconds.
const (
	ReadTimeout  = 8 * time.Second
	modelTimeout = 30 * time.Second // at least, where a server of models has to be waited for
)

// Keeper is the library, where the caller is on a server that can have documents of its own.
func (c *Control) Keeper(in commands.Input) (*library.Library, error) {
	switch {
	case c.Library == nil:
		return nil, commands.Refuse(in.Lang.Text("Documents cannot be changed from here: I was started without a place to " +
			"keep them."))
	case in.Server == "":
		return nil, commands.Refuse(in.Lang.Text("Documents belong to a server: use this on the server that they are for."))
	}
	return c.Library, nil
}

// Caller is who calls, as the history of a server's documents has it.
func Caller(in commands.Input) library.Who { return library.Who{ID: in.Person, Name: in.Name} }

// Held is what the server has, whatever its channels are tied to: what those who manage it work on.
func (c *Control) Held(in commands.Input) (View, error) {
	in.Scope, in.Args = nil, commands.Args{"document": in.Args["document"]}
	return c.View(in)
}

// HeldParam names one of the server's documents.
func (c *Control) HeldParam(required bool) commands.Param {
	return commands.Param{Name: "document", Summary: "Which document", Type: commands.Document, Required: required,
		Complete: func(ctx context.Context, in commands.Input, typed string) []string {
			in.Scope = nil
			return c.CompleteDocument(ctx, in, typed)
		}}
}

// Unchanged says, to those who manage a server, why a change of the documents was not made. What is not theirs to know
// is logged.
func (c *Control) Unchanged(in commands.Input, err error) error {
	if err == nil {
		return nil
	}
	if text := whyNot(in.Lang, err); text != "" {
		return commands.Refuse(text)
	}
	text, ref := c.Public(err, in.Lang)
	if ref == "" {
		return commands.Refuse(text)
	}
	return commands.Refuse(in.Lang.Text("Nothing was changed, and the documents of before go on answering: something "+
		"went wrong. "+
		"Whoever runs me finds the cause in the log (ref %s).", ref))
}

// Setting is a small setting of a server, "" for unset.
func (c *Control) Setting(server, name string) string {
	if c.Library == nil {
		return ""
	}
	return c.Library.Setting(server, name)
}

// SetSetting changes one.
func (c *Control) SetSetting(ctx context.Context, in commands.Input, name, value string) error {
	if c.Library == nil {
		return commands.Refuse(in.Lang.Text("There is nothing to set here."))
	}
	return c.Library.SetSetting(ctx, in.Server, name, value, library.Who{ID: in.Person, Name: in.Name})
}

// SayMissing says that documents of the server are not answered from, for want of memory or because of a fault: "the
// documents do not say", and a list of all that they say, is not the whole truth then.
func (c *Control) SayMissing(r *commands.Reply, in commands.Input) {
	if c.Library != nil {
		sayMissing(r, in, c.Library.Status(in.Server).Problems)
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

// AnswerTimeout is how long a command may take that finds by meaning or asks a model: as long where questions are sent
// to one, and no longer than reading takes where all is done here.
func (c *Control) AnswerTimeout(outside time.Duration) time.Duration {
	if c.Outside == "" {
		return ReadTimeout
	}
	return max(outside, modelTimeout)
}
