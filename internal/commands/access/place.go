package access

import (
	"context"
	"errors"
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
)

// EngineOf is what answers where the call comes from: a server with documents of its own has an engine of its own.
func (c *Control) EngineOf(in commands.Input) *ask.Engine {
	if c.Library == nil {
		return c.Engine
	}
	return c.Library.Engine(in.Server)
}

// Hold has the documents of the server in memory until release is called; see library.Hold. What is in the way is said
// to the reader.
func (c *Control) Hold(ctx context.Context, in commands.Input) (release func(), err error) {
	if c.Library == nil {
		return func() {}, nil
	}
	_, release, err = c.Library.Hold(ctx, in.Server)
	return release, unloaded(in.Lang, err)
}

// unloaded says why the documents of a server are not in memory. Other errors are left as they are.
func unloaded(p lang.Printer, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, library.ErrLoading):
		return commands.Refuse(p.Text("The documents of this server are just being loaded, as nobody had asked for a " +
			"while. Please " +
			"try again in a moment."))
	case errors.Is(err, ask.ErrNotLoaded):
		return commands.Refuse(p.Text("The documents are still being loaded. Please try again in a moment."))
	}
	return err
}

// Enter fills in what follows from where a call comes from: the documents that the channel is tied to, and whether the
// caller may change the documents.
func (c *Control) Enter(in commands.Input) commands.Input {
	in.Manages = in.Admin
	if c.IsClosed(in.Server) {
		in.Scope = []string{noSlug}
	}
	if c.Library == nil || in.Server == "" {
		return in
	}
	if in.Scope == nil {
		in.Scope = c.Library.Scope(in.Server, in.Channels)
	}
	managers := c.Library.Managers(in.Server)
	in.Manages = in.Admin || slices.ContainsFunc(in.Roles,
		func(role string) bool { return slices.Contains(managers, role) })
	return in
}

// OpenWhereClosed are the commands that show no document, and so may be used in a server of which nobody knows what may
// be shown.
var OpenWhereClosed = []string{"status", "privacy", "forget"}

// noSlug is the name of no document.
const noSlug = " "

// IsClosed tells that nobody knows what may be shown in a server.
func (c *Control) IsClosed(server string) bool {
	return server != "" && (c.Closed || c.Library != nil && c.Library.Closed(server))
}

// Adrift tells that nobody knows what a call may see: it may come from a thread of a channel that is tied to some of
// the documents.
func (c *Control) Adrift(in commands.Input) bool {
	return in.Unplaced && c.Library != nil && c.Library.Tied(in.Server, in.Channels)
}
