package discord

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
)

// Threads says who is answered without a mention in a thread that the bot has opened or answered in. Discord shows the
// text of such a message only to a bot with the Message Content intent; without it, everybody mentions the bot or
// replies to it.
type Threads string

// The rules. The empty one is ThreadsOpener.
const (
	ThreadsStrict   Threads = "strict"   // nobody
	ThreadsOpener   Threads = "opener"   // who opened the thread
	ThreadsEveryone Threads = "everyone" // whoever writes there
)

const (
	maxParties    = 10_000           // ours: threads that are remembered
	strangerFor   = 10 * time.Minute // ours: how long a thread without the bot is not looked at again
	partyMessages = 50               // ours: messages of a thread in which the bot is looked for
	hintWithin    = 10 * time.Minute // ours: after an answer, whoever got it is taken to go on talking to the bot
	maxGlances    = 32               // ours: threads that are looked at, at a time
)

// hintText tells once how to go on in a thread.
func hintText(say lang.Printer) string {
	return say.Text("In a server, Discord shows me only messages that mention me or reply to me with the @ on. Please " +
		"ask that way.")
}

// overhear takes a message that neither mentions the bot nor replies to it. Almost all of them are none of its
// business, and those that are not are found out without keeping the gateway waiting.
func (b *Bot) overhear(send, work context.Context, m event.Message, me *identity) {
	if m.FromPerson(me.user) && m.ToNobody() && b.overhearAnswered(send, work, m) {
		return
	}
	mode := ThreadsOpener
	if b.threads != nil {
		mode = cmp.Or(b.threads(m.GuildID), mode)
	}
	switch {
	case mode == ThreadsStrict, m.GuildID == "", !m.FromPerson(me.user), !m.ToNobody():
		return
	case !b.content:
		if b.parties.hint(m.ChannelID, m.Author.ID) {
			b.hint(send, m)
		}
		return
	case m.Content == "" || !b.client.Free() || !b.heard.first(m.ID):
		return
	}
	b.glances.Do(func() {
		defer b.client.Contain("look at a thread")
		ctx, cancel := context.WithTimeout(work, recallLimit)
		defer cancel()
		ours, err := b.ours(ctx, m, mode)
		if err != nil {
			b.client.Log("look at a thread", err)
			b.parties.store(m.ChannelID, false) // not again for each message
		}
		if ours && b.seen.first(m.ID) {
			q := b.question(m)
			q.overheard = true
			b.askMessage(send, work, m, q)
		}
	})
}

// hint tells the author of a message how to go on in a thread. The message may still be changed into a question, and
// answered.
func (b *Bot) hint(send context.Context, m event.Message) {
	text := hintText(b.table.Language(m.Input(), false))
	b.refusals.Do(func() { // where there is too much to say already, it is left unsaid
		defer b.client.Contain("hint")
		ctx, cancel := context.WithTimeout(send, b.times.send)
		defer cancel()
		if err := b.writer.Post(ctx, m.ChannelID, m.ID, m.ID+"h", render.Notice(text)); err != nil {
			b.client.Log("hint", err)
		}
	})
}

// ours tells whether the message stands in a thread where its author needs no mention.
func (b *Bot) ours(ctx context.Context, m event.Message, mode Threads) (bool, error) {
	if took, known := b.parties.lookup(m.ChannelID); known && !took {
		return false, nil
	}
	r, err := b.room(ctx, m.ChannelID)
	if err != nil || !event.Thread(r.kind) {
		return false, err
	}
	if mode == ThreadsOpener {
		opener := r.owner
		if opener == b.identity.Load().user { // opened by the bot from somebody's question, which has the thread's id
			first, err := channel.Look[event.Earlier](ctx, b.writer, r.parent, "read a message", "/messages/"+m.ChannelID)
			if err != nil {
				return false, err
			}
			opener = first.Author.ID
		}
		if opener != m.Author.ID {
			return false, nil
		}
	}
	return b.tookPart(ctx, m.ChannelID, r)
}

// tookPart tells whether the bot opened the thread or has answered in it: it remembers, or reads the last messages.
func (b *Bot) tookPart(ctx context.Context, where string, r room) (bool, error) {
	me := b.identity.Load().user
	if took, known := b.parties.lookup(where); known || r.owner == me {
		return took || r.owner == me, nil
	}
	list, err := channel.Look[[]event.Earlier](ctx, b.writer, where, "read the last messages",
		"/messages?limit="+strconv.Itoa(partyMessages))
	if err != nil {
		return false, err
	}
	took := false
	for _, m := range list {
		// A thread begins with the message that it was opened from; one of the bot's is its answer.
		took = took || m.Author.ID == me || m.Answers != nil && m.Answers.Author.ID == me
	}
	b.parties.store(where, took)
	return took, nil
}

// smallTalk tells that what was overheard is no question: it is answered if the documents say something about it, and
// else left alone.
func smallTalk(text string) bool { return !strings.ContainsAny(text, "?？؟") }

// parties remembers in which threads the bot takes part. The zero parties is ready for use.
type parties struct {
	mu   sync.Mutex
	byID map[string]party
}

type party struct {
	took   bool // the bot has answered there
	at     time.Time
	who    string // got the last answer
	hinted bool
}

func (ps *parties) put(channel string, p party) {
	if ps.byID == nil || len(ps.byID) >= maxParties { // reading one again costs a request
		ps.byID = map[string]party{}
	}
	ps.byID[channel] = p
}

// store notes what was read.
func (ps *parties) store(channel string, took bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.byID[channel]
	p.took, p.at = took, time.Now()
	ps.put(channel, p)
}

// answered notes that somebody got an answer for all to see.
func (ps *parties) answered(channel, who string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.byID[channel]
	p.took, p.at, p.who = true, time.Now(), who
	ps.put(channel, p)
}

// lookup tells whether the bot took part, if that is known.
func (ps *parties) lookup(channel string) (took, known bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p, known := ps.byID[channel]
	return p.took, known && (p.took || time.Since(p.at) < strangerFor)
}

// hint tells whether somebody should be told how to go on: who just got an answer there, once a thread.
func (ps *parties) hint(channel, who string) bool {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.byID[channel]
	if !p.took || p.hinted || p.who != who || time.Since(p.at) > hintWithin {
		return false
	}
	p.hinted = true
	ps.byID[channel] = p
	return true
}
