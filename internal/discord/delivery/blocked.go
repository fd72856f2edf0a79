package delivery

import (
	"context"
	"sync"
	"time"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

// Where the bot may not write, whoever asked gets the answer privately, and is told what the bot lacks. What only lacks
// a permission to be nicer is sent without, and said once in an hour for each channel: nobody is to be pestered with
// the settings of a server.

const (
	tellAgain = time.Hour // ours: how long somebody is taken to know what would be nicer
	maxTold   = 10_000    // ours: people and channels that are remembered
)

// The permissions as Discord's settings name them.
const (
	permitView    = "View Channel"
	permitSend    = "Send Messages"
	permitThreads = "Send Messages in Threads"
	permitAttach  = "Attach Files"
	permitHistory = "Read Message History"
)

// instead writes to whoever asked what cannot be written in its place, and returns the error where it says something
// else.
func (c *Courier) instead(ctx context.Context, a Asked, p render.Page, err error) error {
	why := c.blocked(ctx, a, err)
	if why == "" {
		return err
	}
	c.client.LogOf(a.Ref, "an answer goes to the asker alone", err)
	c.tell(ctx, a, why, p)
	return nil
}

// lacking says which permission is missing.
func lacking(say lang.Printer, permission string) string {
	return say.Text("I lack the permission “%s” there. Whoever manages the server can give it to me, in the settings "+
		"of the channel:",
		permission)
}

// blocked says why the bot cannot write there; "" where the error says something else.
func (c *Courier) blocked(ctx context.Context, a Asked, err error) string {
	say := a.Say
	switch {
	case rest.HasCode(err, rest.NoAccess):
		return lacking(say, permitView)
	case rest.HasCode(err, rest.Forbidden):
		if c.inThread(ctx, a) {
			return lacking(say, permitThreads)
		}
		return lacking(say, permitSend)
	case rest.HasCode(err, rest.Archived, rest.Locked):
		return say.Text("The thread is locked, so I cannot answer there:")
	case rest.HasCode(err, rest.SlowMode):
		return say.Text("Slow mode keeps me from answering there for now:")
	}
	return ""
}

// inThread tells whether the question was asked in a thread.
func (c *Courier) inThread(ctx context.Context, a Asked) bool {
	if a.Channel == "" {
		return false
	}
	r, err := c.rooms.Read(ctx, a.Channel)
	return err == nil && event.Thread(r.Kind)
}

// tell writes to whoever asked, why first and then the page, of which there may be only files.
func (c *Courier) tell(ctx context.Context, a Asked, why string, p render.Page) {
	if _, err := c.whisper(ctx, a, p, why); err != nil {
		c.client.Log("tell a person why there is no answer", err)
	}
}

// informed remembers who knows of what. The zero informed is ready for use.
type informed struct {
	mu    sync.Mutex
	since map[string]time.Time
}

// knows tells whether somebody knows already.
func (t *informed) knows(key string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	since, known := t.since[key]
	return known && now.Sub(since) < tellAgain
}

// first tells whether somebody does not know yet, and remembers that they do now.
func (t *informed) first(key string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if since, known := t.since[key]; known && now.Sub(since) < tellAgain {
		return false
	}
	if t.since == nil || len(t.since) >= maxTold { // some hear it twice; the memory stays
		t.since = map[string]time.Time{}
	}
	t.since[key] = now
	return true
}
