package dispatch

import (
	"context"
	"errors"
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag"
)

// engineOf is what answers where the call comes from: a server with documents of its own has an engine of its own.
func (t *Table) engineOf(in commands.Input) *rag.Engine {
	if t.library == nil {
		return t.engine
	}
	return t.library.Engine(in.Server)
}

// hold has the documents of the server in memory until release is called; see library.Hold. What is in the way is said
// to the reader.
func (t *Table) hold(ctx context.Context, in commands.Input) (release func(), err error) {
	if t.library == nil {
		return func() {}, nil
	}
	_, release, err = t.library.Hold(ctx, in.Server)
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
	case errors.Is(err, rag.ErrNotLoaded):
		return commands.Refuse(p.Text("The documents are still being loaded. Please try again in a moment."))
	}
	return err
}

// enter fills in what follows from where a call comes from: the documents that the channel is tied to, and whether the
// caller may change the documents.
func (t *Table) enter(in commands.Input) commands.Input {
	in.Manages = in.Admin
	if t.isClosed(in.Server) {
		in.Scope = []string{noSlug}
	}
	if t.library == nil || in.Server == "" {
		return in
	}
	if in.Scope == nil {
		in.Scope = t.library.Scope(in.Server, in.Channels)
	}
	managers := t.library.Managers(in.Server)
	in.Manages = in.Admin || slices.ContainsFunc(in.Roles,
		func(role string) bool { return slices.Contains(managers, role) })
	return in
}

// openWhereClosed are the commands that show no document, and so may be used in a server of which nobody knows what may
// be shown.
var openWhereClosed = []string{"status", "privacy", "forget"}

// noSlug is the name of no document.
const noSlug = " "

// isClosed tells that nobody knows what may be shown in a server.
func (t *Table) isClosed(server string) bool {
	return server != "" && (t.closed || t.library != nil && t.library.Closed(server))
}

// adrift tells that nobody knows what a call may see: it may come from a thread of a channel that is tied to some of
// the documents.
func (t *Table) adrift(in commands.Input) bool {
	return in.Unplaced && t.library != nil && t.library.Tied(in.Server, in.Channels)
}
