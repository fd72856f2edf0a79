package feedback

import (
	"context"
	"errors"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// How often the minder looks, and its bounds.
const (
	tendEvery   = 3 * time.Second // how soon after a change of the documents open questions are asked again
	RetryAfter  = time.Hour       // between two tries to tell somebody
	tickEvery   = time.Minute     // the clock is looked at
	expireEvery = time.Hour
	sweepEvery  = 24 * time.Hour
	sweepAgain  = time.Minute      // when the last time could not finish
	LookEvery   = 10 * time.Minute // which servers have the bot
	maxReasked  = 500              // questions of a server that are asked again after one change, those wished for first
	maxTold     = 100              // people of a server who are told at once
	tellTimeout = 30 * time.Second
)

// A Notify writes to a person of a server privately. nil says that nothing is left to do: the person was told, has left
// the server, or takes no messages.
type Notify func(ctx context.Context, server, person string, r commands.Reply) error

// Tend looks after what people gave until ctx ends: it deletes what is old, as far as the clock can be relied on, asks
// the open questions of a server again whenever its documents have changed, and tells those who wished to know. A
// change can come by a command, a signal, a watched folder or another process; all of them end in another edition, so
// it is editions that it looks at. Of several processes each looks after its own servers, and the one that has the
// direct messages after the clock, and what is deleted by it. It returns at once where nothing is stored.
func (t *Table) Tend(ctx context.Context) {
	if t.People == nil {
		return
	}
	m := NewMinder(t)
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for {
		m.Round(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// A Minder remembers between two rounds what has been done. It is for one goroutine.
type Minder struct {
	t       *Table
	asked   map[string]string    // by server: the fingerprint of the documents of which its open questions were asked
	tried   map[string]time.Time // by server: when it was last tried to tell somebody
	clock   store.Clock          // as it was last looked at
	keeper  bool                 // of the clock: it was last looked at by this process
	ticked  time.Duration        // when that was, by Table.elapsed
	expired time.Time
	swept   time.Time
	looked  time.Time
}

// NewMinder makes one that has done nothing yet.
func NewMinder(t *Table) *Minder {
	return &Minder{t: t, asked: map[string]string{}, tried: map[string]time.Time{}}
}

// Round does what is due now.
func (m *Minder) Round(ctx context.Context) {
	now := m.t.Now()
	first := m.t.serves("")
	if m.tick(ctx, now, first); m.clock.Settled && first {
		m.expire(ctx, now)
	}
	if now.Sub(m.looked) >= LookEvery && m.t.Servers != nil && m.clock != (store.Clock{}) {
		if ids, known := m.t.Servers(); known {
			m.looked = now
			m.part(ctx, ids)
		}
	}
	if first {
		m.clean(ctx, now)
	}
	servers, err := m.t.People.GapServers(ctx)
	if err != nil {
		m.warn(ctx, "open questions cannot be read", err)
		return
	}
	for _, server := range servers {
		documents := m.t.fingerprint(server)
		if documents == "" || !m.t.serves(server) {
			continue
		}
		changed, err := m.News(ctx, server, documents, now)
		if waiting(err) {
			continue
		}
		if err != nil {
			m.warn(ctx, "open questions are not asked again", err)
			continue // the next round tries again
		}
		if changed || now.Sub(m.tried[server]) >= RetryAfter {
			m.tried[server] = now
			m.tell(ctx, server)
		}
	}
}

// serves tells whether this process looks after a server; after direct messages, and what is of no server, for "".
func (t *Table) serves(server string) bool { return t.Ours == nil || t.Ours(server) }

// tick looks at the clock every now and then, to know whether it can be relied on for what is deleted by it. Steady
// time is what one process measures: of others, keep is false, and they read it.
func (m *Minder) tick(ctx context.Context, now time.Time, keep bool) {
	passed := m.t.elapsed()
	since := passed - m.ticked
	if m.clock != (store.Clock{}) && m.keeper == keep && since < tickEvery {
		return
	}
	if !m.keeper || m.clock == (store.Clock{}) {
		since = -1 // nobody here has measured it
	}
	var clock store.Clock
	var err error
	if m.keeper = keep; keep {
		clock, err = m.t.People.Tick(ctx, now, since)
	} else {
		clock, err = m.t.People.Clock(ctx)
	}
	if err != nil {
		m.warn(ctx, "the clock is not kept, and nothing is deleted by it", err)
		m.clock.Settled = false
		return
	}
	if m.clock.Settled && !clock.Settled {
		m.t.Logger.Warn("the clock has jumped: nothing is deleted by it within the next hour", "now",
			now.UTC().Format(time.RFC3339))
	}
	m.clock, m.ticked = clock, passed
}

// expire deletes what is old.
func (m *Minder) expire(ctx context.Context, now time.Time) {
	if now.Sub(m.expired) < expireEvery {
		return
	}
	m.expired = now
	if n, err := m.t.People.Expire(ctx, now); err != nil {
		m.warn(ctx, "what is old is not deleted", err)
	} else if n > 0 {
		m.t.Logger.Info("votes and questions were deleted: they were old", "rows", n)
	}
}

// clean sweeps when it is time to.
func (m *Minder) clean(ctx context.Context, now time.Time) {
	lingers, err := m.t.People.Lingering(ctx)
	if now.Sub(m.swept) >= sweepEvery || err == nil && lingers && now.Sub(m.swept) >= sweepAgain {
		m.sweep(ctx)
	}
}

// sweep overwrites what is left behind of what was deleted one by one, or by a deletion that a crash or a reader of the
// file cut short.
func (m *Minder) sweep(ctx context.Context) {
	m.swept = m.t.Now()
	began := m.swept
	pages, err := m.t.People.Sweep(ctx)
	if err != nil {
		m.warn(ctx, "what was deleted is not overwritten", err)
		return
	}
	m.t.Logger.Debug("what was deleted is overwritten", "pages", pages, "took", m.t.Now().Sub(began))
}

// fingerprint names what the documents of a server are, whether they are in memory or not; "" while the shared ones are
// not loaded.
func (t *Table) fingerprint(server string) string {
	if t.Library != nil {
		return t.Library.Fingerprint(server)
	}
	if edition := t.Engine.Edition(); edition != nil {
		return edition.Corpus.Digest()
	}
	return ""
}

// waiting tells that the documents of a server are on their way into memory, or wait for room: the next round finds
// them there.
func waiting(err error) bool {
	return errors.Is(err, library.ErrLoading) || errors.Is(err, budget.ErrCrowded) || errors.Is(err, ask.ErrNotLoaded)
}

// part notes which servers have the bot, and deletes what those have that have been without it for long, by the steady
// time.
func (m *Minder) part(ctx context.Context, present []string) {
	expired, err := m.t.People.Present(ctx, present, m.clock.Steady, m.t.Ours)
	if err != nil {
		m.warn(ctx, "which servers are there is not kept", err)
		return
	}
	if !m.clock.Settled {
		return
	}
	for _, server := range expired {
		if m.t.Library != nil {
			err = m.t.Library.Drop(ctx, server)
		} else {
			err = m.t.People.DropServer(ctx, server)
		}
		if err != nil {
			m.warn(ctx, "what a server has that removed the bot is not deleted", err)
			continue
		}
		delete(m.asked, server)
		m.t.Logger.Info("what a server has is deleted: the bot was removed from it", "server", server)
	}
}

// News asks the open questions of a server if they have not been asked of the edition.
func (m *Minder) News(ctx context.Context, server, edition string, now time.Time) (changed bool, err error) {
	asked := m.asked[server]
	if asked == "" {
		if asked, err = m.t.People.Asked(ctx, server); err != nil {
			return false, err
		}
	}
	if asked != edition {
		if err := m.reask(ctx, server, now); err != nil {
			return false, err
		}
		if err := m.t.People.SetAsked(ctx, server, edition); err != nil {
			return false, err
		}
	}
	m.asked[server] = edition
	return asked != edition, nil
}

// warn logs unless the program is being stopped.
func (m *Minder) warn(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		m.t.Logger.Error(what, "error", err)
	}
}

// reask asks the open questions of a server, and marks those that are answered now.
func (m *Minder) reask(ctx context.Context, server string, now time.Time) error {
	gaps, err := m.t.People.Gaps(ctx, server)
	if err != nil {
		return err
	}
	slices.SortStableFunc(gaps, func(a, b store.Gap) int { return b.Wishes - a.Wishes })
	for _, gap := range gaps[:min(len(gaps), maxReasked)] {
		_, ok, err := m.t.answered(ctx, gap)
		if err == nil && ok {
			err = m.t.People.AnswerGap(ctx, server, gap.ID, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// answered asks a stored question again, without a model, where it was asked before. ok tells that the documents answer
// it surely, by something that was not there when they did not.
func (t *Table) answered(ctx context.Context, gap store.Gap) (a ask.Answer, ok bool, err error) {
	in := t.Enter(commands.Input{Server: gap.Server, Channels: gap.Channels, From: commands.Chat})
	if t.Library != nil {
		_, release, err := t.Library.Hold(ctx, in.Server)
		if err != nil {
			return ask.Answer{}, false, err
		}
		defer release()
	}
	v, err := t.View(in)
	if _, refused := commands.Known(err, in.Lang); refused { // there are no documents here
		return ask.Answer{}, false, nil
	}
	if err != nil {
		return ask.Answer{}, false, err
	}
	query := v.Query(gap.Question)
	query.Extract = true
	a, err = v.Engine.Ask(ctx, query)
	if err != nil {
		return ask.Answer{}, false, err
	}
	known := func(mark string) bool { return slices.Contains(gap.Known, mark) }
	return a, a.Outcome == ask.Answered && len(a.Notes) == 0 &&
		!slices.ContainsFunc(marksOf(a.Cited[:min(len(a.Cited), 1)]), known), nil
}

// tell writes to those who wished to know that a question of the server is answered.
func (m *Minder) tell(ctx context.Context, server string) {
	gaps, err := m.t.People.Untold(ctx, server)
	if err != nil {
		m.warn(ctx, "nobody is told of answers", err)
		return
	}
	left := maxTold
	for _, gap := range gaps {
		a, ok, err := m.t.answered(ctx, gap)
		if err == nil && !ok { // the document that answered it is gone again
			err = m.t.People.ReopenGap(ctx, server, gap.ID)
		} else if err == nil {
			err = m.tellAll(ctx, gap, a, &left)
		}
		if waiting(err) {
			return
		}
		if err != nil {
			m.warn(ctx, "nobody is told of an answer", err)
		}
	}
}

func (m *Minder) tellAll(ctx context.Context, gap store.Gap, a ask.Answer, left *int) error {
	for after := ""; *left > 0 && m.t.notify != nil; *left-- {
		wish, ok, err := m.t.People.TakeWish(ctx, gap.Server, gap.ID, after)
		if err != nil || !ok {
			return err
		}
		after = wish.Person
		limited, cancel := context.WithTimeout(ctx, tellTimeout)
		err = m.t.notify(limited, gap.Server, wish.Person,
			answeredReply(lang.For(wish.Locale), gap, a, m.t.everywhere(gap.Server, a.Cited)))
		cancel()
		if err != nil {
			m.warn(ctx, "somebody who wished to know of an answer is not told", err)
			continue // counted as a try
		}
		if err := m.t.People.DropWish(ctx, gap.Server, gap.ID, wish.Person); err != nil {
			return err
		}
	}
	return nil
}

// everywhere tells whether the paragraphs are shown in all channels of a server that are not tied to others: what only
// some channels show is not told to somebody who may not be in them any more.
func (t *Table) everywhere(server string, cited []article.Passage) bool {
	scope := t.Enter(commands.Input{Server: server}).Scope
	return scope == nil || !slices.ContainsFunc(cited,
		func(p article.Passage) bool { return !slices.Contains(scope, p.Ref.Slug) })
}

// answeredReply tells that a question is answered, and how if that may be told. It opens no paragraph: where it is
// read, a server's own documents are not there. It is pure.
func answeredReply(p lang.Printer, gap store.Gap, a ask.Answer, tells bool) commands.Reply {
	var r commands.Reply
	asked := commands.Block{Kind: commands.Para, Text: p.Text("You asked this, and wished to be told when the documents " +
		"answer it:")}
	if len(gap.Channels) > 0 {
		asked.Channels = gap.Channels[:1]
	}
	r.Blocks = append(r.Blocks, asked)
	r.Say(commands.Quote, gap.Question)
	if !tells {
		r.Say(commands.Small, p.Text("Ask it there again for the whole answer. That you wished to know is no longer stored."))
		return r
	}
	r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: a.Sentences[0].Text,
		Cites: a.Sentences[0].Citations})
	for _, passage := range a.Cited {
		if slices.Contains(a.Sentences[0].Citations, passage.Ref) {
			r.Sources = append(r.Sources, passage)
		}
	}
	r.Say(commands.Small, p.Text("Ask it there again for the whole answer. That you wished to know is no longer stored."))
	return r
}
