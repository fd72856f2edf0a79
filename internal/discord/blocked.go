package discord

import (
	"context"
	"sync"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// Where the bot may not write, whoever asked is told privately what it lacks, with the answer: once in an hour for each channel, so
// that nobody is pestered with the settings of a server. What only lacks a permission to be nicer is sent without.

const (
	tellAgain   = time.Hour        // ours
	maxTold     = 10_000           // ours: people and channels that are remembered
	maxSlowWait = 60 * time.Second // ours: longer slow modes are not waited out
)

// The permissions as Discord's settings name them.
const (
	permitView    = "View Channel"
	permitSend    = "Send Messages"
	permitThreads = "Send Messages in Threads"
	permitAttach  = "Attach Files"
	permitHistory = "Read Message History"
)

// deliver finishes the question. What keeps the answer from its place is told to whoever asked.
func (b *Bot) deliver(ctx context.Context, q question, p page) error {
	err := q.place.finish(ctx, p)
	if hasCode(err, codeForbidden) && (len(p.files) > 0 || p.cut) {
		if again := q.place.finish(ctx, p.bare()); !hasCode(again, codeForbidden) {
			b.tell(ctx, q, lacking(q.input.Lang, permitAttach), page{})
			return again
		}
	}
	why := b.blocked(ctx, q, err)
	if why == "" {
		if m, ok := q.place.(*posted); ok && err == nil && m.unread {
			b.tell(ctx, q, lacking(q.input.Lang, permitHistory), page{})
		}
		return err
	}
	b.log("an answer goes to the asker alone", err)
	b.tell(ctx, q, why, p)
	return nil
}

// bare is the page without files.
func (p page) bare() page {
	p.files, p.cut = nil, false
	return p
}

// lacking says which permission is missing.
func lacking(say lang.Printer, permission string) string {
	return say.Text("I lack the permission “%s” there. Whoever manages the server can give it to me, in the settings of the channel:",
		permission)
}

// blocked says why the bot cannot write there; "" where the error says something else.
func (b *Bot) blocked(ctx context.Context, q question, err error) string {
	say := q.input.Lang
	switch {
	case hasCode(err, codeNoAccess):
		return lacking(say, permitView)
	case hasCode(err, codeForbidden):
		if b.inThread(ctx, q) {
			return lacking(say, permitThreads)
		}
		return lacking(say, permitSend)
	case hasCode(err, codeArchived, codeLocked):
		return say.Text("The thread is locked, so I cannot answer there:")
	case hasCode(err, codeSlowMode):
		return say.Text("Slow mode keeps me from answering there for now:")
	}
	return ""
}

// inThread tells whether the question was asked in a thread.
func (b *Bot) inThread(ctx context.Context, q question) bool {
	if len(q.input.Channels) == 0 {
		return false
	}
	r, err := b.room(ctx, q.input.Channels[0])
	return err == nil && thread(r.kind)
}

// tell writes to whoever asked, why first and then the answer; p without parts is none.
func (b *Bot) tell(ctx context.Context, q question, why string, p page) {
	if q.who == "" || q.server == "" || len(q.input.Channels) == 0 || !b.informed.first(q.who+" "+q.input.Channels[0], time.Now()) {
		return
	}
	block := commands.Block{Kind: commands.Para, Text: why, Channels: q.input.Channels[:1]}
	notice := render(commands.Reply{Blocks: []commands.Block{block}}, true, q.input.Lang)
	channel, err := b.direct(ctx, q.who)
	if err == nil {
		err = b.post(ctx, channel, "", q.id+"w", notice)
	}
	if err == nil && len(p.parts) > 0 {
		err = b.post(ctx, channel, "", q.id+"a", p)
	}
	if err != nil {
		b.log("tell a person why there is no answer", err)
	}
}

// informed remembers who knows of what. The zero informed is ready for use.
type informed struct {
	mu    sync.Mutex
	since map[string]time.Time
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
