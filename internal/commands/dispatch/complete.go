package dispatch

import (
	"context"
	"slices"
	"time"

	"pilcrow/internal/commands"
)

// offerPatience is how long offers wait for documents to be loaded (Discord: three seconds in all).
const offerPatience = 1500 * time.Millisecond

// Complete offers values for a parameter of a command, best first, by what has been typed so far: nothing to those who
// may not use the command, and nothing of documents that they may not see. in holds the other arguments as they stand,
// unchecked.
func (t *Table) Complete(ctx context.Context, command, param string, in commands.Input, typed string) []string {
	c, ok := t.Lookup(command)
	if !ok {
		return nil
	}
	params := c.At(in.From)
	i := slices.IndexFunc(params, func(p commands.Param) bool { return p.Name == param })
	if i < 0 || params[i].Complete == nil {
		return nil
	}
	if in = t.Enter(in); c.Admin && !in.Manages || t.Adrift(in) || t.IsClosed(in.Server) {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, offerPatience)
	defer cancel()
	release, err := t.Hold(limited, in)
	if err != nil {
		return nil
	}
	defer release()
	return params[i].Complete(ctx, in, typed)
}

// May tells whether the caller may use the command. Run checks it itself; a transport asks before it does work for
// nothing.
func (t *Table) May(command string, in commands.Input) bool {
	c, ok := t.Lookup(command)
	return ok && (!c.Admin || t.Enter(in).Manages)
}
