package channel

import (
	"context"
	"strconv"
	"sync"
	"time"

	"pilcrow/internal/discord/event"
)

const (
	maxParties    = 10_000           // ours: threads that are remembered
	strangerFor   = 10 * time.Minute // ours: how long a thread without the bot is not looked at again
	partyMessages = 50               // ours: messages of a thread in which the bot is looked for
	hintWithin    = 10 * time.Minute // ours: after an answer, whoever got it is taken to go on talking to the bot
)

// Parties remembers in which threads the bot takes part. It is safe for use by several goroutines.
type Parties struct {
	writer *Writer

	mu   sync.Mutex
	byID map[string]party
}

type party struct {
	took   bool // the bot has answered there
	at     time.Time
	who    string // got the last answer
	hinted bool
}

// NewParties makes one that knows of no thread, and reads by a writer.
func NewParties(w *Writer) *Parties { return &Parties{writer: w} }

// TookPart tells whether the bot opened the thread or has answered in it: it remembers, or reads the last messages.
func (ps *Parties) TookPart(ctx context.Context, where string, r Room) (bool, error) {
	me := ps.writer.me()
	if took, known := ps.Known(where); known || r.Owner == me {
		return took || r.Owner == me, nil
	}
	list, err := Look[[]event.Earlier](ctx, ps.writer, where, "read the last messages",
		"/messages?limit="+strconv.Itoa(partyMessages))
	if err != nil {
		return false, err
	}
	took := false
	for _, m := range list {
		// A thread begins with the message that it was opened from; one of the bot's is its answer.
		took = took || m.Author.ID == me || m.Answers != nil && m.Answers.Author.ID == me
	}
	ps.Store(where, took)
	return took, nil
}

func (ps *Parties) put(channel string, p party) {
	if ps.byID == nil || len(ps.byID) >= maxParties { // reading one again costs a request
		ps.byID = map[string]party{}
	}
	ps.byID[channel] = p
}

// Store notes what was read.
func (ps *Parties) Store(channel string, took bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.byID[channel]
	p.took, p.at = took, time.Now()
	ps.put(channel, p)
}

// Answered notes that somebody got an answer for all to see.
func (ps *Parties) Answered(channel, who string) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := ps.byID[channel]
	p.took, p.at, p.who = true, time.Now(), who
	ps.put(channel, p)
}

// Known tells whether the bot took part, if that is known.
func (ps *Parties) Known(channel string) (took, known bool) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p, known := ps.byID[channel]
	return p.took, known && (p.took || time.Since(p.at) < strangerFor)
}

// Hint tells whether somebody should be told how to go on: who just got an answer there, once a thread.
func (ps *Parties) Hint(channel, who string) bool {
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
